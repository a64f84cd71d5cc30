// From the description of a slice to its frame, and to what should be in view on it.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { orthonormalFrame, scaledFrame } from '../slices/frame.ts';
import type { NullShare } from '../slices/fidelity.ts';
import type { Frame } from '../slices/frame.ts';
import type { WeightHistory } from './fitted-snapshots.ts';
import { normaliseDirection } from './normalise-direction.ts';
import type { SliceSpec } from './plane-spec.ts';
import { principalPlane } from './principal-planes.ts';
import type { ExplainedVariance } from './principal-planes.ts';
import { randomDirection } from './random-direction.ts';
import { lineThroughTwo, planeThroughThree } from './solution-planes.ts';
import { centreOf, distanceTravelled, solutionOf } from './solutions.ts';

export interface FrameSources {
  readonly network: NetworkShape;
  /** The experiment's seed, for random directions. */
  readonly seed: number;
  readonly history: WeightHistory;
  /**
   * For 'hessian': eigenvectors `[k, P]` at `centreOf(history, spec.centre)`, those of the largest eigenvalues
   * first in `top`, those of the smallest first in `bottom`; k at least as many as the slice takes.
   */
  readonly eigenvectors?: { readonly top?: Float32Array; readonly bottom?: Float32Array };
  /** For 'user': what the author's file holds. */
  readonly user?: { readonly directions: Float32Array; readonly origin: Float32Array | null };
  /** For 'pca': untrained weights `[M, P]` for the null; the run's own starts if absent. */
  readonly unrelatedStarts?: Float32Array;
}

export interface SliceView {
  readonly frame: Frame;
  /** Weights `[K, P]` that the grid should hold; null where the slice is one around its centre. */
  readonly inView: Float32Array | null;
  /** How far training moved the network at the centre, in weight-space distance; null where there is `inView`. */
  readonly travelled: number | null;
  /** Whether a coordinate of 1 moves every filter, or layer, as far as its own norm. */
  readonly inNetworkNorms: boolean;
  /** For 'pca'. */
  readonly variance: ExplainedVariance | null;
  /** For `sliceFidelity`; undefined where the slice was not chosen by looking at the networks' variance. */
  readonly nullShare: NullShare | undefined;
}

/** @throws RangeError where the description asks for what is not there, or directions do not span the slice. */
export function frameOfSpec(spec: SliceSpec, sources: FrameSources): SliceView {
  const { history } = sources;
  switch (spec.directions) {
    case 'random':
      return around(spec, sources, centreOf(history, spec.centre), randomDirections(spec, sources));
    case 'hessian':
      return around(spec, sources, centreOf(history, spec.centre), eigenvectorsOf(spec, sources));
    case 'user':
      return around(spec, sources, ...userDirections(spec, sources));
    case 'pca': {
      const { unrelatedStarts } = sources;
      const { frame, variance, points } = principalPlane(history, { ...spec, unrelatedStarts });
      return {
        ...through(frame, points),
        variance,
        nullShare: nullOf(variance, spec.dimensions),
      };
    }
    case 'two-solutions': {
      const ends = spec.line.map((network) => solutionOf(history, network));
      const names = spec.line.map((network) => `network ${network}`);
      return through(
        lineThroughTwo(...(ends as Two<Float32Array>), names as Two<string>),
        joined(ends),
      );
    }
    case 'three-solutions': {
      const ends = spec.plane.map((network) => solutionOf(history, network));
      const names = spec.plane.map((network) => `network ${network}`);
      return through(
        planeThroughThree(...(ends as Three<Float32Array>), names as Three<string>),
        joined(ends),
      );
    }
  }
}

type Two<T> = [T, T];
type Three<T> = [T, T, T];
type AroundSpec = Extract<SliceSpec, { directions: 'random' | 'hessian' | 'user' }>;
type SpecOf<Kind extends SliceSpec['directions']> = Extract<SliceSpec, { directions: Kind }>;

/** Directions as they come, `[D, P]`, with a phrase for each. */
interface RawDirections {
  readonly values: Float32Array;
  readonly names: readonly string[];
}

const through = (frame: Frame, inView: Float32Array): SliceView => ({
  frame,
  inView,
  travelled: null,
  inNetworkNorms: false,
  variance: null,
  nullShare: undefined,
});

function nullOf(variance: ExplainedVariance, D: number): NullShare | undefined {
  const { nullExplainedVariance: shares, nullPoints } = variance;
  if (shares.length === 0) return undefined;
  return {
    share: shares.slice(0, D).reduce((sum, share) => sum + share, 0),
    phrase: `the same number of principal components, of ${nullPoints} untrained networks`,
  };
}

/** Rows one after the other. */
function joined(rows: readonly Float32Array[]): Float32Array {
  const width = rows[0]!.length;
  const all = new Float32Array(rows.length * width);
  for (const [i, row] of rows.entries()) all.set(row, i * width);
  return all;
}

/**
 * Normalised directions keep the lengths and angles that normalising gives them. Others become orthonormal, but for
 * an author's own, whose lengths may mean something.
 */
function around(
  spec: AroundSpec,
  { network, history }: FrameSources,
  origin: Float32Array,
  { values, names }: RawDirections,
): SliceView {
  const { normalise, biases, centre } = spec;
  const P = origin.length;
  const scaled = new Float32Array(values.length);
  for (let row = 0; row < names.length; row++)
    scaled.set(
      normaliseDirection(network, values.slice(row * P, (row + 1) * P), origin, normalise, biases),
      row * P,
    );
  const keepsLengths = normalise !== 'none' || spec.directions === 'user';
  const axisNames =
    normalise === 'none' ? names : names.map((name) => `${name}, ${normalise}-normalised`);
  return {
    frame: (keepsLengths ? scaledFrame : orthonormalFrame)(origin, scaled, axisNames),
    inView: null,
    travelled: distanceTravelled(history, centre),
    inNetworkNorms: normalise !== 'none',
    variance: null,
    nullShare: undefined,
  };
}

function randomDirections(
  { dimensions: D, draw }: SpecOf<'random'>,
  { seed, history: { parameters: P } }: FrameSources,
): RawDirections {
  const values = new Float32Array(D * P);
  // Three numbers a draw, whatever the dimensions: a line of a draw is an axis of its plane and its volume.
  for (let d = 0; d < D; d++) values.set(randomDirection(P, seed, 3 * draw + d), d * P);
  return { values, names: Array.from({ length: D }, (_, d) => `random direction ${d + 1}`) };
}

function eigenvectorsOf(
  { dimensions: D, which }: SpecOf<'hessian'>,
  { eigenvectors, history: { parameters: P } }: FrameSources,
): RawDirections {
  const counts = { top: [D, 0], bottom: [0, D], 'top-bottom': [1, 1] }[which];
  const rows: Float32Array[] = [];
  const names: string[] = [];
  for (const [i, end] of (['top', 'bottom'] as const).entries()) {
    const count = counts[i]!;
    const given = eigenvectors?.[end] ?? new Float32Array(0);
    if (given.length < count * P)
      throw new RangeError(
        `a slice along ${count} ${end} eigenvectors of the Hessian was given ${Math.floor(given.length / P)}: compute them at the slice's centre first`,
      );
    for (let k = 0; k < count; k++) {
      rows.push(given.slice(k * P, (k + 1) * P));
      names.push(`${end} eigenvector ${k + 1}`);
    }
  }
  return { values: joined(rows), names };
}

function userDirections(
  { path, centre }: SpecOf<'user'>,
  { user, history }: FrameSources,
): [Float32Array, RawDirections] {
  const P = history.parameters;
  if (!user) throw new RangeError(`the directions of ${path} were not read: read the file first`);
  const D = user.directions.length / P;
  if (D !== 1 && D !== 2 && D !== 3)
    throw new RangeError(
      `'directions' in ${path} holds ${user.directions.length} numbers, but the network has ${P} weights: expected [1, ${P}] to [3, ${P}]`,
    );
  if (user.origin && user.origin.length !== P)
    throw new RangeError(
      `'origin' in ${path} holds ${user.origin.length} numbers, but the network has ${P} weights: expected [${P}]`,
    );
  return [
    user.origin ?? centreOf(history, centre),
    { values: user.directions, names: Array.from({ length: D }, (_, d) => `direction ${d + 1}`) },
  ];
}
