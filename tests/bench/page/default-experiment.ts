// The laboratory's default experiment, trained in the page by us and by two peers from the same first weights: networks a second.
import * as tf from '@tensorflow/tfjs';
import { createWebExecutor } from '../../../src/engine/runtime/web.ts';
import { initialPopulation } from '../../../src/learning/initial-weights.ts';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { parameterCount } from '../../../src/learning/network-shape.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';
import { runtimeUrls } from '../../../src/worker/runtime-urls.ts';
import { perSampleNetwork } from './per-sample-network.ts';

export interface Trained {
  readonly networksPerSecond: number;
  /** Mean training loss at the end: that all learned the same. */
  readonly meanLoss: number;
}

const experiment = parseExperiment({}, 'the benchmark');
const noFiles = {
  digits: () => Promise.reject(new Error('not asked for')),
  csv: () => Promise.reject(new Error('not asked for')),
  start: () => Promise.reject(new Error('not asked for')),
};
const data = await prepareData(experiment, noFiles);
const network = networkShapeOf(experiment, data);
const weightsOf = (count: number) =>
  initialPopulation(network, experiment.initialiser, experiment.seed, count);
const { learningRate, epochs } = experiment;

/** All fifty, compiling left out as a warm laboratory has it, records of every epoch counted in. */
export async function ours(threads: number): Promise<Trained> {
  const executor = await createWebExecutor({ provider: 'wasm', threads, urls: runtimeUrls });
  const trainer = await createTrainer({ experiment, data, executor });
  await trainer.advance();
  const started = performance.now();
  while (await trainer.advance());
  const seconds = (performance.now() - started) / 1000;
  const { trainLoss } = trainer.records().curves;
  trainer.dispose();
  executor.dispose();
  const last = trainLoss.slice(-experiment.initialisations);
  return result(experiment.initialisations, seconds, mean(last));
}

/** TensorFlow.js on its cpu backend, one network after the other, as its users train several. */
export async function tensorflow(networks: number): Promise<Trained> {
  await tf.setBackend('cpu');
  const { count, inputs, targets } = data.train;
  const x = tf.tensor2d(inputs, [count, data.features]);
  const y = tf.tensor2d(targets, [count, data.outputs]);
  const starts = weightsOf(networks);
  const parameters = parameterCount(network);
  const losses: number[] = [];
  const lossOf = (layers: readonly { w: tf.Variable; b: tf.Variable }[]): tf.Scalar => {
    let hidden: tf.Tensor2D = x;
    layers.forEach(({ w, b }, k) => {
      hidden = hidden.matMul(w as unknown as tf.Tensor2D).add(b);
      if (k < layers.length - 1) hidden = hidden.tanh();
    });
    return tf.losses.softmaxCrossEntropy(y, hidden) as tf.Scalar;
  };
  const started = performance.now();
  for (let n = 0; n < networks; n++) {
    let at = n * parameters;
    const layers = network.sizes.slice(1).map((outputs, k) => {
      const size = network.sizes[k]! * outputs;
      const w = tf.variable(tf.tensor2d(starts.slice(at, at + size), [network.sizes[k]!, outputs]));
      const b = tf.variable(tf.tensor1d(starts.slice(at + size, at + size + outputs)));
      at += size + outputs;
      return { w, b };
    });
    const optimiser = tf.train.adam(learningRate);
    for (let epoch = 0; epoch < epochs; epoch++) optimiser.minimize(() => lossOf(layers));
    losses.push(tf.tidy(() => lossOf(layers).dataSync()[0]!));
  }
  return result(networks, (performance.now() - started) / 1000, mean(losses));
}

/** Objects and loops, a sample at a time. */
export function perSample(networks: number): Trained {
  const starts = weightsOf(networks);
  const parameters = parameterCount(network);
  const losses: number[] = [];
  const started = performance.now();
  for (let n = 0; n < networks; n++) {
    const own = starts.subarray(n * parameters, (n + 1) * parameters);
    const peer = perSampleNetwork(network.sizes, own);
    for (let epoch = 0; epoch < epochs; epoch++) {
      peer.step(data.train.inputs, data.train.labels!, learningRate);
    }
    losses.push(peer.step(data.train.inputs, data.train.labels!, learningRate));
  }
  return result(networks, (performance.now() - started) / 1000, mean(losses));
}

const mean = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;

const result = (networks: number, seconds: number, meanLoss: number): Trained => ({
  networksPerSecond: networks / seconds,
  meanLoss,
});
