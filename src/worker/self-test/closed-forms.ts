// Truths with a formula: the two-weight landscape, its descent, and the modes of a deep linear network.
import type { Executor } from '../../engine/runtime/executor.ts';
import { modeStrength } from '../../landscape/closed-forms/deep-linear.ts';
import { createDerivatives, type Derivatives } from '../../landscape/curvature/derivatives.ts';
import {
  twoWeightDescend,
  twoWeightGradient,
  twoWeightHessian,
  twoWeightLoss,
  type WeightPair,
} from '../../landscape/two-weights.ts';
import type { ExperimentInput } from '../../learning/experiment.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { createTrainer } from '../../learning/trainer.ts';
import { compare, type Comparison } from './truths.ts';

const notAsked = (): Promise<string> =>
  Promise.reject(new Error('The two-weight sample is computed, not read.'));
const noSources: DataSources = { digits: notAsked, csv: notAsked };

const linear = {
  testFraction: 0,
  normalise: false,
  activation: 'linear',
  bias: false,
  loss: 'mean-squared-error',
  optimiser: { kind: 'sgd' },
} as const satisfies ExperimentInput;

const twoWeightExperiment = (steps: number, stepSize: number, starts: number) =>
  parseExperiment(
    {
      ...linear,
      name: 'two-weights',
      data: { kind: 'two-weights' },
      hiddenSizes: [1],
      learningRate: stepSize,
      epochs: steps,
      recordEvery: steps,
      snapshots: 2,
      initialisations: starts,
    },
    'the self-test',
  );

/** Quarters are exact in single precision, so that the formula sees the very same weights. */
const places: readonly WeightPair[] = [-1.5, -0.25, 0.5, 1.25, 2].flatMap((a) =>
  [-1.75, -0.5, 0.75, 1, 1.5].map((b): WeightPair => [a, b]),
);

async function onTwoWeights<Result>(
  executor: Executor,
  use: (derivatives: Derivatives, weights: Float32Array) => Promise<Result>,
): Promise<Result> {
  const experiment = twoWeightExperiment(1, 0.1, 1);
  const data = await prepareData(experiment, noSources);
  const network = networkShapeOf(experiment, data);
  const options = { executor, network, loss: experiment.loss, samples: data.train };
  const derivatives = await createDerivatives(options);
  try {
    return await use(derivatives, Float32Array.from(places.flat()));
  } finally {
    derivatives.dispose();
  }
}

export const twoWeightLossTruth = (executor: Executor): Promise<Comparison> =>
  onTwoWeights(executor, async (derivatives, weights) => {
    const { loss } = await derivatives.gradient(weights);
    return compare(places.map(twoWeightLoss), loss);
  });

export const twoWeightGradientTruth = (executor: Executor): Promise<Comparison> =>
  onTwoWeights(executor, async (derivatives, weights) => {
    const { gradient } = await derivatives.gradient(weights);
    return compare(places.flatMap(twoWeightGradient), gradient);
  });

export const twoWeightHessianTruth = (executor: Executor): Promise<Comparison> =>
  onTwoWeights(executor, async (derivatives, weights) => {
    const along = (axis: 0 | 1) =>
      derivatives.hessianVectorProduct(
        weights,
        Float32Array.from(weights, (_, i) => Number(i % 2 === axis)),
      );
    const measured = [...(await along(0)), ...(await along(1))];
    const column = (axis: 0 | 1): number[] =>
      places.flatMap((place) => twoWeightHessian(place).map((row) => row[axis]));
    return compare([...column(0), ...column(1)], measured);
  });

const walkers: readonly WeightPair[] = [
  [1.5, 0.25],
  [0.25, -0.5],
  [-1.25, -1],
  [2, 0.5],
  [-0.5, 1.5],
  [0.75, 0.75],
  [-2, 0.25],
  [1, -1.5],
];

export async function twoWeightDescentTruth(executor: Executor): Promise<Comparison> {
  const [steps, stepSize] = [40, 0.125];
  const experiment = twoWeightExperiment(steps, stepSize, walkers.length);
  const data = await prepareData(experiment, noSources);
  const final = await trainedFrom(executor, experiment, data, walkers.flat());
  const ends = walkers.flatMap((start) => twoWeightDescend(start, stepSize, steps).points.at(-1)!);
  return compare(ends, final);
}

async function trainedFrom(
  executor: Executor,
  experiment: ReturnType<typeof parseExperiment>,
  data: PreparedData,
  starts: readonly number[],
): Promise<Float32Array> {
  const initialWeights = Float32Array.from(starts);
  const trainer = await createTrainer({ experiment, data, executor, initialWeights });
  try {
    while (await trainer.advance());
    return await trainer.weights();
  } finally {
    trainer.dispose();
  }
}

type Matrix = readonly [readonly [number, number], readonly [number, number]];

const rotation = (angle: number): Matrix => [
  [Math.cos(angle), -Math.sin(angle)],
  [Math.sin(angle), Math.cos(angle)],
];
const times = (a: Matrix, b: Matrix): Matrix =>
  a.map((row) =>
    [0, 1].map((column) => row[0] * b[0][column]! + row[1] * b[1][column]!),
  ) as unknown as Matrix;
const transposed = (a: Matrix): Matrix => [
  [a[0][0], a[1][0]],
  [a[0][1], a[1][1]],
];
const diagonal = (values: readonly number[]): Matrix => [
  [values[0]!, 0],
  [0, values[1]!],
];
const matrixFrom = (values: ArrayLike<number>, at: number): Matrix => [
  [values[at]!, values[at + 1]!],
  [values[at + 2]!, values[at + 3]!],
];

/**
 * A network of two layers of two units learns `M = U S V'` on inputs with `X'X / n = 1`, from balanced weights.
 * Descent in steps h is off the sigmoid of time by a multiple of h: twice the finer run less the coarser one is off by h^2.
 */
export async function deepLinearTruth(executor: Executor): Promise<Comparison> {
  const [targets, start, duration] = [[3, 2], 0.1, 1.5];
  const [left, middle, right] = [rotation(0.4), rotation(1.9), rotation(-0.7)];
  const target = times(times(left, diagonal(targets)), transposed(right));
  const inputs: Matrix = [
    [1, 1],
    [1, -1],
  ];
  const share = diagonal(targets.map(() => Math.sqrt(start)));
  const weights = [
    times(times(left, share), transposed(middle)),
    times(times(middle, share), transposed(right)),
  ].flat(2);
  const none = { count: 0, inputs: new Float32Array(0), targets: new Float32Array(0) };
  const data: PreparedData = {
    features: 2,
    outputs: 2,
    featureNames: ['x', 'y'],
    classNames: [],
    train: {
      count: 2,
      inputs: Float32Array.from(inputs.flat()),
      targets: Float32Array.from(times(inputs, target).flat()),
      labels: null,
    },
    test: { ...none, labels: null },
    normalisation: { mean: new Float32Array(2), scale: new Float32Array(2).fill(1) },
  };
  const learned = async (steps: number): Promise<number[]> => {
    const experiment = parseExperiment(
      {
        ...linear,
        name: 'deep-linear',
        data: { kind: 'csv', path: 'made-here.csv' },
        hiddenSizes: [2],
        learningRate: duration / steps,
        epochs: steps,
        recordEvery: steps,
        snapshots: 2,
        initialisations: 1,
      },
      'the self-test',
    );
    const final = await trainedFrom(executor, experiment, data, weights);
    const product = times(matrixFrom(final, 0), matrixFrom(final, 4));
    const modes = times(times(transposed(left), product), right);
    return [modes[0][0], modes[1][1]];
  };
  const coarse = await learned(300);
  const fine = await learned(600);
  const expected = targets.map((each) =>
    modeStrength({ start, target: each, outputs: 2 }, duration),
  );
  return compare(
    expected,
    fine.map((strength, mode) => 2 * strength - coarse[mode]!),
  );
}
