// Where training starts: the random weights of each network.
import type { Experiment } from './experiment.ts';
import { layerLayouts, parameterCount, type NetworkShape } from './network-shape.ts';
import { randomStream, type RandomStream } from './random.ts';

type Initialiser = Experiment['initialiser'];
type Draw = (stream: RandomStream) => number;

const uniform =
  (bound: number): Draw =>
  (stream) =>
    (2 * stream.uniform() - 1) * bound;

const normal =
  (deviation: number): Draw =>
  (stream) =>
    stream.normal() * deviation;

/**
 * One weight of a layer with `inputs` (fan-in) and `outputs` (fan-out).
 * A uniform draw on [-r, r] has standard deviation r / sqrt(3).
 */
const weightDraw: Record<Initialiser['kind'], (inputs: number, outputs: number) => Draw> = {
  /** U(-r, r), r = sqrt(6 / (in + out)): Glorot and Bengio 2010, equation 16. */
  'xavier-uniform': (inputs, outputs) => uniform(Math.sqrt(6 / (inputs + outputs))),
  /** N(0, 2 / (in + out)): the variance of the same equation (Glorot and Bengio 2010, equation 12). */
  'xavier-normal': (inputs, outputs) => normal(Math.sqrt(2 / (inputs + outputs))),
  /** U(-r, r), r = sqrt(6 / in): the variance of He et al. 2015, equation 10. */
  'he-uniform': (inputs) => uniform(Math.sqrt(6 / inputs)),
  /** N(0, 2 / in): He et al. 2015, equation 10. */
  'he-normal': (inputs) => normal(Math.sqrt(2 / inputs)),
  /** N(0, 1 / in): LeCun, Bottou, Orr and Müller 1998, "Efficient BackProp", section 4.6. */
  'lecun-normal': (inputs) => normal(Math.sqrt(1 / inputs)),
  /** U(-r, r), r = 1 / sqrt(in): torch.nn.Linear, which is kaiming_uniform_(a = sqrt(5)). */
  'pytorch-default': (inputs) => uniform(1 / Math.sqrt(inputs)),
  /** N(0, 1), whatever the layer. */
  normal: () => normal(1),
  zeros: () => () => 0,
};

/**
 * Initialisation `index` of `seed`: `[P]`, layer by layer W then b, the same however many others are drawn.
 * `scale` multiplies the weights. Biases start at zero, but for `pytorch-default`, which draws them
 * like its weights, from U(-1 / sqrt(in), 1 / sqrt(in)), and leaves them unscaled.
 */
export function initialWeights(
  shape: NetworkShape,
  initialiser: Initialiser,
  seed: number,
  index: number,
): Float32Array {
  const weights = new Float32Array(parameterCount(shape));
  const stream = randomStream(seed, 'initial-weights', index);
  for (const { inputs, outputs, weightOffset, biasOffset } of layerLayouts(shape)) {
    const draw = weightDraw[initialiser.kind](inputs, outputs);
    for (let i = 0; i < inputs * outputs; i++) {
      weights[weightOffset + i] = draw(stream) * initialiser.scale;
    }
    if (biasOffset === null || initialiser.kind !== 'pytorch-default') continue;
    for (let i = 0; i < outputs; i++) weights[biasOffset + i] = draw(stream);
  }
  return weights;
}

/** Initialisations 0 to `count - 1` of `seed`, one after the other: `[N, P]`. */
export function initialPopulation(
  shape: NetworkShape,
  initialiser: Initialiser,
  seed: number,
  count: number,
): Float32Array {
  const parameters = parameterCount(shape);
  const population = new Float32Array(count * parameters);
  for (let index = 0; index < count; index++) {
    population.set(initialWeights(shape, initialiser, seed, index), index * parameters);
  }
  return population;
}
