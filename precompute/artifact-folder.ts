// Artifacts on this machine's disk: reading them, and telling whether one is still current.
import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ArtifactError } from '../src/artifact/artifact-error.ts';
import { checkFiles } from '../src/artifact/check-files.ts';
import { manifestFile } from '../src/artifact/files.ts';
import { parseManifest, type Manifest } from '../src/artifact/manifest.ts';
import { studyFolder } from '../src/artifact/study-files.ts';
import { parseStudyManifest, type StudyManifest } from '../src/artifact/study-manifest.ts';
import { isEmptyOrAbsent, isArtifact } from './artifact-ownership.ts';
import { CommandError, systemReason } from './command-error.ts';
import { relativeToHere } from './experiment-files.ts';
import { largestManifest, largestTensors } from './file-sizes.ts';
import { artifactsFolder } from './paths.ts';
import { readBounded } from './read-bounded.ts';

/** What an artifact's name or folder leads to: the run, the study, or both. */
export interface FoundArtifact {
  readonly run: string | null;
  readonly study: string | null;
}

/** The folders of an artifact given by path, or by the name of one of the site's. */
export async function findArtifact(nameOrFolder: string): Promise<FoundArtifact> {
  for (const folder of [nameOrFolder, join(artifactsFolder, nameOrFolder)]) {
    if (/\.study[\\/]?$/.test(folder) && (await isFolder(folder)))
      return { run: null, study: folder };
    const beside = join(dirname(folder), studyFolder(basename(folder)));
    const found = {
      run: (await isFolder(folder)) ? folder : null,
      study: (await isFolder(beside)) ? beside : null,
    };
    if (found.run ?? found.study) return found;
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

type ManifestReader<Kind> = (folder: string) => Promise<Kind>;

const manifestReader =
  <Kind>(parse: (content: Uint8Array, where: string) => Promise<Kind>): ManifestReader<Kind> =>
  async (folder) =>
    parse(await readerOf(folder)(manifestFile), relativeToHere(join(folder, manifestFile)));

export const readManifest = manifestReader<Manifest>(parseManifest);
export const readStudyManifest = manifestReader<StudyManifest>(parseStudyManifest);

export type ArtifactState<Kind = Manifest> =
  | { readonly kind: 'absent' }
  | { readonly kind: 'current'; readonly manifest: Kind }
  | { readonly kind: 'stale'; readonly reason: string }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** Something that is not an artifact, and not ours to replace. */
  | { readonly kind: 'foreign'; readonly reason: string };

/**
 * Whether the artifact in `folder` is what would be computed now.
 *
 * @param provider the one that must have computed it, or 'auto'.
 */
export async function artifactState<
  Kind extends Pick<Manifest, 'files' | 'contentHash' | 'provider'>,
>(
  folder: string,
  contentHash: string,
  provider: string,
  readKind: ManifestReader<Kind>,
): Promise<ArtifactState<Kind>> {
  if (await isEmptyOrAbsent(folder)) return { kind: 'absent' };
  if (!(await isArtifact(folder))) {
    return { kind: 'foreign', reason: 'it holds files that are not an artifact of Loss Atlas' };
  }
  try {
    const manifest = await readKind(folder);
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
