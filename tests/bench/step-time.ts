// Times one optimiser step of all networks, by the very graphs that training uses; runs in Node and in a page.
import { compileGraph, floats } from '../../src/engine/runtime/executor.ts';
import type { DeviceTensor, Executor, Feed } from '../../src/engine/runtime/executor.ts';
import { onLanes } from '../../src/engine/runtime/lanes.ts';
import { chunkSize } from '../../src/learning/chunks.ts';
import { optimiserSchema } from '../../src/learning/experiment.ts';
import { parameterCount } from '../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../src/learning/network-shape.ts';
import { optimiserRule } from '../../src/learning/optimisers.ts';
import { randomStream } from '../../src/learning/random.ts';
import { stateNames, trainingSteps } from '../../src/learning/training-graph.ts';
import { networks, points } from './cases.ts';
import type { BenchCase } from './cases.ts';

export interface StepTimeOptions {
  /** Networks per graph; as training chooses if absent. */
  readonly chunk?: number;
  readonly unroll?: number;
  readonly steps?: number;
  readonly products?: 'matmul' | 'einsum';
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Median milliseconds of one step of all networks, over `steps` steps after a warm-up. */
export async function stepTime(
  executor: Executor,
  { sizes, activation }: BenchCase,
  { chunk, unroll = 5, steps = 40, products = executor.products }: StepTimeOptions = {},
): Promise<number> {
  const network: NetworkShape = { sizes, activation, residual: false, bias: true };
  const size = chunk ?? chunkSize(network, points, networks, executor);
  const rule = optimiserRule(optimiserSchema.parse({ kind: 'adam' }), 0);
  const parameters = parameterCount(network);
  const program = await compileGraph(
    { ...executor, products },
    trainingSteps({
      network,
      loss: 'cross-entropy',
      rule,
      networks: size,
      batch: points,
      steps: unroll,
      sameBatch: true,
    }),
  );
  const stream = randomStream(1, 'bench');
  const normals = (count: number) => Float32Array.from({ length: count }, () => stream.normal());
  const targets = Float32Array.from({ length: points * 2 }, (_, k) =>
    Number((k >> 1) % 2 === k % 2),
  );
  const fixed = {
    inputs: floats([1, points, 2], normals(points * 2)),
    targets: floats([1, points, 2], targets),
  };
  const names = stateNames(rule);
  const state = Array.from({ length: Math.ceil(networks / size) }, () =>
    Object.fromEntries(
      names.map((name): [string, Feed] => [
        name,
        floats(
          [size, parameters],
          name === 'weights'
            ? normals(size * parameters).map((value) => value * 0.2)
            : new Float32Array(size * parameters),
        ),
      ]),
    ),
  );
  const times: number[] = [];
  for (let call = -2; call < Math.ceil(steps / unroll); call++) {
    const scalars = Array.from({ length: unroll }, (_, k) =>
      rule.schedule((call + 2) * unroll + k + 1, 0.01),
    );
    const started = performance.now();
    const numbers = floats([unroll, rule.scalars], Float32Array.from(scalars.flat()));
    await onLanes([...state.keys()], executor.lanes, async (k, lane) => {
      const results = await program.run({ ...fixed, ...state[k], scalars: numbers }, lane);
      for (const feed of Object.values(state[k]!)) if ('dispose' in feed) feed.dispose();
      state[k] = Object.fromEntries(
        names.map((name) => [name, results[`next-${name}`] as DeviceTensor]),
      );
      // Reading the loss makes a GPU finish.
      await results.loss!.read();
      results.loss!.dispose();
    });
    if (call >= 0) times.push((performance.now() - started) / unroll);
  }
  program.dispose();
  return median(times);
}
