// What a result depends on, as one hash: equal hashes, equal results.
import type { Experiment } from '../learning/experiment.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './checksum.ts';
import { manifestVersion, studyVersion } from './manifest-version.ts';

export interface ContentSources {
  readonly experiment: Experiment;
  /** SHA-256 of the data's text, or of nothing where the data are generated. */
  readonly dataHash: string;
  /** SHA-256 of the sources that compute. */
  readonly engineVersion: string;
}

export interface StudySources {
  readonly study: unknown;
  /** SHA-256 of each condition's data in their order, then of each file that an analysis names. */
  readonly dataHashes: readonly string[];
  readonly engineVersion: string;
}

/** SHA-256 of sources, data, the study manifest's version and of the whole study. */
export const studyHash = (sources: StudySources): Promise<string> =>
  sha256(canonicalJson({ ...sources, studyVersion }));

/**
 * SHA-256 of what the trained networks depend on: equal keys, equal weights. What only says how they are looked at
 * (name, title, plane, grid, threshold) does not count.
 */
export function trainingKey(
  {
    name: _name,
    title: _title,
    directions: _directions,
    grid: _grid,
    converged: _,
    ...training
  }: Experiment,
  context: {
    readonly dataHash: string;
    readonly trainingVersion: string;
    readonly provider: string;
  },
): Promise<string> {
  return sha256(canonicalJson({ training, ...context }));
}

/** SHA-256 of sources, data, the manifest's version and of the whole experiment. */
export function contentHash({
  experiment,
  dataHash,
  engineVersion,
}: ContentSources): Promise<string> {
  const content = { experiment, dataHash, engineVersion, manifestVersion };
  return sha256(canonicalJson(content));
}
