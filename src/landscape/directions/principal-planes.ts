// Frames along principal components of weights, with what chance would show beside what they explain.
import { randomWalkShare } from '../closed-forms/random-walk.ts';
import { principalComponents, reportedComponents } from '../pca.ts';
import type { PrincipalComponents } from '../pca.ts';
import { gatherRows } from '../rows.ts';
import { orthonormalFrame } from '../slices/frame.ts';
import type { Frame } from '../slices/frame.ts';
import { finiteSnapshots, fittedSnapshots } from './fitted-snapshots.ts';
import type { WeightHistory } from './fitted-snapshots.ts';
import type { Centre } from './plane-spec.ts';
import { solutionOf, soundNetworksOf } from './solutions.ts';

export interface ExplainedVariance {
  /** K, how many weight vectors the components are of. */
  readonly points: number;
  /** Share of their variance of each leading component, largest first. */
  readonly explainedVariance: readonly number[];
  readonly method: PrincipalComponents['method'];
  /** The same of untrained networks that have nothing to do with each other. */
  readonly nullExplainedVariance: readonly number[];
  /** How many untrained networks: K, or as many as there are. */
  readonly nullPoints: number;
  /** The same of a random walk of K points in many dimensions; null where the points are not one path. */
  readonly randomWalk: readonly number[] | null;
}

export interface PrincipalPlane {
  readonly frame: Frame;
  readonly variance: ExplainedVariance;
  /** The weight vectors `[K, P]` that the components are of. */
  readonly points: Float32Array;
}

export interface PrincipalPlaneOptions {
  readonly of: 'all-runs' | 'one-run' | 'final-weights';
  /** For 'one-run'. */
  readonly network?: number;
  readonly dimensions: number;
  /** 'mean' is the mean of the points themselves. */
  readonly centre?: Centre;
  /** Untrained weights `[M, P]` for the null; the run's own starts if absent. */
  readonly unrelatedStarts?: Float32Array;
}

/**
 * The frame of the leading principal components of
 * - `all-runs`: all snapshots that are finite, of the networks that never diverged, and all starts;
 * - `one-run`: the snapshots of one network;
 * - `final-weights`: where the networks that did not diverge ended;
 *
 * through the mean of these points, or through where one network ended.
 *
 * Components of few points always explain much. Two nulls say how much: the components of as many untrained networks
 * (of all there are, where there are fewer), and, for a path, the shares of a random walk of as many points.
 * @throws RangeError where fewer than two points remain, or a network that is named diverged.
 */
export function principalPlane(
  history: WeightHistory,
  options: PrincipalPlaneOptions,
): PrincipalPlane {
  const { of, network = 0, dimensions: D, centre = 'mean' } = options;
  const { snapshots, parameters: P, networks: N } = history;
  const rows = chosenRows(history, of, network);
  const K = rows.length;
  if (K < 2)
    throw new RangeError(
      `principal components of ${K === 0 ? 'no weights' : 'one weight vector'} (${of}): at least two are needed; take more snapshots or networks, or lower the learning rate if they diverged`,
    );
  const points = gatherRows(snapshots, P, rows);
  const starts = options.unrelatedStarts ?? gatherRows(snapshots, P, finiteStarts(history, N));
  const nullPoints = Math.min(K, starts.length / P);
  const { components, nullExplainedVariance } = componentsWithNull(
    points,
    starts.subarray(0, nullPoints * P),
    P,
    D,
  );
  const { explainedVariance, method, mean, directions } = components;
  const origin = centre === 'mean' ? Float32Array.from(mean) : solutionOf(history, centre.network);
  const names = Array.from({ length: D }, (_, k) => `component ${k + 1}`);
  return {
    frame: orthonormalFrame(origin, directions, names),
    points,
    variance: {
      points: K,
      explainedVariance,
      method,
      nullExplainedVariance,
      nullPoints,
      randomWalk: of === 'one-run' ? randomWalkShares(K) : null,
    },
  };
}

/** The `count` leading components of points `[K, P]`, and the shares of variance of starts alone (none: empty). */
export function componentsWithNull(
  points: Float32Array,
  starts: Float32Array,
  P: number,
  count: number,
): { components: PrincipalComponents; nullExplainedVariance: readonly number[] } {
  return {
    components: principalComponents(points, points.length / P, P, count),
    nullExplainedVariance:
      starts.length === 0
        ? []
        : principalComponents(starts, starts.length / P, P, count).explainedVariance,
  };
}

/** Of K points, as many components as are reported of them. */
const randomWalkShares = (K: number): number[] =>
  Array.from({ length: Math.min(reportedComponents, K - 1) }, (_, k) =>
    randomWalkShare(K - 1, k + 1),
  );

const finiteStarts = (history: WeightHistory, N: number): number[] =>
  finiteSnapshots(history).filter((row) => row < N);

function chosenRows(
  history: WeightHistory,
  of: PrincipalPlaneOptions['of'],
  network: number,
): number[] {
  const { networks: N, snapshotSteps } = history;
  const last = snapshotSteps.length - 1;
  switch (of) {
    case 'all-runs':
      return fittedSnapshots(history, finiteSnapshots(history));
    case 'one-run':
      // Asked for its end first: a network that is missing or diverged is refused in one place.
      solutionOf(history, network);
      return snapshotRows(snapshotSteps.length, N, network);
    case 'final-weights':
      return soundNetworksOf(history).map((sound) => last * N + sound);
  }
}

const snapshotRows = (S: number, N: number, network: number): number[] =>
  Array.from({ length: S }, (_, s) => s * N + network);
