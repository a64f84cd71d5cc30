// Holds recorded numbers against the same computed again, and says where they part.
import type { Recheck } from '../landscape/analyses/analysis.ts';
import { compareWithDerived } from '../landscape/analyses/derived.ts';
import { ArtifactError } from './artifact-error.ts';

const differs = (where: string, what: string, recorded: unknown, again: unknown): ArtifactError =>
  new ArtifactError(
    `${where}: ${what} is ${String(recorded)} and comes out as ${String(again)} when computed again; run the experiment again`,
  );

/**
 * The largest difference, where all are within their tolerance.
 * @throws ArtifactError for the first number that does not come out again.
 */
export function checkRechecks(rechecks: readonly Recheck[], where: string): number {
  for (const { what, recorded, again, tolerance } of rechecks) {
    const same = Object.is(recorded, again) || Math.abs(recorded - again) <= tolerance;
    if (!same) throw differs(where, what, recorded, again);
  }
  return rechecks.reduce((most, r) => Math.max(most, Math.abs(r.recorded - r.again) || 0), 0);
}

/**
 * How many numbers and words of a tree follow.
 * @throws ArtifactError for the first that does not.
 */
export function checkDerived(recorded: unknown, derived: unknown, where: string): number {
  const { compared, difference } = compareWithDerived(recorded, derived);
  if (!difference) return compared;
  throw differs(where, difference.path, difference.recorded, difference.again);
}
