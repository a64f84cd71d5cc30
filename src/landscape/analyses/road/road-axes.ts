// Networks in rows: along a first principal component, or by their length; and where they stand after more training.
import { correlation, spearman } from '../../comparison/correlation.ts';
import { rankChance } from '../../comparison/rank-chance.ts';
import { principalComponents } from '../../pca.ts';
import { shuffledShare } from '../../shuffled-share.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import type { Axis, RankCorrelation, Row } from './road-result.ts';

/** Points of N networks, `[N, D]` each. */
export interface Moved {
  readonly earlier: Float32Array;
  readonly later: Float32Array;
}

export interface Losses {
  readonly trainLoss: NumericArray;
  readonly laterTrainLoss: NumericArray;
}

export interface Measured {
  readonly losses: Losses;
  readonly draws: number;
  readonly seed: number;
}

/** The leading components of N points `[N, D]`, the first turned so that places on it grow as the loss falls. */
export interface Frame {
  readonly mean: Float64Array;
  /** `[4, D]`, or as many as there are coordinates. */
  readonly directions: Float64Array;
  readonly explained: number;
  /** Standard deviation of the points along each direction. */
  readonly spreads: readonly number[];
}

/** Components of a road's frame: the road, and three that tell the sides of it. */
const components = 4;

export function frameOf(points: Float32Array, N: number, loss: ArrayLike<number>): Frame {
  const D = points.length / N;
  const found = principalComponents(points, N, D, Math.min(components, D));
  const directions = found.directions.slice();
  const explained = found.explainedVariance[0] ?? NaN;
  const spreads = Array.from({ length: directions.length / D }, (_, component) => {
    const places = placesOn({ mean: found.mean, directions }, points, component);
    return Math.sqrt(squares(places) / Math.max(1, N - 1));
  });
  const frame = { mean: found.mean, directions, explained, spreads };
  const places = placesOn(frame, points);
  if (spearman(places, loss) > 0) for (let p = 0; p < D; p++) directions[p]! *= -1;
  return frame;
}

/** `[N]`: coordinates of points `[N, D]` along one direction of the frame. */
export function placesOn(
  { mean, directions }: Pick<Frame, 'mean' | 'directions'>,
  points: Float32Array,
  component = 0,
): Float64Array {
  const D = mean.length;
  return Float64Array.from({ length: points.length / D }, (_, n) => {
    let sum = 0;
    for (let p = 0; p < D; p++)
      sum += (points[n * D + p]! - mean[p]!) * directions[component * D + p]!;
    return sum;
  });
}

type Places = Pick<Row, 'places' | 'laterPlaces'>;

/** What the places say, and nothing else; they are read as they are kept, so that it follows from them. */
export function rowOfPlaces({ places, laterPlaces }: Places, { losses, seed }: Measured): Row {
  const [earlier, later] = [places.values, laterPlaces.values];
  const spread = Math.sqrt(
    squares(Float64Array.from(earlier, (place) => place - mean(earlier))) /
      Math.max(1, earlier.length - 1),
  );
  const ways = Float64Array.from(later, (place, n) => place - earlier[n]!);
  return {
    places,
    laterPlaces,
    loss: rankCorrelation(earlier, losses.trainLoss.values, seed),
    laterLoss: rankCorrelation(later, losses.laterTrainLoss.values, seed),
    advance: estimateOfMean(
      ways.map((way) => way / spread),
      seed,
    ),
    movedOn: estimateOfMean(
      ways.map((way) => Number(way > 0)),
      seed,
    ),
  };
}

export const axisPlaces = (frame: Frame, { earlier, later }: Moved): Places => ({
  places: places(placesOn(frame, earlier)),
  laterPlaces: places(placesOn(frame, later)),
});

/** Kept exactly: ranks and means follow from them. */
export const places = (values: ArrayLike<number>): NumericArray =>
  numericArray([values.length], values, { rounding: 'exact' });

/** All of an axis but its row. */
export function axisFacts(
  frame: Frame,
  { earlier, later }: Moved,
  { draws, seed }: Measured,
): Omit<Axis, keyof Row> {
  const D = frame.mean.length;
  const N = earlier.length / D;
  const [from, to] = [placesOn(frame, earlier), placesOn(frame, later)];
  const shares = from.map((place, n) => {
    const way = Float64Array.from({ length: D }, (_, p) => later[n * D + p]! - earlier[n * D + p]!);
    return (to[n]! - place) ** 2 / squares(way);
  });
  return {
    explained: frame.explained,
    chance: shuffledShare(earlier, N, draws, seed),
    dimensions: D,
    along: estimateOfMean(shares, seed),
  };
}

/** Spearman's, with the axis as it is: resamples draw networks. */
function rankCorrelation(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  seed: number,
): RankCorrelation {
  const { value, interval } = correlation(x, y, seed).spearman;
  return { value, interval, chance: rankChance(x, y, seed) };
}

const squares = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value * value, 0);

const mean = (values: Float32Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
