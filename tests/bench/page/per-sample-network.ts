// A peer: a network as TensorFlow Playground's nn.ts has it, of node and link objects, one sample after the other, gradients gathered over a batch; written anew, with Adam so that it learns by the same rule.
// Source of the manner: github.com/tensorflow/playground, src/nn.ts (Apache 2.0); no line of it is here.

interface Link {
  readonly source: Unit;
  weight: number;
  gradient: number;
  mean: number;
  variance: number;
}

interface Unit {
  readonly links: Link[];
  bias: Link;
  output: number;
  /** Derivative of the loss with respect to the unit's input. */
  slope: number;
  /** And with respect to its output, gathered from the units it feeds. */
  outputSlope: number;
}

const emptyLink = (source: Unit, weight: number): Link => ({
  source,
  weight,
  gradient: 0,
  mean: 0,
  variance: 0,
});

function unitOf(sources: readonly Unit[], weights: () => number): Unit {
  const one = { output: 1, outputSlope: 0 } as Unit;
  return {
    links: sources.map((source) => emptyLink(source, weights())),
    bias: emptyLink(one, 0),
    output: 0,
    slope: 0,
    outputSlope: 0,
  };
}

export interface PerSampleNetwork {
  /** One step of full-batch Adam on the cross-entropy; returns the mean loss before it. */
  step(inputs: Float32Array, labels: Int32Array, rate: number): number;
}

/** @param weights flat, as ours: for each layer W `[in, out]` row-major, then b. tanh hidden layers. */
export function perSampleNetwork(
  sizes: readonly number[],
  weights: Float32Array,
): PerSampleNetwork {
  let at = 0;
  const layers: Unit[][] = [Array.from({ length: sizes[0]! }, () => unitOf([], () => 0))];
  for (let k = 1; k < sizes.length; k++) {
    const [wide, high] = [sizes[k - 1]!, sizes[k]!];
    const offset = at;
    layers.push(
      Array.from({ length: high }, (_, unit) => {
        let row = 0;
        return unitOf(layers[k - 1]!, () => weights[offset + row++ * high + unit]!);
      }),
    );
    layers[k]!.forEach((unit, index) => {
      unit.bias.weight = weights[offset + wide * high + index]!;
    });
    at += (wide + 1) * high;
  }
  const outputs = layers.at(-1)!;
  let steps = 0;

  function forward(inputs: Float32Array, sample: number): void {
    layers[0]!.forEach((unit, feature) => {
      unit.output = inputs[sample * sizes[0]! + feature]!;
    });
    for (const layer of layers.slice(1)) {
      for (const unit of layer) {
        let sum = unit.bias.weight;
        for (const link of unit.links) sum += link.weight * link.source.output;
        unit.output = layer === outputs ? sum : Math.tanh(sum);
      }
    }
  }

  /** @returns the loss of the sample whose outputs stand in the units. */
  function backward(label: number): number {
    const largest = Math.max(...outputs.map(({ output }) => output));
    const powers = outputs.map(({ output }) => Math.exp(output - largest));
    const sum = powers.reduce((total, power) => total + power, 0);
    for (const layer of layers) for (const unit of layer) unit.outputSlope = 0;
    for (let k = layers.length - 1; k > 0; k--) {
      layers[k]!.forEach((unit, index) => {
        unit.slope =
          k === layers.length - 1
            ? powers[index]! / sum - Number(index === label)
            : unit.outputSlope * (1 - unit.output * unit.output);
        unit.bias.gradient += unit.slope;
        for (const link of unit.links) {
          link.gradient += unit.slope * link.source.output;
          link.source.outputSlope += unit.slope * link.weight;
        }
      });
    }
    return Math.log(sum) - (outputs[label]!.output - largest);
  }

  function update(link: Link, samples: number, rate: number): void {
    const gradient = link.gradient / samples;
    link.gradient = 0;
    link.mean = 0.9 * link.mean + 0.1 * gradient;
    link.variance = 0.999 * link.variance + 0.001 * gradient * gradient;
    const mean = link.mean / (1 - 0.9 ** steps);
    const variance = link.variance / (1 - 0.999 ** steps);
    link.weight -= (rate * mean) / (Math.sqrt(variance) + 1e-8);
  }

  return {
    step(inputs, labels, rate) {
      let loss = 0;
      labels.forEach((label, sample) => {
        forward(inputs, sample);
        loss += backward(label);
      });
      steps++;
      for (const layer of layers.slice(1)) {
        for (const unit of layer) {
          update(unit.bias, labels.length, rate);
          for (const link of unit.links) update(link, labels.length, rate);
        }
      }
      return loss / labels.length;
    },
  };
}
