// Unpacks compressed bytes up to a bound: a small file may hold a thousand times as much, and nobody's file is trusted.

/** Bytes handed to the inflater at a time: one call makes at most a thousand times as many of them. */
const sliceBytes = 4096;

/**
 * Null once more than `most` bytes have come out, and no more is then inflated. Rejects where bytes are damaged.
 * @param format 'gzip', or 'deflate' for zlib's.
 */
export async function inflated(
  bytes: Uint8Array,
  format: 'gzip' | 'deflate',
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  let position = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (position >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(position, (position += sliceBytes)));
      },
    },
    { highWaterMark: 0 },
  );
  const reader = source.pipeThrough(new DecompressionStream(format)).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > most) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  const whole = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
