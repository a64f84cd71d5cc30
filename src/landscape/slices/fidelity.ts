// How far a slice can be trusted: where networks truly are, and what they truly lose.
import { quantileOf } from '../bootstrap.ts';
import { createBlockRunner, largestBlock } from '../evaluate-blocks.ts';
import type { Evaluate } from '../evaluate-blocks.ts';
import { gatherRows, rowIsFinite, scatterValues } from '../rows.ts';
import { dimensionsOf } from './frame.ts';
import type { Span } from './frame.ts';
import { projectOntoFrame } from './project.ts';

export interface FidelityOptions {
  readonly frame: Span;
  /** Networks `[K, P]` to mark on the slice. */
  readonly markers: Float32Array;
  /** Of weights `[M, P]`. */
  readonly evaluateWeights: Evaluate;
  /** Of coordinates `[M, D]`, as for the slice. */
  readonly evaluateAt: Evaluate;
  /** What chance puts inside, where the slice was chosen by looking at markers: of principal components, their null. */
  readonly nullShare?: NullShare | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface NullShare {
  readonly share: number;
  /** Whose share this is, for a caption. */
  readonly phrase: string;
}

export interface Spread {
  readonly median: number;
  readonly minimum: number;
  readonly maximum: number;
  /** How many markers; the others have no finite value. */
  readonly count: number;
}

export interface SliceFidelity {
  /** `[K, D]`: of each marker's foot point, the nearest point of the slice. */
  readonly coordinates: Float32Array;
  /** `[K]`: distance from the slice in weight space. */
  readonly offSlice: Float32Array;
  /** `[K]`: training loss of the marker itself. */
  readonly trueLoss: Float32Array;
  /** `[K]`: training loss of its foot point. */
  readonly footLoss: Float32Array;
  /** Share of the markers' variance that lies along the slice; NaN where they do not vary. */
  readonly varianceShare: number;
  readonly nullShare: NullShare;
  /** Of `|ln(footLoss / trueLoss)|`: 0 where the slice shows the true loss, 0.69 where it is off by a factor of 2. */
  readonly logRatio: Spread;
  /** Of `offSlice / |marker - origin|`: 0 on the slice, 1 at a right angle to it; markers at the origin count as 0. */
  readonly relativeDistance: Spread;
}

/**
 * Markers held against the slice that they are drawn on. A marker that is not finite has NaN throughout and counts
 * in nothing.
 *
 * With w the markers and m their mean, the share of variance is `sum |Q(w - m)|^2 / sum |w - m|^2`, Q the projection
 * onto the slice's directions. The null, unless given, is `D / P`: the expectation for a random slice,
 * whatever the markers, since the mean of Q over all courses is D / P times the identity.
 * @throws the signal's reason when it is aborted, between two blocks.
 */
export async function sliceFidelity(options: FidelityOptions): Promise<SliceFidelity> {
  const { frame, markers, evaluateWeights, evaluateAt, signal, onProgress } = options;
  const P = frame.origin.length;
  const D = dimensionsOf(frame);
  const { coordinates } = projectOntoFrame(frame, markers);
  const K = coordinates.length / D;
  const finite = Array.from({ length: K }, (_, k) => k).filter((k) => rowIsFinite(markers, P, k));
  const run = createBlockRunner({
    block: largestBlock,
    total: 2 * finite.length,
    onProgress,
    signal,
  });
  const rows = (values: Float32Array, width: number) => (first: number, length: number) =>
    gatherRows(values, width, finite.slice(first, first + length));
  const [own] = await run(finite.length, rows(markers, P), evaluateWeights);
  const [feet] = await run(finite.length, rows(coordinates, D), evaluateAt);
  const trueLoss = scatterValues(own!.loss, finite, K);
  const footLoss = scatterValues(feet!.loss, finite, K);
  return fidelityOf({ frame, markers, trueLoss, footLoss, nullShare: options.nullShare });
}

/** The same of markers whose losses are known, `[K]` each. */
export function fidelityOf({
  frame,
  markers,
  trueLoss,
  footLoss,
  nullShare,
}: Pick<FidelityOptions, 'frame' | 'markers' | 'nullShare'> &
  Pick<SliceFidelity, 'trueLoss' | 'footLoss'>): SliceFidelity {
  const P = frame.origin.length;
  const { coordinates, off: offSlice } = projectOntoFrame(frame, markers);
  const finite = Array.from(offSlice.keys()).filter((k) => rowIsFinite(markers, P, k));
  return {
    coordinates,
    offSlice,
    trueLoss,
    footLoss,
    varianceShare: varianceShare(frame, gatherRows(markers, P, finite)),
    nullShare: nullShare ?? {
      share: dimensionsOf(frame) / P,
      phrase: `a random slice through ${P} dimensions`,
    },
    logRatio: spreadOf(trueLoss.map((loss, k) => Math.abs(Math.log(footLoss[k]! / loss)))),
    relativeDistance: spreadOf(
      offSlice.map((distance, k) =>
        distance === 0 ? 0 : distance / distanceTo(frame, markers, k),
      ),
    ),
  };
}

/** The frame is moved to the markers' mean: what is off it there is their variance across the slice. */
function varianceShare(frame: Span, points: Float32Array): number {
  const P = frame.origin.length;
  const K = points.length / P;
  const mean = new Float64Array(P);
  for (const [i, value] of points.entries()) mean[i % P]! += value / K;
  const centred = Float32Array.from(points, (value, i) => value - mean[i % P]!);
  const { off } = projectOntoFrame({ ...frame, origin: new Float32Array(P) }, centred);
  let [total, outside] = [0, 0];
  for (const value of centred) total += value * value;
  for (const value of off) outside += value * value;
  return total === 0 ? NaN : Math.max(0, 1 - outside / total);
}

function distanceTo({ origin }: Span, markers: Float32Array, k: number): number {
  const P = origin.length;
  let squares = 0;
  for (let p = 0; p < P; p++) squares += (markers[k * P + p]! - origin[p]!) ** 2;
  return Math.sqrt(squares);
}

/** Of nothing, NaN. */
function spreadOf(values: Float32Array): Spread {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  return {
    median: quantileOf(sorted, 0.5),
    minimum: sorted[0] ?? NaN,
    maximum: sorted.at(-1) ?? NaN,
    count: sorted.length,
  };
}
