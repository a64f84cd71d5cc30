// Artifacts on this machine's disk: reading them, and telling whether one is still current.
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { checkFiles } from '../src/artifact/check-files.ts';
import { manifestFile } from '../src/artifact/files.ts';
import { parseManifest, type Manifest } from '../src/artifact/manifest.ts';
import { CommandError, systemReason } from './command-error.ts';
import { relativeToHere } from './experiment-files.ts';
import { artifactsFolder } from './paths.ts';

/** The folder of an artifact given by path, or by the name of one of the site's. */
export async function findArtifact(nameOrFolder: string): Promise<string> {
  for (const folder of [nameOrFolder, join(artifactsFolder, nameOrFolder)]) {
    const entry = await stat(folder).catch(() => null);
    if (entry?.isDirectory()) return folder;
    if (entry) {
      throw new CommandError(
        `${nameOrFolder} is a file: expected the folder of an artifact, such as public/data/fifty`,
      );
    }
  }
  throw new CommandError(
    `there is no artifact ${nameOrFolder}: expected the name of a run or its folder (atlas list shows the runs, atlas run makes one)`,
  );
}

/** @throws ArtifactError where a file is missing or unreadable. */
export function readerOf(folder: string): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      throw new ArtifactError(
        `${relativeToHere(join(folder, path))} cannot be read (${systemReason(error)}): the artifact is not whole; run the experiment again`,
      );
    }
  };
}

export async function readManifest(folder: string): Promise<Manifest> {
  const where = relativeToHere(join(folder, manifestFile));
  return parseManifest(await readerOf(folder)(manifestFile), where);
}

export type ArtifactState =
  | { readonly kind: 'absent' }
  | { readonly kind: 'current'; readonly manifest: Manifest }
  | { readonly kind: 'stale'; readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string };

/**
 * Whether the artifact in `folder` is what would be computed now.
 *
 * @param provider the one that must have computed it, or 'auto'.
 * @throws CommandError where the folder holds something else, which is not ours to replace.
 */
export async function artifactState(
  folder: string,
  contentHash: string,
  provider: string,
): Promise<ArtifactState> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw new CommandError(
      `cannot write ${folder}: ${systemReason(error)}; choose another folder with --out`,
    );
  });
  if (names === null || names.length === 0) return { kind: 'absent' };
  if (!names.includes(manifestFile)) {
    throw new CommandError(
      `${folder} holds files that are not an artifact: move them away or choose another folder with --out`,
    );
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
