// Text made short for an address and back: zlib, which notices damage, in base64url.

/** Bytes handed to the inflater at a time: one call makes at most a thousand times as many of them. */
const sliceBytes = 1024;

export async function packText(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/**
 * 'damaged' where a character is wrong or missing; 'too-long' once more than `mostBytes` have come out, and no
 * more is then inflated.
 */
export async function unpackText(
  packed: string,
  mostBytes: number,
): Promise<{ readonly text: string } | 'damaged' | 'too-long'> {
  const bytes = bytesOf(packed);
  if (!bytes) return 'damaged';
  try {
    const whole = await inflate(bytes, mostBytes);
    return whole ? { text: new TextDecoder('utf-8', { fatal: true }).decode(whole) } : 'too-long';
  } catch {
    return 'damaged';
  }
}

/** Null for anything but base64url as it is written: unused bits at its end are zero. */
function bytesOf(packed: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(packed)) return null;
  const base64 = packed.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const binary = atob(base64);
    if (btoa(binary).replace(/=+$/, '') !== base64) return null;
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

async function inflate(
  bytes: Uint8Array<ArrayBuffer>,
  mostBytes: number,
): Promise<Uint8Array | null> {
  let position = 0;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      pull(controller) {
        if (position >= bytes.length) return controller.close();
        controller.enqueue(bytes.subarray(position, (position += sliceBytes)));
      },
    },
    { highWaterMark: 0 },
  );
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  const parts: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > mostBytes) {
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
