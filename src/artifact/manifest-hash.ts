// The hash that a manifest carries of itself: no field of it changes unnoticed.
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './checksum.ts';

/** The manifest with its hash, the SHA-256 of the canonical JSON of all other fields. */
export async function withManifestHash<Fields extends object>(
  fields: Fields,
): Promise<Fields & { manifestHash: string }> {
  return { ...fields, manifestHash: await sha256(canonicalJson(fields)) };
}

/**
 * @param manifest as its file has it, before a schema makes anything of it.
 * @throws ArtifactError where its hash is that of other fields.
 */
export async function checkManifestHash(
  { manifestHash, ...fields }: Readonly<Record<string, unknown>>,
  where: string,
): Promise<void> {
  if ((await sha256(canonicalJson(fields))) === manifestHash) return;
  throw new ArtifactError(
    `${where} does not match its own checksum: it was damaged or changed; run the experiment again`,
  );
}
