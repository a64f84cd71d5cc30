// What the analysis of trajectories is asked, and what it answers.
import { z } from 'zod';
import type { Estimate } from '../../bootstrap.ts';
import type { NumericArray } from '../numeric-array.ts';

export const trajectoriesSchema = z.strictObject({
  kind: z.literal('trajectories'),
  networks: z.number().int().min(2).max(200).default(8).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge, and as many walks.',
  }),
  draws: z.number().int().min(1).max(200).default(20).meta({
    label: 'Random planes',
    help: 'How many random planes each path is compared with.',
  }),
});

/** Principal components of each of M paths of S points. */
export interface PathComponents {
  /** `[M, k]`: shares of variance, largest first. */
  readonly explained: NumericArray;
  /** `[M, S, 2]`: the path on its own two leading components. */
  readonly coordinates: NumericArray;
  /** Share of the first two, mean over paths. */
  readonly firstTwo: Estimate;
}

export interface TrajectoryResult {
  readonly networks: readonly number[];
  readonly points: number;
  readonly dimensions: number;
  readonly descent: PathComponents;
  /** Share of the same paths' variance on random planes, the mean of each path's own; 2 / P in expectation. */
  readonly randomPlane: Estimate & {
    readonly expected: number;
    /** `[M]`: each path's own. */
    readonly shares: NumericArray;
  };
  /** Gaussian random walks of as many points in as many dimensions. */
  readonly walk: PathComponents & {
    /** Shares in the limit of many dimensions. */
    readonly limit: readonly number[];
  };
  /** Snapshots of the first path, `[S, P]`, to check it by. */
  readonly firstPath: NumericArray;
}

export interface TrajectoriesResult {
  readonly conditions: Readonly<Record<string, TrajectoryResult>>;
}
