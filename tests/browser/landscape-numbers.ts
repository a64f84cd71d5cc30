// Numbers of the landscape mathematics on a few tiny networks: the same code in Node and in the page.
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { createDerivatives } from '../../src/landscape/curvature/derivatives.ts';
import { hessianEigenpairs } from '../../src/landscape/curvature/extreme-eigenpairs.ts';
import { createGradientNoise } from '../../src/landscape/curvature/gradient-noise.ts';
import { hessianTrace } from '../../src/landscape/curvature/trace.ts';
import { linearCkaMatrix } from '../../src/landscape/function-space/linear-cka.ts';
import { curveSpecSchema } from '../../src/landscape/paths/curve-spec.ts';
import { createInterpolator, evenAlphas } from '../../src/landscape/paths/interpolation.ts';
import { trainCurves } from '../../src/landscape/paths/train-curve.ts';
import { evenlySpaced } from '../../src/landscape/plane.ts';
import { distanceMatrix } from '../../src/landscape/projections/distances.ts';
import { projectionSpecSchema, projectPoints } from '../../src/landscape/projections/project.ts';
import { orthonormalFrame } from '../../src/landscape/slices/frame.ts';
import { gridCoordinates } from '../../src/landscape/slices/slice.ts';
import { createSliceEvaluator } from '../../src/landscape/slices/slice-evaluator.ts';
import { alignPopulation } from '../../src/landscape/symmetry/align-population.ts';
import { networkBytes } from '../../src/learning/chunks.ts';
import { createActivationReader } from '../../src/learning/evaluator.ts';
import type { LossOptions } from '../../src/learning/evaluator.ts';
import { activations, losses } from '../../src/learning/experiment.ts';
import { initialPopulation } from '../../src/learning/initial-weights.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { parameterCount } from '../../src/learning/network-shape.ts';
import { parseExperiment } from '../../src/learning/parse-experiment.ts';
import { prepareData } from '../../src/learning/prepare-data.ts';
import { randomStream } from '../../src/learning/random.ts';

/** Small enough for a graphics adapter in software. */
const networks = 3;
/** As many points as a published projection has. */
const projected = 50;
/** Networks in a chunk at most: fewer than a slice has points, so that it takes several. */
const largestChunk = 64;

const tiny = (seed: number) =>
  parseExperiment(
    {
      name: 'tiny',
      data: { kind: 'moons', samples: 64, noise: 0.2 },
      hiddenSizes: [8],
      activation: 'tanh',
      testFraction: 0,
      seed,
    },
    'the test',
  );

export type LandscapeNumbers = Awaited<ReturnType<typeof landscapeNumbers>>;

/** Every quantity as plain numbers, which travel from the page to the test. */
export async function landscapeNumbers(executor: Executor, seed = 42) {
  const experiment = tiny(seed);
  const notAsked = () => Promise.reject(new Error('the moons are drawn, not read'));
  const data = await prepareData(experiment, { digits: notAsked, csv: notAsked });
  const network = networkShapeOf(experiment, data);
  const options: LossOptions = {
    executor,
    network,
    loss: 'cross-entropy',
    samples: data.train,
    memoryBudget: largestChunk * networkBytes(network, data.train.count),
  };
  const population = (count: number) =>
    initialPopulation(network, experiment.initialiser, seed, count);
  const weights = population(networks);
  return {
    ...(await curvatureNumbers(options, weights, seed)),
    ...(await derivativesByActivation(options, weights, seed)),
    ...(await sliceNumbers(options, weights, seed)),
    ...(await alignmentAndPathNumbers(options, weights, seed)),
    ...(await functionSpaceNumbers(options, weights)),
    ...projectionNumbers(population(projected), seed),
  };
}

async function curvatureNumbers(options: LossOptions, weights: Float32Array, seed: number) {
  const derivatives = await createDerivatives(options);
  const noise = await createGradientNoise(options);
  try {
    const pairs = { top: 2, bottom: 1, seed };
    const { top, bottom, converged } = await hessianEigenpairs(derivatives, weights, pairs);
    if (!converged.every(Boolean)) throw new Error('Lanczos did not converge to its tolerance.');
    const { trace } = await hessianTrace(derivatives, weights, { probes: 4, seed });
    const { covarianceTrace, squaredGradient } = await noise.measure(weights);
    return {
      largestEigenvalues: [...top.values],
      smallestEigenvalues: [...bottom.values],
      hessianTrace: [...trace],
      gradientCovarianceTrace: [...covarianceTrace],
      squaredGradient: [...squaredGradient],
    };
  } finally {
    noise.dispose();
    derivatives.dispose();
  }
}

/** First and second derivatives through every activation, by both losses. */
async function derivativesByActivation(options: LossOptions, weights: Float32Array, seed: number) {
  const vectors = normalVector(weights.length, seed, 'vectors');
  const numbers = {
    loss: [] as number[],
    gradient: [] as number[],
    hessianProduct: [] as number[],
  };
  for (const activation of activations) {
    for (const loss of losses) {
      const network = { ...options.network, activation };
      const derivatives = await createDerivatives({ ...options, network, loss });
      try {
        const first = await derivatives.gradient(weights);
        numbers.loss.push(...first.loss);
        numbers.gradient.push(...first.gradient);
        const product = await derivatives.hessianVectorProduct(weights, vectors);
        numbers.hessianProduct.push(...product);
      } finally {
        derivatives.dispose();
      }
    }
  }
  return numbers;
}

/** A plane through the first network, and a grid that does not fill its last chunk. */
async function sliceNumbers(options: LossOptions, weights: Float32Array, seed: number) {
  const P = parameterCount(options.network);
  const directions = normalVector(2 * P, seed, 'directions');
  const frame = orthonormalFrame(weights.slice(0, P), directions, ['one', 'another']);
  const evaluator = await createSliceEvaluator(options, frame);
  try {
    const axes = [evenlySpaced(-3, 3, 11), evenlySpaced(-3, 3, 9)];
    const { loss } = await evaluator.evaluate(gridCoordinates(axes));
    return { sliceLoss: [...loss] };
  } finally {
    evaluator.dispose();
  }
}

/** Every network brought to the first one, lines to those so aligned, and curves around them. */
async function alignmentAndPathNumbers(options: LossOptions, weights: Float32Array, seed: number) {
  const P = parameterCount(options.network);
  const method = { kind: 'weights', seed } as const;
  const aligned = await alignPopulation(options.network, weights, { to: 0, method });
  const from = repeated(weights.subarray(0, P), networks - 1);
  const to = aligned.weights.slice(P);
  const interpolator = await createInterpolator(options, { alphas: evenAlphas(5) });
  try {
    const line = await interpolator.along(from, to);
    const spec = curveSpecSchema.parse({ shape: 'bezier', steps: 2, seed });
    const curves = await trainCurves({ ...options, from, to, spec });
    return {
      matchedUnits: aligned.symmetries.flatMap(({ permutations }) => [...permutations[0]!]),
      matchedSigns: aligned.symmetries.flatMap(({ signs }) => [...signs[0]!]),
      distanceBefore: [...aligned.distanceBefore],
      alignedDistance: [...aligned.distanceAfter],
      lineLoss: [...line.loss],
      curveLosses: [...curves.losses],
      curveBends: [...curves.bends],
    };
  } finally {
    interpolator.dispose();
  }
}

async function functionSpaceNumbers(options: LossOptions, weights: Float32Array) {
  const { count, inputs } = options.samples;
  const reader = await createActivationReader({ ...options, inputs, count });
  try {
    const [hidden] = await reader.read(weights);
    return {
      hiddenActivations: [...hidden!],
      linearCka: [...linearCkaMatrix(hidden!, networks, count)],
    };
  } finally {
    reader.dispose();
  }
}

/** By the settings that an experiment has if it says nothing else. */
function projectionNumbers(points: Float32Array, seed: number) {
  const layout = (method: 'tsne' | 'umap') =>
    projectPoints(projectionSpecSchema.parse({ method }), points, projected, seed).coordinates;
  return {
    distances: [...distanceMatrix(points, projected)],
    tsne: [...layout('tsne')],
    umap: [...layout('umap')],
  };
}

function normalVector(length: number, seed: number, purpose: string): Float32Array {
  const stream = randomStream(seed, purpose);
  return Float32Array.from({ length }, () => stream.normal());
}

function repeated(row: Float32Array, times: number): Float32Array {
  const all = new Float32Array(times * row.length);
  for (let k = 0; k < times; k++) all.set(row, k * row.length);
  return all;
}
