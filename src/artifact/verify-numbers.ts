// Whether the numbers of a run come out again when its networks and the points of its surface are evaluated afresh.
import type { Recheck } from '../landscape/analyses/analysis.ts';
import { sameGradientNorm, sameLoss, sameShare } from '../landscape/analyses/rechecks.ts';
import { createDerivatives } from '../landscape/curvature/derivatives.ts';
import type { Evaluate } from '../landscape/evaluate-blocks.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import { footPoints } from '../landscape/plane.ts';
import { gatherRows, rowIsFinite } from '../landscape/rows.ts';
import type { Executor } from '../engine/runtime/executor.ts';
import { createEvaluator } from '../learning/evaluator.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { Curves, TrainingHistory } from '../learning/history.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import { randomStream } from '../learning/random.ts';
import type { PreparedData } from '../learning/samples.ts';
import { checkRechecks } from './check-again.ts';

/** Networks `[M, P]`, computed afresh. */
export interface EvaluateAgain {
  readonly train: Evaluate;
  /** Null where the experiment keeps no test part. */
  readonly test: Evaluate | null;
  /** Euclidean norms `[M]` of the training loss's gradients. */
  readonly gradientNorms: (weights: Float32Array) => Promise<Float64Array>;
}

/** From the experiment and its data alone. */
export async function evaluatingAgain<Result>(
  executor: Executor,
  experiment: Experiment,
  data: PreparedData,
  use: (again: EvaluateAgain) => Promise<Result>,
): Promise<Result> {
  const network = networkShapeOf(experiment, data);
  const optionsOf = (part: 'train' | 'test') => ({
    executor,
    network,
    loss: experiment.loss,
    samples: data[part],
  });
  const train = await createEvaluator(optionsOf('train'));
  const test = data.test.count > 0 ? await createEvaluator(optionsOf('test')) : null;
  const derivatives = await createDerivatives(optionsOf('train'));
  try {
    return await use({
      train: train.evaluate,
      test: test && test.evaluate,
      async gradientNorms(weights) {
        const { gradient } = await derivatives.gradient(weights);
        const P = derivatives.parameters;
        const squares = new Float64Array(gradient.length / P);
        gradient.forEach((value, i) => (squares[Math.floor(i / P)]! += value * value));
        return squares.map(Math.sqrt);
      },
    });
  } finally {
    train.dispose();
    test?.dispose();
    derivatives.dispose();
  }
}

type Counts = { readonly trainCount: number; readonly testCount: number };

/** The networks as training found and left them have the losses that the curves begin and end with. */
export async function checkEnds(
  { networks: N, parameters: P, snapshots, curves, divergedAt }: TrainingHistory,
  { train, test, gradientNorms }: EvaluateAgain,
  { trainCount, testCount }: Counts,
  where: string,
): Promise<string> {
  const size = N * P;
  const checks: Recheck[] = [];
  for (const end of ['initial', 'final'] as const) {
    const weights = end === 'initial' ? snapshots.slice(0, size) : snapshots.slice(-size);
    const record = end === 'initial' ? 0 : curves.trainLoss.length - N;
    const on = await train(weights);
    const onTest = test && (await test(weights));
    const norms = await gradientNorms(weights);
    const recorded = (name: keyof Curves, n: number) => curves[name]?.[record + n] as number;
    for (let n = 0; n < N; n++) {
      // Curves end where a network diverged, even if its loss is finite again.
      if (divergedAt[n]! >= 0 && Number.isNaN(recorded('trainLoss', n))) continue;
      const of = `of network ${n}`;
      checks.push(
        sameLoss(`${end} training loss ${of}`, recorded('trainLoss', n), on.loss[n]!),
        sameGradientNorm(`${end} gradient norm ${of}`, recorded('gradientNorm', n), norms[n]!),
      );
      if (on.accuracy) {
        const what = `${end} training accuracy ${of}`;
        checks.push(sameShare(what, recorded('trainAccuracy', n), on.accuracy[n]!, trainCount));
      }
      if (!onTest) continue;
      checks.push(sameLoss(`${end} test loss ${of}`, recorded('testLoss', n), onTest.loss[n]!));
      if (!onTest.accuracy) continue;
      const what = `${end} test accuracy ${of}`;
      checks.push(sameShare(what, recorded('testAccuracy', n), onTest.accuracy[n]!, testCount));
    }
  }
  const worst = checkRechecks(checks, where);
  return `networks: initial and final losses of all ${N} evaluated again, with accuracies and gradient norms, within ${worst.toExponential(1)}`;
}

/** Heights at grid points drawn by the experiment's seed. */
export async function checkSurface(
  { loss, testLoss, accuracy, xs, ys }: Landscape,
  plane: Plane,
  { train, test }: EvaluateAgain,
  { seed, points, trainCount }: SampleOptions,
  where: string,
): Promise<string> {
  const total = xs.length * ys.length;
  const chosen = sampleOf(total, points, seed);
  const coordinates = Float32Array.from(
    chosen.flatMap((index) => [xs[index % xs.length]!, ys[Math.floor(index / xs.length)]!]),
  );
  const weights = footPoints(plane, coordinates);
  const on = await train(weights);
  const onTest = test && (await test(weights));
  const checks = chosen.flatMap((index, point): Recheck[] => {
    const at = `at surface point ${index}`;
    return [
      sameLoss(`training loss ${at}`, loss[index]!, on.loss[point]!),
      ...(onTest && testLoss
        ? [sameLoss(`test loss ${at}`, testLoss[index]!, onTest.loss[point]!)]
        : []),
      ...(on.accuracy && accuracy
        ? [sameShare(`accuracy ${at}`, accuracy[index]!, on.accuracy[point]!, trainCount)]
        : []),
    ];
  });
  const worst = checkRechecks(checks, where);
  return `surface: ${chosen.length} of ${total} points evaluated again, within ${worst.toExponential(1)}`;
}

/** Snapshots drawn by the experiment's seed, and where they fall on the plane; all of them against the curves. */
export async function checkSnapshots(
  history: TrainingHistory,
  { trueLoss, planeLoss, coordinates }: Landscape,
  plane: Plane,
  { train }: EvaluateAgain,
  { seed, points }: SampleOptions,
  where: string,
): Promise<string> {
  const { networks: N, parameters: P, snapshots, snapshotSteps, curves } = history;
  const name = (row: number) =>
    `of network ${row % N} after ${snapshotSteps[Math.floor(row / N)]} steps`;
  const chosen = sampleOf(snapshotSteps.length * N, points, seed).filter((row) =>
    rowIsFinite(snapshots, P, row),
  );
  const own = await train(gatherRows(snapshots, P, chosen));
  const below = await train(footPoints(plane, gatherRows(coordinates, 2, chosen)));
  const checks = chosen.flatMap((row, i) => [
    sameLoss(`true loss ${name(row)}`, trueLoss[row]!, own.loss[i]!),
    sameLoss(`loss on the plane ${name(row)}`, planeLoss[row]!, below.loss[i]!),
  ]);
  const recordAt = new Map(Array.from(curves.steps, (step, record) => [step, record]));
  let met = 0;
  trueLoss.forEach((loss, row) => {
    const record = recordAt.get(snapshotSteps[Math.floor(row / N)]!);
    const recorded = record === undefined ? NaN : curves.trainLoss[record * N + (row % N)]!;
    if (Number.isNaN(recorded)) return;
    met++;
    checks.push(sameLoss(`recorded training loss ${name(row)}`, recorded, loss));
  });
  const worst = checkRechecks(checks, where);
  return `snapshots: ${chosen.length} evaluated again, and on the plane; ${met} have the losses that the curves have there, within ${worst.toExponential(1)}`;
}

interface SampleOptions {
  readonly seed: number;
  /** How many to draw; all where there are fewer. */
  readonly points: number;
  readonly trainCount: number;
}

function sampleOf(total: number, most: number, seed: number): number[] {
  const order = Int32Array.from({ length: total }, (_, index) => index);
  randomStream(seed, 'verify').shuffle(order);
  return [...order.subarray(0, most)];
}
