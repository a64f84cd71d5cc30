// Asks every network for its answer at each point of a grid over the input plane.
import type { PreparedData } from '../learning/samples.ts';
import type { Boundaries } from './boundaries.ts';
import { evenlySpaced } from './plane.ts';

/** Share of the data's range left empty around it. */
const margin = 0.15;

const standardBlockBytes = 32 * 2 ** 20;

export interface BoundaryGrid {
  /** `[minimum x, maximum x, minimum y, maximum y]`, normalised feature units. */
  readonly extent: readonly [number, number, number, number];
  /** `[size * size, 2]`: rows from minimum y upwards, columns from minimum x. */
  readonly inputs: Float32Array;
}

export interface BoundaryOptions {
  /** Raw outputs `[M, size * size, outputs]` of M networks at the inputs of `boundaryGrid(data, size)`. */
  readonly predict: (weights: Float32Array) => Promise<Float32Array>;
  readonly data: PreparedData;
  readonly networks: number;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  readonly size: number;
  /** Bytes of outputs asked for at once. */
  readonly blockBytes?: number;
}

/** Whether boundaries can be drawn: two features to draw them over, classes to tell apart. */
export function hasBoundaries(
  data: Pick<PreparedData, 'features' | 'classNames' | 'outputs'>,
): boolean {
  return data.features === 2 && data.classNames.length >= 2;
}

/** The inputs that a predictor for `buildBoundaries` is made with: over all training and test points. */
export function boundaryGrid(data: PreparedData, size: number): BoundaryGrid {
  if (!hasBoundaries(data))
    throw new RangeError(
      `decision boundaries need 2 features and at least 2 classes, but the data has ${data.features} features and ${data.classNames.length} classes: leave them out`,
    );
  const extent = extentOf(data);
  const xs = evenlySpaced(extent[0], extent[1], size);
  const ys = evenlySpaced(extent[2], extent[3], size);
  const inputs = new Float32Array(size * size * 2);
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++)
      inputs.set([xs[column]!, ys[row]!], 2 * (row * size + column));
  return { extent, inputs };
}

/**
 * The most probable class and its probability, `softmax(outputs)`, of N networks at each grid point.
 * Where a network's outputs are not finite its probability is NaN and its class 0.
 */
export async function buildBoundaries(options: BoundaryOptions): Promise<Boundaries> {
  const { predict, data, networks: N, weights, size } = options;
  const { blockBytes = standardBlockBytes } = options;
  const { extent } = boundaryGrid(data, size);
  const { outputs } = data;
  const P = weights.length / N;
  const points = size * size;
  const classes = new Uint8Array(N * points);
  const probability = new Float32Array(N * points);
  const block = Math.max(1, Math.floor(blockBytes / (4 * points * outputs)));
  for (let first = 0; first < N; first += block) {
    const length = Math.min(block, N - first);
    const logits = await predict(weights.subarray(first * P, (first + length) * P));
    if (logits.length !== length * points * outputs)
      throw new RangeError(
        `${logits.length} outputs came back for ${length} networks at ${points} points with ${outputs} outputs: make the predictor with the inputs of boundaryGrid(data, ${size})`,
      );
    for (let i = 0; i < length * points; i++) {
      const answer = mostProbable(logits, i * outputs, outputs);
      classes[first * points + i] = answer.index;
      probability[first * points + i] = outputs === 2 ? answer.ofSecond : answer.probability;
    }
  }
  return { extent, size, classes, probability };
}

/** Softmax over `outputs` numbers from `at`: exponents are taken from the largest down, so none overflows. */
function mostProbable(
  logits: Float32Array,
  at: number,
  outputs: number,
): { index: number; probability: number; ofSecond: number } {
  let index = 0;
  for (let k = 1; k < outputs; k++) if (logits[at + k]! > logits[at + index]!) index = k;
  let sum = 0;
  for (let k = 0; k < outputs; k++) sum += Math.exp(logits[at + k]! - logits[at + index]!);
  const probability = 1 / sum;
  if (!Number.isFinite(probability)) return { index: 0, probability: NaN, ofSecond: NaN };
  return {
    index,
    probability,
    ofSecond: Math.exp(logits[at + 1]! - logits[at + index]!) / sum,
  };
}

function extentOf(data: PreparedData): [number, number, number, number] {
  const [low, high] = [
    [Infinity, Infinity],
    [-Infinity, -Infinity],
  ];
  for (const { inputs } of [data.train, data.test])
    for (const [i, value] of inputs.entries()) {
      low![i % 2] = Math.min(low![i % 2]!, value);
      high![i % 2] = Math.max(high![i % 2]!, value);
    }
  const [airX, airY] = [0, 1].map((axis) => margin * (high![axis]! - low![axis]!) || 1);
  return [low![0]! - airX!, high![0]! + airX!, low![1]! - airY!, high![1]! + airY!];
}
