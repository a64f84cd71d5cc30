// What an artifact depends on: its settings, its data, files of the author's, and the sources that compute.
import { contentHash } from '../src/artifact/content-hash.ts';
import { inputPaths } from '../src/artifact/inputs.ts';
import type { ConditionHashes } from '../src/artifact/training-facts.ts';
import { answeredStudy, type AnsweredStudy, type Study } from '../src/landscape/study.ts';
import { diskFiles, type DiskFiles } from './data-sources.ts';
import { engineVersion, sourcesHash } from './source-hash.ts';

export interface ArtifactSources {
  readonly study: AnsweredStudy;
  /** Of each condition, in their order. */
  readonly conditionHashes: readonly ConditionHashes[];
  /** Files that analyses name. */
  readonly inputs: { path: string; sha256: string }[];
  readonly sourcesHash: string;
  readonly engineVersion: string;
  /** Of all of it. */
  readonly contentHash: string;
}

export async function artifactSources(
  written: Study,
  files: DiskFiles = diskFiles(),
): Promise<ArtifactSources> {
  const study = answeredStudy(written);
  const conditionHashes: ConditionHashes[] = [];
  for (const { experiment } of written.conditions) {
    conditionHashes.push({
      dataHash: await files.dataHash(experiment.data),
      startHash: (await files.startWeights(experiment))?.sha256,
    });
  }
  const inputs = await Promise.all(
    inputPaths(study.analyses).map(async (path) => ({ path, sha256: await files.fileHash(path) })),
  );
  const sources = { sourcesHash: await sourcesHash(), engineVersion: await engineVersion() };
  const hash = await contentHash({
    study,
    dataHashes: [
      ...conditionHashes.map(({ dataHash }) => dataHash),
      ...inputs.map(({ sha256 }) => sha256),
    ],
    startHashes: conditionHashes.map(({ startHash }) => startHash),
    engineVersion: sources.engineVersion,
  });
  return { study, conditionHashes, inputs, ...sources, contentHash: hash };
}
