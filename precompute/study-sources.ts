// What a study's results depend on: its settings, its data, files of the author's, and the sources that compute.
import { studyHash } from '../src/artifact/content-hash.ts';
import { inputPaths } from '../src/artifact/study-inputs.ts';
import type { Study } from '../src/landscape/study.ts';
import { diskFiles, type DiskFiles } from './data-sources.ts';
import { engineVersion, sourcesHash } from './source-hash.ts';

export interface StudySources {
  /** SHA-256 of each condition's data, in their order. */
  readonly conditionHashes: readonly string[];
  /** SHA-256 of the weights that each condition starts from, undefined where it draws them. */
  readonly startHashes: readonly (string | undefined)[];
  /** Files that analyses name. */
  readonly inputs: { path: string; sha256: string }[];
  readonly sourcesHash: string;
  readonly engineVersion: string;
  /** Of all of it. */
  readonly hash: string;
}

export async function studySources(
  { name, title, conditions, analyses }: Study,
  files: DiskFiles = diskFiles(),
): Promise<StudySources> {
  const conditionHashes: string[] = [];
  const startHashes: (string | undefined)[] = [];
  for (const { experiment } of conditions) {
    conditionHashes.push(await files.dataHash(experiment.data));
    startHashes.push((await files.startWeights(experiment))?.sha256);
  }
  const inputs = await hashedInputs(analyses, files);
  const version = await engineVersion();
  const hash = await studyHash({
    study: { name, title, conditions, analyses },
    dataHashes: [...conditionHashes, ...inputs.map((input) => input.sha256)],
    startHashes,
    engineVersion: version,
  });
  return {
    conditionHashes,
    startHashes,
    inputs,
    sourcesHash: await sourcesHash(),
    engineVersion: version,
    hash,
  };
}

/** The files that analyses name. */
const hashedInputs = (
  analyses: Study['analyses'],
  files: DiskFiles,
): Promise<StudySources['inputs']> =>
  Promise.all(
    inputPaths(analyses).map(async (path) => ({ path, sha256: await files.fileHash(path) })),
  );
