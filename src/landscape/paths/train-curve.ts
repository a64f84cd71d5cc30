// Trains curves of low loss between pairs of networks, all pairs at once.
import { compileGraph, floats } from '../../engine/runtime/executor.ts';
import type { Feed } from '../../engine/runtime/executor.ts';
import { batchOrder, batchSizeOf, stepsPerEpoch } from '../../learning/batches.ts';
import { chunkSize, defaultMemoryBudget, networkBytes } from '../../learning/chunks.ts';
import type { LossOptions } from '../../learning/evaluator.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { optimiserRule } from '../../learning/optimisers.ts';
import type { OptimiserRule } from '../../learning/optimisers.ts';
import { randomStream } from '../../learning/random.ts';
import { runChunked } from '../../learning/run-chunked.ts';
import { stateNames } from '../../learning/training-graph.ts';
import { gatherRows } from '../rows.ts';
import { curveSteps } from './curve-graph.ts';
import type { CurveSpec } from './curve-spec.ts';
import { curveWeights } from './curve-weights.ts';

export interface CurveTrainingOptions extends LossOptions {
  /** Ends of C curves, `[C, P]` each. */
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly spec: CurveSpec;
  readonly signal?: AbortSignal | undefined;
  /** Called with steps done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

export interface TrainedCurves {
  /** `[C, bends, P]`. */
  readonly bends: Float32Array;
  /** `[C, steps]`: loss at the point of the curve that each step drew, before the step. */
  readonly losses: Float32Array;
}

/** Steps unrolled into one call. */
const unrolled = 5;

/**
 * Bends begin evenly on the straight line. Curve c draws its t from a stream of its own, so that it does not depend on
 * how many others are trained beside it; all curves see the same batches in the same order. The data loss alone is
 * minimised, without weight decay.
 * @throws RangeError where the ends are not as many networks of the right size; ExperimentError where a batch is
 * larger than the data; the signal's reason when it is aborted, between two calls.
 */
export async function trainCurves(options: CurveTrainingOptions): Promise<TrainedCurves> {
  const { executor, network, loss, samples, from, to, spec, signal } = options;
  const { bends, steps: total, shape, seed, learningRate } = spec;
  const P = parameterCount(network);
  const C = from.length / P;
  if (!Number.isInteger(C) || C < 1 || from.length !== to.length) {
    throw new RangeError(
      `curves between ends of ${from.length} and ${to.length} weights: expected as many networks of ${P} weights on either side`,
    );
  }
  const rule = optimiserRule(spec.optimiser, 0);
  const batch = batchSizeOf(spec, samples);
  const sameBatch = batch === samples.count;
  const size = curvesAtOnce(options, batch, C, rule);
  const graph = { network, loss, rule, curves: size, bends, batch, sameBatch };
  const compile = (steps: number) => compileGraph(executor, curveSteps({ ...graph, steps }));
  const longest = Math.min(unrolled, total);
  const feedsOf = createBatchFeeds(options, batch, sameBatch);
  const streams = Array.from({ length: C }, (_, c) => randomStream(seed, 'curve', c));
  let state: Record<string, Float32Array> = Object.fromEntries(
    stateNames(rule).map((name) => [
      name,
      name === 'weights' ? onTheLine(from, to, bends, P) : new Float32Array(C * bends * P),
    ]),
  );
  const losses = new Float32Array(C * total);
  const many = await compile(longest);
  let few = many;
  try {
    if (total % longest > 0) few = await compile(total % longest);
    for (let step = 0; step < total;) {
      signal?.throwIfAborted();
      const steps = Math.min(longest, total - step);
      const drawn = streams.flatMap((stream) =>
        Array.from({ length: steps }, () => curveWeights(shape, bends, stream.uniform())).flat(),
      );
      const scalars = Array.from({ length: steps }, (_, k) =>
        rule.schedule(step + k + 1, learningRate),
      );
      const shared: Record<string, Feed> = {
        scalars: floats([steps, rule.scalars], Float32Array.from(scalars.flat())),
        ...feedsOf(step, steps),
      };
      const rows = { from, to, shares: Float32Array.from(drawn), ...state };
      const results = await runChunked(executor, steps === longest ? many : few, rows, shared);
      state = Object.fromEntries(
        stateNames(rule).map((name) => [name, results[`next-${name}`] as Float32Array]),
      );
      for (let c = 0; c < C; c++) {
        losses.set(
          (results.loss as Float32Array).subarray(c * steps, (c + 1) * steps),
          c * total + step,
        );
      }
      step += steps;
      options.onProgress?.(step, total);
    }
  } finally {
    many.dispose();
    if (few !== many) few.dispose();
  }
  return { bends: state.weights as Float32Array, losses };
}

/** `[C, bends, P]`: points that cut each line into equal parts. */
function onTheLine(from: Float32Array, to: Float32Array, bends: number, P: number): Float32Array {
  return Float32Array.from({ length: from.length * bends }, (_, at) => {
    const [c, bend, p] = [Math.floor(at / (bends * P)), Math.floor(at / P) % bends, at % P];
    const share = (bend + 1) / (bends + 1);
    return (1 - share) * from[c * P + p]! + share * to[c * P + p]!;
  });
}

/** Curves in a chunk: beside a network's pass, each takes its ends, bends and their optimiser state, in and out. */
function curvesAtOnce(
  { executor, network, memoryBudget = defaultMemoryBudget, spec }: CurveTrainingOptions,
  batch: number,
  C: number,
  { slots }: OptimiserRule,
): number {
  const pass = networkBytes(network, batch);
  // Two ends; the state of the bends twice; all points, as they are and by their shares; the gradient of each bend.
  const copies = 2 + 2 * spec.bends * (1 + slots) + 2 * (spec.bends + 2) + spec.bends;
  const curve = pass + 4 * copies * parameterCount(network);
  return chunkSize(network, batch, C, executor, (memoryBudget * pass) / curve);
}

/** The samples of `steps` steps from `step` on, in the seeded order that every epoch draws anew. */
function createBatchFeeds(
  { samples, network, spec }: CurveTrainingOptions,
  batch: number,
  sameBatch: boolean,
): (step: number, steps: number) => Record<string, Feed> {
  const [features, outputs] = [network.sizes[0] as number, network.sizes.at(-1) as number];
  if (sameBatch) {
    const whole = {
      inputs: floats([1, batch, features], samples.inputs),
      targets: floats([1, batch, outputs], samples.targets),
    };
    return () => whole;
  }
  const perEpoch = stepsPerEpoch(spec, samples);
  // An epoch's order is a shuffle of all samples: drawn once, not at each of its steps.
  let order: { readonly epoch: number; readonly rows: Int32Array } | null = null;
  return (first, steps) => {
    const picked = Array.from({ length: steps }, (_, k) => {
      const [epoch, at] = [Math.floor((first + k) / perEpoch), (first + k) % perEpoch];
      if (order?.epoch !== epoch) order = { epoch, rows: batchOrder(spec, samples, epoch) };
      return [...order.rows.subarray(at * batch, (at + 1) * batch)];
    }).flat();
    return {
      inputs: floats([steps, batch, features], gatherRows(samples.inputs, features, picked)),
      targets: floats([steps, batch, outputs], gatherRows(samples.targets, outputs, picked)),
    };
  };
}
