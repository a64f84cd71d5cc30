// A network of two features, one hidden layer and two classes, small enough to be asked at thousands of places in a frame.

/** Two inputs, H units, and the second output less the first, which alone decides between two classes. Double precision. */
export interface OneLayerNetwork {
  readonly activation: 'tanh' | 'relu';
  /** `[H]` each: weights of the first and the second input, and the bias. */
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly bias: Float64Array;
  /** `[H]`: the weight to the second output less that to the first. */
  readonly out: Float64Array;
  /** Bias of the second output less that of the first. */
  readonly outBias: number;
}

/** Points of the plane with their classes. */
export interface LabelledPoints {
  /** `[count, 2]`. */
  readonly inputs: ArrayLike<number>;
  /** `[count]`: 0 or 1. */
  readonly labels: ArrayLike<number>;
}

/** The network of flat weights `[P]`: W `[2, H]`, b `[H]`, W `[H, 2]`, b `[2]` (see `learning/network-shape.ts`). */
export function unpackOneLayer(
  weights: ArrayLike<number>,
  activation: OneLayerNetwork['activation'],
): OneLayerNetwork {
  const units = (weights.length - 2) / 5;
  const part = (from: number) => Float64Array.from({ length: units }, (_, k) => weights[from + k]!);
  const at = 3 * units;
  return {
    activation,
    first: part(0),
    second: part(units),
    bias: part(2 * units),
    out: Float64Array.from(
      { length: units },
      (_, k) => weights[at + 2 * k + 1]! - weights[at + 2 * k]!,
    ),
    outBias: weights[5 * units + 1]! - weights[5 * units]!,
  };
}

/** `(1 - share) a + share b`, weight by weight. */
export function mixOf(a: OneLayerNetwork, b: OneLayerNetwork, share: number): OneLayerNetwork {
  const mix = (one: Float64Array, other: Float64Array): Float64Array =>
    one.map((value, k) => (1 - share) * value + share * other[k]!);
  return {
    activation: a.activation,
    first: mix(a.first, b.first),
    second: mix(a.second, b.second),
    bias: mix(a.bias, b.bias),
    out: mix(a.out, b.out),
    outBias: (1 - share) * a.outBias + share * b.outBias,
  };
}

/** Unit `order[k]` moved to place k, with all its signs turned where `turned[k]` is 1: the same function, for tanh. */
export function renumbered(
  network: OneLayerNetwork,
  order: ArrayLike<number>,
  turned: ArrayLike<number>,
): OneLayerNetwork {
  const move = (values: Float64Array): Float64Array =>
    values.map((_, k) => (turned[k] === 1 ? -1 : 1) * values[order[k]!]!);
  return {
    ...network,
    first: move(network.first),
    second: move(network.second),
    bias: move(network.bias),
    out: move(network.out),
  };
}

/** Second output less the first at one point: above 0 the answer is class 1. */
export function answerAt(network: OneLayerNetwork, x: number, y: number): number {
  const { activation, first, second, bias, out, outBias } = network;
  let sum = outBias;
  for (let k = 0; k < out.length; k++) {
    const z = first[k]! * x + second[k]! * y + bias[k]!;
    sum += out[k]! * (activation === 'tanh' ? Math.tanh(z) : Math.max(0, z));
  }
  return sum;
}

/**
 * The same at each point of a grid, `[ys.length, xs.length]`. For tanh, with
 * `tanh(u x + v y + b) = 1 - 2 / (exp(2 (u x + b)) exp(2 v y) + 1)`: exponentials of the axes alone, none inside.
 */
export function answersOn(
  network: OneLayerNetwork,
  xs: ArrayLike<number>,
  ys: ArrayLike<number>,
): Float64Array {
  const { activation, first, second, bias, out, outBias } = network;
  const [columns, rows] = [xs.length, ys.length];
  const sums = new Float64Array(rows * columns).fill(outBias);
  const isTanh = activation === 'tanh';
  const across = new Float64Array(columns);
  for (let k = 0; k < out.length; k++) {
    const weight = out[k]!;
    for (let i = 0; i < columns; i++) {
      const z = first[k]! * xs[i]! + bias[k]!;
      across[i] = isTanh ? Math.exp(2 * z) : z;
    }
    for (let j = 0; j < rows; j++) {
      const z = second[k]! * ys[j]!;
      const up = isTanh ? Math.exp(2 * z) : z;
      const row = j * columns;
      if (isTanh)
        for (let i = 0; i < columns; i++)
          sums[row + i]! += weight * (1 - 2 / (across[i]! * up + 1));
      else
        for (let i = 0; i < columns; i++) sums[row + i]! += weight * Math.max(0, across[i]! + up);
    }
  }
  return sums;
}

export interface Score {
  /** Mean cross-entropy, nats. */
  readonly loss: number;
  /** Share of the points that are answered right. */
  readonly accuracy: number;
}

/** Cross-entropy of one point whose answer has the margin m: `ln(1 + exp(-m))`, without overflow. */
export const lossOfMargin = (m: number): number =>
  m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m;

export function scoreOf(network: OneLayerNetwork, { inputs, labels }: LabelledPoints): Score {
  let [loss, right] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const answer = answerAt(network, inputs[2 * i]!, inputs[2 * i + 1]!);
    const margin = labels[i] === 1 ? answer : -answer;
    loss += lossOfMargin(margin);
    if (margin > 0) right++;
  }
  return { loss: loss / labels.length, accuracy: right / labels.length };
}

/** How far the answers of two networks are apart on points: how many differ, and by how much at most. */
export function differenceOf(
  a: OneLayerNetwork,
  b: OneLayerNetwork,
  { inputs, labels }: LabelledPoints,
): { readonly answers: number; readonly largest: number } {
  let [answers, largest] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    const [one, other] = [a, b].map((each) => answerAt(each, inputs[2 * i]!, inputs[2 * i + 1]!));
    largest = Math.max(largest, Math.abs(one! - other!));
    if (one! > 0 !== other! > 0) answers++;
  }
  return { answers, largest };
}

/**
 * `[H]`: how strongly each hidden unit speaks, the standard deviation over points of what it adds to the answer.
 * Turning all signs of a unit leaves it as it is.
 */
export function unitStrengths(
  { activation, first, second, bias, out }: OneLayerNetwork,
  { inputs, labels }: LabelledPoints,
): Float64Array {
  const count = labels.length;
  return out.map((weight, k) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < count; i++) {
      const z = first[k]! * inputs[2 * i]! + second[k]! * inputs[2 * i + 1]! + bias[k]!;
      const value = activation === 'tanh' ? Math.tanh(z) : Math.max(0, z);
      sum += value;
      squares += value * value;
    }
    const variance = squares / count - (sum / count) ** 2;
    return Math.abs(weight) * Math.sqrt(Math.max(0, variance));
  });
}

/** All weights and biases into the hidden units times a factor, all out of them divided by it: the same function, for ReLU. */
export function rescaledBy(network: OneLayerNetwork, factor: number): OneLayerNetwork {
  const times = (values: Float64Array, by: number): Float64Array =>
    values.map((value) => value * by);
  return {
    ...network,
    first: times(network.first, factor),
    second: times(network.second, factor),
    bias: times(network.bias, factor),
    out: times(network.out, 1 / factor),
  };
}
