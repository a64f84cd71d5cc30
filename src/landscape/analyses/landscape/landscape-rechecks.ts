// Points of a landscape's surface, and snapshots with their feet on its plane, evaluated again; all snapshots against the curves.
import { createEvaluator } from '../../../learning/evaluator.ts';
import { randomStream } from '../../../learning/random.ts';
import type { Evaluate } from '../../evaluate-blocks.ts';
import type { Landscape, Plane } from '../../landscape.ts';
import { footPoints } from '../../plane.ts';
import { gatherRows, rowIsFinite } from '../../rows.ts';
import {
  lossOptions,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
  type WholeCondition,
} from '../analysis.ts';
import { sameLoss, sameShare } from '../rechecks.ts';

interface Surface {
  readonly landscape: Landscape;
  readonly plane: Plane;
}

/** How many surface points, and snapshots, are drawn by the seed. */
const checkedPoints = 64;

export async function recheckLandscape(
  context: Pick<AnalysisContext<TrainedCondition>, 'executor' | 'memoryBudget'>,
  condition: WholeCondition,
  surface: Surface,
): Promise<Recheck[]> {
  const onTest =
    condition.data.test.count === 0
      ? []
      : await using(createEvaluator(lossOptions(context, condition, 'test')), ({ evaluate }) =>
          testPoints(condition, surface, evaluate),
        );
  return using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => [
    ...(await trainPoints(condition, surface, evaluate)),
    ...onTest,
    ...(await snapshots(condition, surface, evaluate)),
    ...recordedLosses(condition, surface),
  ]);
}

/** Grid points, by index, and the weights there. */
function chosenPoints(
  { experiment }: TrainedCondition,
  { landscape: { xs, ys }, plane }: Surface,
): { chosen: number[]; weights: Float32Array } {
  const chosen = sampleOf(xs.length * ys.length, experiment.seed);
  const coordinates = Float32Array.from(
    chosen.flatMap((index) => [xs[index % xs.length]!, ys[Math.floor(index / xs.length)]!]),
  );
  return { chosen, weights: footPoints(plane, coordinates) };
}

async function trainPoints(
  condition: TrainedCondition,
  surface: Surface,
  evaluate: Evaluate,
): Promise<Recheck[]> {
  const { chosen, weights } = chosenPoints(condition, surface);
  const again = await evaluate(weights);
  const { loss, accuracy } = surface.landscape;
  return chosen.flatMap((index, point): Recheck[] => {
    const at = `at surface point ${index}`;
    const same = sameLoss(`training loss ${at}`, loss[index]!, again.loss[point]!);
    if (!again.accuracy || !accuracy) return [same];
    const share = [accuracy[index]!, again.accuracy[point]!] as const;
    return [same, sameShare(`accuracy ${at}`, ...share, condition.data.train.count)];
  });
}

async function testPoints(
  condition: TrainedCondition,
  surface: Surface,
  evaluate: Evaluate,
): Promise<Recheck[]> {
  const { chosen, weights } = chosenPoints(condition, surface);
  const again = await evaluate(weights);
  const { testLoss } = surface.landscape;
  return chosen.map((index, point) =>
    sameLoss(`test loss at surface point ${index}`, testLoss![index]!, again.loss[point]!),
  );
}

const nameOf = ({ networks: N, snapshotSteps }: WholeCondition['history'], row: number): string =>
  `of network ${row % N} after ${snapshotSteps[Math.floor(row / N)]} steps`;

/** Their own losses, and those where they fall on the plane. */
async function snapshots(
  { experiment, history }: WholeCondition,
  { landscape: { trueLoss, planeLoss, coordinates }, plane }: Surface,
  evaluate: Evaluate,
): Promise<Recheck[]> {
  const { networks: N, parameters: P, snapshots: weights, snapshotSteps } = history;
  const chosen = sampleOf(snapshotSteps.length * N, experiment.seed).filter((row) =>
    rowIsFinite(weights, P, row),
  );
  const own = await evaluate(gatherRows(weights, P, chosen));
  const below = await evaluate(footPoints(plane, gatherRows(coordinates, 2, chosen)));
  return chosen.flatMap((row, i) => [
    sameLoss(`true loss ${nameOf(history, row)}`, trueLoss[row]!, own.loss[i]!),
    sameLoss(`loss on the plane ${nameOf(history, row)}`, planeLoss[row]!, below.loss[i]!),
  ]);
}

/** Where a loss was recorded when a snapshot was taken, it is the snapshot's. */
function recordedLosses({ history }: WholeCondition, { landscape }: Surface): Recheck[] {
  const { networks: N, snapshotSteps, curves } = history;
  const recordAt = new Map(Array.from(curves.steps, (step, record) => [step, record]));
  return Array.from(landscape.trueLoss).flatMap((loss, row) => {
    const record = recordAt.get(snapshotSteps[Math.floor(row / N)]!);
    const recorded = record === undefined ? NaN : curves.trainLoss[record * N + (row % N)]!;
    return Number.isNaN(recorded)
      ? []
      : [sameLoss(`recorded training loss ${nameOf(history, row)}`, recorded, loss)];
  });
}

function sampleOf(total: number, seed: number): number[] {
  const order = Int32Array.from({ length: total }, (_, index) => index);
  randomStream(seed, 'verify').shuffle(order);
  return [...order.subarray(0, checkedPoints)];
}
