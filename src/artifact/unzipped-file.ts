// A gzipped file of an artifact, unzipped or refused in one sentence.
import { ArtifactError } from './artifact-error.ts';
import { unzipped } from './gzip.ts';

/** @throws ArtifactError where the bytes were cut short or changed, or unzip to more than any artifact holds. */
export async function unzippedFile(bytes: Uint8Array, where: string): Promise<Uint8Array> {
  try {
    return await unzipped(bytes, { where });
  } catch (error) {
    if (error instanceof ArtifactError) throw error;
    throw new ArtifactError(
      `${where} is not whole: it cannot be unzipped; run the experiment again`,
    );
  }
}
