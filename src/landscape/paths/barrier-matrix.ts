// The barrier between every two networks of a population.
import { gatherRows } from '../rows.ts';
import { barriersOf, errorsOf } from './barrier.ts';
import { usualLines } from './interpolation.ts';
import type { Interpolator, LineLosses } from './interpolation.ts';

/** Symmetric `[N, N]` each, 0 on the diagonal. */
export interface BarrierMatrix {
  readonly train: Float64Array;
  /** Null where there is no test part. */
  readonly test: Float64Array | null;
  /** Of the share of errors; null for regression. */
  readonly trainError: Float64Array | null;
  readonly testError: Float64Array | null;
  /** `[T]`: training loss at each point of the line, mean over pairs; NaN where that of a pair is. */
  readonly meanPath: Float64Array;
}

export interface BarrierMatrixOptions {
  readonly train: Interpolator;
  readonly test: Interpolator | null;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  readonly networks: number;
  /** Network j `[P]` brought into the order of network i; as it is if not given. */
  readonly aligned?: ((i: number, j: number) => Float32Array) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with pairs done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Pairs between two looks at the signal: as many as go through at once, so that no call is half empty. */
const block = usualLines;

/**
 * Pairs i < j, each once: the line from network i to network j, aligned or not; its barrier as `barriersOf` has it.
 * @throws RangeError for fewer than two networks, or an aligned one of another size; the signal's reason when it is
 * aborted, between two blocks.
 */
export async function barrierMatrix(options: BarrierMatrixOptions): Promise<BarrierMatrix> {
  const { train, test, weights, networks: N, aligned, signal, onProgress } = options;
  const P = weights.length / N;
  if (!Number.isInteger(N) || N < 2 || !Number.isInteger(P)) {
    throw new RangeError(
      `barriers between ${N} networks with ${weights.length} weights in all: expected at least two networks, all of the same size`,
    );
  }
  const pairs = Array.from({ length: N }, (_, i) =>
    Array.from({ length: N - i - 1 }, (_, k) => [i, i + 1 + k] as const),
  ).flat();
  const matrix = () => new Float64Array(N * N);
  const found = {
    train: matrix(),
    test: test && matrix(),
    trainError: null as Float64Array | null,
    testError: null as Float64Array | null,
  };
  const meanPath = new Float64Array(train.alphas.length);
  for (let first = 0; first < pairs.length; first += block) {
    signal?.throwIfAborted();
    const chosen = pairs.slice(first, first + block);
    const from = gatherRows(
      weights,
      P,
      chosen.map(([i]) => i),
    );
    const to = new Float32Array(chosen.length * P);
    chosen.forEach(([i, j], k) => {
      const own = aligned?.(i, j) ?? weights.subarray(j * P, (j + 1) * P);
      if (own.length !== P) {
        throw new RangeError(
          `network ${j} aligned to ${i} has ${own.length} weights: expected the ${P} of every network`,
        );
      }
      to.set(own, k * P);
    });
    const store = (values: Float64Array, barrier: Float64Array) =>
      chosen.forEach(([i, j], k) => {
        values[i * N + j] = values[j * N + i] = barrier[k]!;
      });
    const onTrain = await train.along(from, to);
    store(found.train, barriersOf(onTrain.loss, train.alphas).barrier);
    onTrain.loss.forEach((loss, at) => {
      meanPath[at % meanPath.length]! += loss / pairs.length;
    });
    const errors = ({ accuracy }: LineLosses, alphas: readonly number[]) =>
      accuracy && barriersOf(errorsOf(accuracy), alphas).barrier;
    const trainError = errors(onTrain, train.alphas);
    if (trainError) store((found.trainError ??= matrix()), trainError);
    if (test && found.test) {
      const onTest = await test.along(from, to);
      store(found.test, barriersOf(onTest.loss, test.alphas).barrier);
      const testError = errors(onTest, test.alphas);
      if (testError) store((found.testError ??= matrix()), testError);
    }
    onProgress?.(first + chosen.length, pairs.length);
  }
  return { ...found, meanPath };
}
