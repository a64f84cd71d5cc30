// Gzip at rest, since hosts compress text on the way but not tensors; in Node and in the page alike.
import { ArtifactError } from './artifact-error.ts';
import { inflated } from './inflate.ts';

/** Bytes: far more than any file for a page holds, and what a page can still take. */
export const largestUnzipped = 2 ** 27;

export async function zipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Some servers unzip on the way: what does not begin with gzip's mark comes back as it is. Rejects where bytes are
 * damaged.
 *
 * @param where the file's name, for the error.
 * @param largest bytes that may come out.
 * @throws ArtifactError, one sentence, where more would come out.
 */
export async function unzipped(
  bytes: Uint8Array,
  { where, largest = largestUnzipped }: { readonly where: string; readonly largest?: number },
): Promise<Uint8Array> {
  const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isZipped) return bytes;
  const whole = await inflated(bytes, 'gzip', largest);
  if (whole) return whole;
  throw new ArtifactError(
    `${where} has ${bytes.length} bytes and unzips to more than ${largest}: expected at most that; take another file`,
  );
}
