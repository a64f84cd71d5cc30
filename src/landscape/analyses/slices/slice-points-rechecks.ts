// Points of slices, and networks that are marked on them, evaluated again as weights made in double precision.
import type { Evaluation } from '../../../learning/evaluator.ts';
import { randomStream } from '../../../learning/random.ts';
import type { WeightHistory } from '../../directions/fitted-snapshots.ts';
import type { Evaluate } from '../../evaluate-blocks.ts';
import { gatherRows, rowIsFinite } from '../../rows.ts';
import { dimensionsOf, pointsAt, type Span } from '../../slices/frame.ts';
import { gridCoordinates, pointCount } from '../../slices/slice.ts';
import type { Recheck, TrainedCondition } from '../analysis.ts';
import type { NumericArray } from '../numeric-array.ts';
import { sameLoss, sameShare } from '../rechecks.ts';

/** How many points of each slice, and networks on it, are evaluated again. */
const checkedPoints = 16;
/** How often weights are rounded at random, and by how many times the largest difference another order of summing may differ. */
const [draws, roundings] = [3, 8];
const rounding = 2 ** -23;

/** One slice, whose networks it shows, and what measures them. */
export interface SliceAgain {
  readonly name: string;
  readonly slice: {
    readonly orthonormal: boolean;
    readonly axes: readonly NumericArray[];
    readonly loss: NumericArray;
    readonly testLoss: NumericArray | null;
    readonly accuracy: NumericArray | null;
    readonly origin: NumericArray;
    readonly basis: NumericArray;
    readonly markers: Readonly<Record<'coordinates' | 'trueLoss' | 'sliceLoss', NumericArray>>;
  };
  readonly condition: TrainedCondition;
  readonly history: WeightHistory;
  readonly evaluate: Evaluate;
}

/** Grid points drawn by the seed. */
export async function recheckGrid(
  { name, slice, condition, evaluate }: SliceAgain,
  part: 'train' | 'test',
): Promise<Recheck[]> {
  const { data, experiment } = condition;
  const grids = slice.axes.map(({ values }) => values);
  const chosen = sampleOf(pointCount(grids), experiment.seed);
  const coordinates = chosen.flatMap((point) => [...gridCoordinates(grids, point, 1)]);
  const again = await onSlice(slice, Float32Array.from(coordinates), evaluate);
  const losses = part === 'train' ? slice.loss : slice.testLoss!;
  const accuracies = part === 'train' ? slice.accuracy : null;
  const at = `at a point of slice ${name}`;
  return chosen.flatMap((point, i) => {
    const what = `${part === 'train' ? '' : 'test '}loss ${at}`;
    const checks = [again.loss(what, losses.values[point]!, i)];
    if (!accuracies) return checks;
    const share = again.share(`accuracy ${at}`, accuracies.values[point]!, i, data[part].count);
    return share ? [...checks, share] : checks;
  });
}

/**
 * Networks drawn by the seed: their loss, and that where they fall on the slice.
 * @param rows of the history's snapshots, one for each marker.
 */
export async function recheckMarkers(
  { name, slice, condition, history, evaluate }: SliceAgain,
  rows: readonly number[],
): Promise<Recheck[]> {
  const { snapshots, parameters: P } = history;
  const { coordinates, trueLoss, sliceLoss } = slice.markers;
  const chosen = sampleOf(rows.length, condition.experiment.seed).filter((k) =>
    rowIsFinite(snapshots, P, rows[k]!),
  );
  const places = chosen.map((k) => rows[k]!);
  const own = await evaluate(gatherRows(snapshots, P, places));
  const D = slice.basis.shape[0] as number;
  const below = await onSlice(slice, gatherRows(coordinates.values, D, chosen), evaluate);
  return chosen.flatMap((k, i) => [
    sameLoss(`true loss of a network on slice ${name}`, trueLoss.values[k]!, own.loss[i]!),
    below.loss(`loss where a network falls of slice ${name}`, sliceLoss.values[k]!, i),
  ]);
}

/**
 * What points of a slice have when their weights are made in double precision, and how far that is from what they have
 * when these are off by a rounding, as the slice's own were: far out, where a coordinate times a direction cancels with
 * the origin, it may be all there is.
 */
async function onSlice(
  { origin, basis, orthonormal }: SliceAgain['slice'],
  coordinates: Float32Array,
  evaluate: Evaluate,
) {
  const span = { origin: origin.values, basis: basis.values, orthonormal };
  const exact = await evaluate(pointsAt(span, coordinates));
  const others: Evaluation[] = [];
  for (let draw = 0; draw < draws; draw++)
    others.push(await evaluate(roundedPointsAt(span, coordinates, draw)));
  const D = dimensionsOf(span);
  const longest = largestOf(basis.values);
  /** Infinite where roundings are as large as weights, or decide whether there is a number at all. */
  const apart = (of: 'loss' | 'accuracy', i: number) => {
    const reach = longest * largestOf(coordinates.subarray(i * D, (i + 1) * D));
    if (rounding * reach > 0.1) return Infinity;
    const differences = others.map((other) => Math.abs(exact[of]![i]! - other[of]![i]!));
    return roundings * Math.max(...differences.map((each) => (Number.isNaN(each) ? 0 : each)));
  };
  const held = (check: Recheck, of: 'loss' | 'accuracy', i: number): Recheck => {
    const tolerance = check.tolerance + apart(of, i);
    const again = tolerance === Infinity ? check.recorded : check.again;
    return { ...check, again, tolerance };
  };
  return {
    loss: (what: string, recorded: number, i: number): Recheck =>
      held(sameLoss(what, recorded, exact.loss[i]!), 'loss', i),
    share: (what: string, recorded: number, i: number, count: number): Recheck | null =>
      exact.accuracy && held(sameShare(what, recorded, exact.accuracy[i]!, count), 'accuracy', i),
  };
}

/** `pointsAt`, every product off by a random part of what single precision rounds. */
function roundedPointsAt(span: Span, coordinates: Float32Array, draw: number): Float32Array {
  const { origin, basis } = span;
  const P = origin.length;
  const D = dimensionsOf(span);
  const stream = randomStream(draw, 'verify-rounding');
  return Float32Array.from({ length: (coordinates.length / D) * P }, (_, at) => {
    const [m, p] = [Math.floor(at / P), at % P];
    let sum = origin[p]!;
    for (let d = 0; d < D; d++)
      sum +=
        coordinates[m * D + d]! * basis[d * P + p]! * (1 + rounding * (2 * stream.uniform() - 1));
    return sum;
  });
}

const largestOf = (values: Float32Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

function sampleOf(total: number, seed: number): number[] {
  const order = Int32Array.from({ length: total }, (_, i) => i);
  randomStream(seed, 'verify').shuffle(order);
  return [...order.subarray(0, checkedPoints)];
}
