// Timed in the browser: our graphs on WebAssembly, and TensorFlow.js training the same networks.
import * as tf from '@tensorflow/tfjs';
import { runtimeUrls } from '../../../src/worker/runtime-urls.ts';
import { createWebExecutor } from '../../../src/engine/runtime/web.ts';
import { networks, points } from '../cases.ts';
import type { BenchCase } from '../cases.ts';
import { median, stepTime } from '../step-time.ts';
import * as defaultExperiment from './default-experiment.ts';

/** Our median milliseconds a step on WebAssembly. */
async function ours(benchCase: BenchCase, threads: number): Promise<number> {
  const executor = await createWebExecutor({ provider: 'wasm', threads, urls: runtimeUrls });
  if (executor.threads !== threads)
    throw new Error(`got ${executor.threads} threads, not ${threads}`);
  return stepTime(executor, benchCase);
}

/** TensorFlow.js on its cpu backend, one network after the other, as its users train several. */
async function tensorflow({ sizes, activation }: BenchCase, steps: number): Promise<number> {
  await tf.setBackend('cpu');
  const x = tf.randomNormal([points, 2], 0, 1, 'float32', 1) as tf.Tensor2D;
  const y = tf.oneHot(tf.range(0, points, 1, 'int32').mod(tf.scalar(2, 'int32')), 2);
  const runs = Array.from({ length: networks }, (_, n) => {
    const layers = sizes.slice(1).map((outputs, k) => ({
      w: tf.variable(
        tf.randomNormal([sizes[k] as number, outputs], 0, 0.2, 'float32', n) as tf.Tensor2D,
      ),
      b: tf.variable(tf.zeros([outputs])),
    }));
    return { layers, optimiser: tf.train.adam(0.01) };
  });
  const times: number[] = [];
  for (let step = -1; step < steps; step++) {
    const started = performance.now();
    for (const { layers, optimiser } of runs) {
      optimiser.minimize(() => {
        let hidden: tf.Tensor2D = x;
        layers.forEach(({ w, b }, k) => {
          hidden = hidden.matMul(w as unknown as tf.Tensor2D).add(b);
          if (k < layers.length - 1) hidden = activation === 'tanh' ? hidden.tanh() : hidden.relu();
        });
        return tf.losses.softmaxCrossEntropy(y, hidden) as tf.Scalar;
      });
    }
    if (step >= 0) times.push(performance.now() - started);
  }
  return median(times);
}

Object.assign(globalThis, {
  bench: {
    ours,
    tensorflow,
    trainOurs: defaultExperiment.ours,
    trainTensorflow: defaultExperiment.tensorflow,
    trainPerSample: defaultExperiment.perSample,
  },
});
