// What a study's results depend on: its settings, its data, files of the author's, and the sources that compute.
import { studyHash } from '../src/artifact/content-hash.ts';
import type { Study } from '../src/landscape/study.ts';
import { dataHash, fileHash } from './data-sources.ts';
import { engineVersion } from './source-hash.ts';

export interface StudySources {
  /** SHA-256 of each condition's data, in their order. */
  readonly conditionHashes: readonly string[];
  /** Files that analyses name. */
  readonly inputs: { path: string; sha256: string }[];
  readonly engineVersion: string;
  /** Of all of it. */
  readonly hash: string;
}

export async function studySources({
  name,
  title,
  conditions,
  analyses,
}: Study): Promise<StudySources> {
  const conditionHashes: string[] = [];
  for (const { experiment } of conditions) conditionHashes.push(await dataHash(experiment.data));
  const inputs = await hashedInputs(analyses);
  const version = await engineVersion();
  const hash = await studyHash({
    study: { name, title, conditions, analyses },
    dataHashes: [...conditionHashes, ...inputs.map((input) => input.sha256)],
    engineVersion: version,
  });
  return { conditionHashes, inputs, engineVersion: version, hash };
}

/** The files that analyses name, wherever in their settings a `path` stands. */
async function hashedInputs(analyses: Study['analyses']): Promise<StudySources['inputs']> {
  const paths = new Set<string>();
  JSON.stringify(analyses, (key, value: unknown) => {
    if (key === 'path' && typeof value === 'string') paths.add(value);
    return value;
  });
  return Promise.all([...paths].map(async (path) => ({ path, sha256: await fileHash(path) })));
}
