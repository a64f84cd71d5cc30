// A checksum of weights, by which two runs can tell that they began alike.
import { sha256 } from '../artifact/checksum.ts';

/** SHA-256 of one network's weights (little-endian float32); null where the page is not served securely. */
export async function weightsChecksum(weights: Float32Array): Promise<string | null> {
  if (!globalThis.crypto?.subtle) return null;
  return sha256(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));
}
