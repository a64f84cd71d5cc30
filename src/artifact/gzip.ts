// Gzip at rest, since hosts compress text on the way but not tensors; in Node and in the page alike.

export const zipped = (bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> =>
  through(bytes, new CompressionStream('gzip'));

/** Some servers unzip on the way: what does not begin with gzip's mark comes back as it is. Rejects where bytes are damaged. */
export async function unzipped(
  bytes: Uint8Array<ArrayBufferLike>,
): Promise<Uint8Array<ArrayBufferLike>> {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return isZipped ? through(Uint8Array.from(bytes), new DecompressionStream('gzip')) : bytes;
}

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const result = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(result).arrayBuffer());
}
