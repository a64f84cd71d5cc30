// What a result depends on, as one hash: equal hashes, equal results.
import type { AnsweredStudy } from '../landscape/study.ts';
import type { Experiment } from '../learning/experiment.ts';
import { canonicalJson } from './canonical-json.ts';
import { sha256 } from './checksum.ts';
import { artifactVersion } from './manifest-version.ts';

export interface ContentSources {
  readonly study: AnsweredStudy;
  /** SHA-256 of each condition's data in their order, then of each file that an analysis names. */
  readonly dataHashes: readonly string[];
  /** SHA-256 of the weights that each condition starts from, undefined where it draws them. */
  readonly startHashes: readonly (string | undefined)[];
  /** SHA-256 of the sources and packages that compute. */
  readonly engineVersion: string;
}

/** SHA-256 of sources, data, the manifest's version and of the whole study. */
export function contentHash({ startHashes, ...sources }: ContentSources): Promise<string> {
  const fromFiles = startHashes.some((hash) => hash !== undefined) ? { startHashes } : {};
  return sha256(canonicalJson({ ...sources, ...fromFiles, artifactVersion }));
}

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
    readonly startHash?: string | undefined;
    readonly trainingVersion: string;
    readonly provider: string;
  },
): Promise<string> {
  return sha256(canonicalJson({ training, ...context }));
}
