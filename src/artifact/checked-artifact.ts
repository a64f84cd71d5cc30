// An artifact whose every part is checked before it is used: its manifest by schema and hash, each file by its SHA-256.
import { ArtifactError } from './artifact-error.ts';
import { checkFile } from './check-files.ts';
import { manifestFile } from './files.ts';
import { parseManifest, type Manifest } from './manifest.ts';

/** Bytes of a file of the artifact, by its path inside it. */
type ReadInside = (path: string) => Promise<Uint8Array>;

export interface CheckedArtifact {
  readonly manifest: Manifest;
  /** Rejects with an ArtifactError where the bytes are not those that the manifest lists. */
  readonly read: ReadInside;
}

/** @param where the artifact's folder, for messages. */
export async function openArtifact(read: ReadInside, where: string): Promise<CheckedArtifact> {
  const bytes = await read(manifestFile);
  const manifest = await parseManifest(bytes, `${where}/${manifestFile}`);
  return {
    manifest,
    async read(path) {
      if (path === manifestFile) return bytes;
      const listed = manifest.files.find((file) => file.path === path);
      if (!listed) {
        throw new ArtifactError(
          `${where}/${path} is not among the files that the manifest lists: run the experiment again`,
        );
      }
      const content = await read(path);
      await checkFile(listed, content, where);
      return content;
    },
  };
}
