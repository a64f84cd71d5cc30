// Artifacts on this machine's disk: reading them, and telling whether one is still current.
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { checkFiles } from '../src/artifact/check-files.ts';
import { manifestFile } from '../src/artifact/files.ts';
import { parseManifest, type Manifest } from '../src/artifact/manifest.ts';
import { olderStudyFolder } from '../src/artifact/manifest-version.ts';
import { isEmptyOrAbsent, isArtifact } from './artifact-ownership.ts';
import { CommandError, systemReason } from './command-error.ts';
import { relativeToHere } from './experiment-files.ts';
import { largestManifest, largestTensors } from './file-sizes.ts';
import { artifactsFolder } from './paths.ts';
import { readBounded } from './read-bounded.ts';

/** The folder of an artifact given by path, or by the name of one of the site's; that of an older study where it is all there is. */
export async function findArtifact(nameOrFolder: string): Promise<string> {
  for (const folder of [nameOrFolder, join(artifactsFolder, nameOrFolder)]) {
    for (const found of [folder, olderStudyFolder(folder.replace(/[\\/]+$/, ''))])
      if (await isFolder(found)) return found;
    if ((await stat(folder).catch(() => null)) !== null) {
      throw new CommandError(
        `${nameOrFolder} is a file: expected the folder of an artifact, such as public/data/fifty`,
      );
    }
  }
  throw new CommandError(
    `there is no artifact ${nameOrFolder}: expected the name of a run or its folder (atlas list shows the runs, atlas run makes one)`,
  );
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** @throws ArtifactError where a file is missing, unreadable, or larger than it may be. */
export function readerOf(folder: string): (path: string, largest?: number) => Promise<Uint8Array> {
  return async (path, largest = path === manifestFile ? largestManifest : largestTensors) => {
    try {
      return await readBounded(join(folder, path), { largest });
    } catch (error) {
      throw new ArtifactError(
        `${relativeToHere(join(folder, path))} cannot be read (${systemReason(error)}): the artifact is not whole; run the experiment again`,
      );
    }
  };
}

export const readManifest = async (folder: string): Promise<Manifest> =>
  parseManifest(await readerOf(folder)(manifestFile), relativeToHere(join(folder, manifestFile)));

export type ArtifactState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'current'; readonly manifest: Manifest }
  | { readonly kind: 'stale'; readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** Something that is not an artifact, and not ours to replace. */
  | { readonly kind: 'foreign'; readonly reason: string };

/**
 * Whether the artifact in `folder` is what would be computed now.
 *
 * @param provider the one that must have computed it, or 'auto'.
 */
export async function artifactState(
  folder: string,
  contentHash: string,
  provider: string,
): Promise<ArtifactState> {
  if (await isEmptyOrAbsent(folder)) return { kind: 'absent' };
  if (!(await isArtifact(folder))) {
    return { kind: 'foreign', reason: 'it holds files that are not an artifact of Loss Atlas' };
  }
  try {
    const manifest = await readManifest(folder);
    await checkFiles(manifest, readerOf(folder), relativeToHere(folder));
    if (manifest.contentHash !== contentHash) {
      return { kind: 'stale', reason: 'configuration, data or engine have changed' };
    }
    if (provider !== 'auto' && manifest.provider !== provider) {
      return { kind: 'stale', reason: `it was computed on ${manifest.provider}` };
    }
    return { kind: 'current', manifest };
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    return { kind: 'damaged', reason: error.message };
  }
}
