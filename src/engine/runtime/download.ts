// Fetches a file and says how much of it has come.

export interface DownloadProgress {
  readonly loadedBytes: number;
  /** Null where the server does not say, or sends the file compressed. */
  readonly totalBytes: number | null;
}

/** @throws Error with the address and status where the file cannot be had. */
export async function downloadBytes(
  url: string,
  onProgress: (progress: DownloadProgress) => void = () => {},
): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || !response.body) {
    throw new Error(
      `The file ${url} could not be loaded (status ${response.status}); reload the page to try again.`,
    );
  }
  // A compressed body is shorter than what the stream yields, so its length would mislead.
  const length = response.headers.get('content-encoding')
    ? null
    : response.headers.get('content-length');
  const totalBytes = length === null ? null : Number(length);
  const chunks: Uint8Array[] = [];
  let loadedBytes = 0;
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    loadedBytes += part.value.byteLength;
    onProgress({ loadedBytes, totalBytes });
  }
  const bytes = new Uint8Array(loadedBytes);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return isGzip(bytes) ? unpack(bytes) : bytes;
}

/** A file too large for some hosts is stored packed, under its own name; no WebAssembly begins with these bytes. */
const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}
