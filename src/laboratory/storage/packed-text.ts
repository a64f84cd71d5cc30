// Text made short for an address and back: zlib, which notices damage, in base64url.
import { inflated } from '../../artifact/inflate.ts';

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
    const whole = await inflated(bytes, 'deflate', mostBytes);
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
