// Times a finished surface: 101 x 101 networks of 2-64-2, loss and accuracy of each on 384 points.
import type { Executor } from '../../src/engine/runtime/executor.ts';
import { createEvaluator } from '../../src/learning/evaluator.ts';
import { parameterCount } from '../../src/learning/network-shape.ts';
import { parseExperiment } from '../../src/learning/parse-experiment.ts';
import { prepareData } from '../../src/learning/prepare-data.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import { randomStream } from '../../src/learning/random.ts';

const noFiles = {
  digits: () => Promise.reject(new Error('the benchmark uses no files')),
  csv: () => Promise.reject(new Error('the benchmark uses no files')),
};

/** Milliseconds, compiling included. */
export async function surfaceTime(executor: Executor): Promise<number> {
  const experiment = parseExperiment({}, 'benchmark');
  const data = await prepareData(experiment, noFiles);
  const network = networkShapeOf(experiment, data);
  const stream = randomStream(1, 'bench');
  const weights = Float32Array.from({ length: 101 * 101 * parameterCount(network) }, () =>
    stream.normal(),
  );
  const started = performance.now();
  const evaluator = await createEvaluator({
    executor,
    network,
    loss: experiment.loss,
    samples: data.train,
  });
  await evaluator.evaluate(weights);
  evaluator.dispose();
  return performance.now() - started;
}
