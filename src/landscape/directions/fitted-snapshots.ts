// Which snapshots of a run a plane is fitted to.
import type { TrainingHistory } from '../../learning/history.ts';
import { rowIsFinite } from '../rows.ts';

/** The weights that training left behind: snapshots `[S, N, P]`. */
export type WeightHistory = Pick<
  TrainingHistory,
  'networks' | 'parameters' | 'snapshotSteps' | 'snapshots' | 'divergedAt'
>;

/** Rows of `[S * N, P]` that are finite. */
export function finiteSnapshots(history: WeightHistory): number[] {
  const { snapshots, snapshotSteps, networks: N, parameters: P } = history;
  return Array.from({ length: snapshotSteps.length * N }, (_, i) => i).filter((i) =>
    rowIsFinite(snapshots, P, i),
  );
}

/**
 * Those of the networks that never diverged, and the starts of those that did: a network on its way to infinity
 * would stretch a plane over everything else.
 */
export const fittedSnapshots = (
  { networks: N, divergedAt }: WeightHistory,
  finite: readonly number[],
): number[] => finite.filter((i) => i < N || divergedAt[i % N]! < 0);
