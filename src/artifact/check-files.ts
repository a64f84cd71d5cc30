// Whether an artifact's files are those that its manifest lists, byte for byte.
import { ArtifactError } from './artifact-error.ts';
import { sha256 } from './checksum.ts';
import type { Manifest } from './manifest.ts';

type ListedFile = Manifest['files'][number];

/** @throws ArtifactError where `bytes` are not those that the manifest lists. */
export async function checkFile(
  { path, bytes: expected, sha256: checksum }: ListedFile,
  bytes: Uint8Array,
  where: string,
): Promise<void> {
  if (bytes.length !== expected) {
    throw new ArtifactError(
      `${where}/${path} has ${bytes.length} bytes where the manifest lists ${expected}: it is truncated or from another run; run the experiment again`,
    );
  }
  if ((await sha256(bytes)) !== checksum) {
    throw new ArtifactError(
      `${where}/${path} does not match its checksum: it was damaged or changed; run the experiment again`,
    );
  }
}

/**
 * @param read bytes of a file of the artifact, by its path in the manifest; it may refuse one that has more than `largest`.
 * @throws ArtifactError that names the first file which differs, and how.
 */
export async function checkFiles(
  manifest: Pick<Manifest, 'files'>,
  read: (path: string, largest: number) => Promise<Uint8Array>,
  where: string,
): Promise<void> {
  for (const file of manifest.files) {
    await checkFile(file, await read(file.path, file.bytes), where);
  }
}
