// Loss along straight lines between networks, a whole set of lines as one batched program.
import { add, input, multiply, reshape } from '../../engine/graph/index.ts';
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import { chunkSize, defaultMemoryBudget, networkBytes } from '../../learning/chunks.ts';
import type { LossOptions } from '../../learning/evaluator.ts';
import { accuracyOf, lossOf } from '../../learning/losses.ts';
import { networkOutputs, unpackWeights } from '../../learning/network.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import { gatherRows } from '../rows.ts';

/** Loss and accuracy at T points of each of C lines. */
export interface LineLosses {
  /** `[C, T]`. */
  readonly loss: Float32Array;
  /** `[C, T]`; null for regression. */
  readonly accuracy: Float32Array | null;
}

export interface Interpolator {
  /** `[T]`: where on each line the loss is evaluated; 0 is `from`, 1 is `to`. */
  readonly alphas: readonly number[];
  /**
   * Along the lines from `from` `[C, P]` to `to` `[C, P]`.
   * @throws RangeError where the two are not as many whole networks.
   */
  along(from: Float32Array, to: Float32Array): Promise<LineLosses>;
  dispose(): void;
}

/** `points` even steps from 0 to 1, both ends included. @throws RangeError for fewer than two. */
export function evenAlphas(points: number): number[] {
  if (!Number.isInteger(points) || points < 2) {
    throw new RangeError(`a line of ${points} points: expected at least its two ends`);
  }
  return Array.from({ length: points }, (_, t) => t / (points - 1));
}

/** Lines that go through the program at once, when memory and caches allow: whoever has many, asks for as many. */
export const usualLines = 128;

/**
 * Compiles loss and accuracy of the networks `(1 - a) from + a to`. They are made inside the graph, `[lines, T, P]`,
 * so that only the ends of a line travel to the provider. In single precision an end is exactly the network itself,
 * since 0 and 1 multiply without rounding. A line whose networks exceed the memory budget goes through in pieces.
 * @throws RangeError where there are no alphas, or one is not finite.
 */
export async function createInterpolator(
  options: LossOptions,
  { alphas }: { readonly alphas: readonly number[] },
): Promise<Interpolator> {
  const { executor, network, loss, samples, memoryBudget } = options;
  const T = alphas.length;
  if (T < 1 || !alphas.every(Number.isFinite)) {
    throw new RangeError(`a line at ${T} points (${alphas.join(', ')}): expected finite numbers`);
  }
  const P = parameterCount(network);
  const [features, width] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  // Caches alone do not cut a line: pieces were measured to be slower than a whole line that leaves the cache.
  const budget = (memoryBudget ?? defaultMemoryBudget) / executor.lanes;
  const fitting = Math.max(1, Math.floor(budget / networkBytes(network, samples.count)));
  const pieces = Math.ceil(T / fitting);
  const points = Math.ceil(T / pieces);
  const networksAtOnce = chunkSize(network, samples.count, usualLines * T, executor, memoryBudget);
  const lines = Math.max(1, Math.floor(networksAtOnce / T));
  const ends = (name: string) => reshape(input(name, [lines, P]), [lines, 1, P]);
  const shares = (name: string) => reshape(input(name, [lines, points]), [lines, points, 1]);
  const left = multiply(shares('rest'), ends('from'));
  const flat = reshape(add(left, multiply(shares('share'), ends('to'))), [lines * points, P]);
  const inputs = input('inputs', [1, samples.count, features]);
  const targets = input('targets', [1, samples.count, width]);
  const outputs = networkOutputs(network, unpackWeights(network, flat), inputs);
  const byLine = (values: ReturnType<typeof lossOf>) => reshape(values, [lines, points]);
  const program = await compileGraph(executor, {
    loss: byLine(lossOf(loss, outputs, targets)),
    ...(samples.labels ? { accuracy: byLine(accuracyOf(outputs, targets)) } : {}),
  });
  const shared = {
    inputs: floats([1, samples.count, features], samples.inputs),
    targets: floats([1, samples.count, width], samples.targets),
  };
  return {
    alphas,
    async along(from, to) {
      const C = from.length / P;
      if (!Number.isInteger(C) || from.length !== to.length) {
        throw new RangeError(
          `lines between ends of ${from.length} and ${to.length} weights: expected as many networks of ${P} weights on either side`,
        );
      }
      // The last piece of a line is filled up with its last point, which is dropped again.
      const padded = pieces * points;
      const atEach = (of: (alpha: number) => number) =>
        Float32Array.from({ length: C * padded }, (_, at) =>
          of(alphas[Math.min(at % padded, T - 1)]!),
        );
      const eachPiece = Array.from({ length: C * pieces }, (_, k) => Math.floor(k / pieces));
      const rows = {
        from: gatherRows(from, P, eachPiece),
        to: gatherRows(to, P, eachPiece),
        share: atEach((alpha) => alpha),
        rest: atEach((alpha) => 1 - alpha),
      };
      const results = await runChunked(executor, program, rows, shared);
      const whole = (values: Float32Array) => values.filter((_, at) => at % padded < T);
      return {
        loss: whole(results.loss as Float32Array),
        accuracy: results.accuracy ? whole(results.accuracy) : null,
      };
    },
    dispose: () => program.dispose(),
  };
}
