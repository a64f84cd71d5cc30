// Fetches a file and says how much of it has come.

export interface DownloadProgress {
  readonly loadedBytes: number;
  /** Null where the server does not say, or sends the file compressed. */
  readonly totalBytes: number | null;
}

/** A file that could not be had, whole; trying again may help. */
export class DownloadError extends Error {
  override readonly name = 'DownloadError';
}

/**
 * The whole file or none of it: what came of a broken download is dropped, and the next call starts afresh.
 * @throws DownloadError with the address and what went wrong where the file cannot be had.
 */
export async function downloadBytes(
  url: string,
  onProgress: (progress: DownloadProgress) => void = () => {},
): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok || !response.body) {
    throw new DownloadError(
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
  const broken = (cause?: unknown): DownloadError =>
    new DownloadError(
      `The file ${url} could not be loaded (the download broke off after ${loadedBytes} bytes); try again.`,
      { cause },
    );
  const reader = response.body.getReader();
  for (;;) {
    const part = await reader.read().catch((error: unknown) => {
      throw broken(error);
    });
    if (part.done) break;
    chunks.push(part.value);
    loadedBytes += part.value.byteLength;
    onProgress({ loadedBytes, totalBytes });
  }
  if (totalBytes !== null && loadedBytes < totalBytes) throw broken();
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
