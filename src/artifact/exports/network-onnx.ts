// One trained network as a standard ONNX model: raw features in, logits (and probabilities) out, any number of samples.
import { encodeModel } from '../../engine/onnx/protobuf.ts';
import type { OnnxInitializer, OnnxNode, OnnxValue } from '../../engine/onnx/protobuf.ts';
import { irVersion, opset } from '../../engine/onnx/serialise.ts';
import type { Activation } from '../../learning/experiment.ts';
import { addsInput, layerLayouts } from '../../learning/network-shape.ts';
import { experimentToRepeat } from './experiment-file.ts';
import { finalWeights, shapeOf, type ExportedRun } from './exported-run.ts';

/** Names that the file's user meets. */
export const onnxNames = {
  input: 'features',
  logits: 'logits',
  probabilities: 'probabilities',
  batch: 'batch',
} as const;

/** Nodes and numbers in the order of the computation; every name says what it is. */
class Builder {
  readonly nodes: OnnxNode[] = [];
  readonly initializers: OnnxInitializer[] = [];

  numbers(name: string, values: Float32Array, shape: readonly number[]): string {
    const data = new Uint8Array(values.slice().buffer);
    this.initializers.push({ name, type: 'float32', shape, data });
    return name;
  }

  node(
    type: string,
    inputs: readonly string[],
    output: string,
    attributes: OnnxNode['attributes'] = {},
  ): string {
    this.nodes.push({ type, inputs, output, name: output, attributes });
    return output;
  }
}

/**
 * Every layer computes f(h W + b), plus h where residual connections apply, exactly as in `learning/network.ts`.
 * @throws RangeError where there is no such network.
 */
export function networkOnnx(run: ExportedRun, network: number): Uint8Array<ArrayBuffer> {
  const { experiment, data } = run;
  const shape = shapeOf(run);
  const weights = finalWeights(run, network);
  const layouts = layerLayouts(shape);
  const last = layouts.length - 1;
  const build = new Builder();

  let hidden = normalised(build, run);
  layouts.forEach(({ inputs, outputs, weightOffset, biasOffset }, layer) => {
    const name = `layer${layer}`;
    const part = (offset: number, length: number) => weights.subarray(offset, offset + length);
    const W = build.numbers(`${name}.weight`, part(weightOffset, inputs * outputs), [
      inputs,
      outputs,
    ]);
    const isLast = layer === last;
    // The last node of the last layer is the output itself.
    const end = isLast ? onnxNames.logits : `${name}.sum`;
    let sum: string;
    if (biasOffset === null) sum = build.node('MatMul', [hidden, W], end);
    else {
      const b = build.numbers(`${name}.bias`, part(biasOffset, outputs), [outputs]);
      sum = build.node('Add', [build.node('MatMul', [hidden, W], `${name}.product`), b], end);
    }
    const activated = isLast ? sum : activation(build, shape.activation, sum, name);
    hidden = addsInput(shape, layer)
      ? build.node('Add', [hidden, activated], `${name}.residual`)
      : activated;
  });

  const classes = data.classNames.map((name, index) => `${index}: ${name}`).join(', ');
  const outputs: OnnxValue[] = [
    {
      name: onnxNames.logits,
      type: 'float32',
      shape: [onnxNames.batch, data.outputs],
      about: classes ? `One column a class (${classes}), before any softmax.` : 'Predicted values.',
    },
  ];
  if (experiment.loss === 'cross-entropy') {
    build.node('Softmax', [onnxNames.logits], onnxNames.probabilities, { axis: -1 });
    outputs.push({
      name: onnxNames.probabilities,
      type: 'float32',
      shape: [onnxNames.batch, data.outputs],
      about: `Softmax of the logits: one column a class (${classes}), rows that add up to 1.`,
    });
  }
  const input: OnnxValue = {
    name: onnxNames.input,
    type: 'float32',
    shape: [onnxNames.batch, data.features],
    about: `Raw values, not normalised, in this order: ${data.featureNames.join(', ')}.`,
  };
  const words = aboutNetwork(run, network);
  const bytes = encodeModel(
    { ...build, inputs: [input], outputs, about: words },
    opset,
    irVersion,
    {
      producerVersion: '1',
      about: words,
      metadata: {
        experiment: JSON.stringify(experimentToRepeat(run)),
        network: String(network),
        feature_names: JSON.stringify(data.featureNames),
        class_names: JSON.stringify(data.classNames),
      },
    },
  );
  return new Uint8Array(bytes);
}

/** (x - mean) / scale, as fitted on the training part; nothing where features are taken as they are. */
function normalised(build: Builder, { data }: ExportedRun): string {
  const { mean, scale } = data.normalisation;
  if (mean.every((value) => value === 0) && scale.every((value) => value === 1))
    return onnxNames.input;
  const centred = build.node(
    'Sub',
    [onnxNames.input, build.numbers('normalise.mean', mean, [data.features])],
    'normalise.centred',
  );
  return build.node(
    'Div',
    [centred, build.numbers('normalise.scale', scale, [data.features])],
    'normalise.scaled',
  );
}

function activation(build: Builder, kind: Activation, x: string, layer: string): string {
  const name = (part: string) => `${layer}.${part}`;
  switch (kind) {
    case 'linear':
      return x;
    case 'tanh':
      return build.node('Tanh', [x], name('tanh'));
    case 'relu':
      return build.node('Relu', [x], name('relu'));
    case 'sigmoid':
      return build.node('Sigmoid', [x], name('sigmoid'));
    case 'gelu': {
      // x/2 (1 + erf(x / sqrt 2)), the exact form; this opset has no Gelu of its own.
      const constant = (what: string, value: number) =>
        build.numbers(name(what), Float32Array.of(value), []);
      const scaled = build.node('Mul', [x, constant('gelu.rsqrt2', Math.SQRT1_2)], name('gelu.u'));
      const erf = build.node('Erf', [scaled], name('gelu.erf'));
      const shifted = build.node('Add', [erf, constant('gelu.one', 1)], name('gelu.phi2'));
      const half = build.node('Mul', [x, constant('gelu.half', 0.5)], name('gelu.half_x'));
      return build.node('Mul', [half, shifted], name('gelu'));
    }
  }
}

function aboutNetwork(run: ExportedRun, network: number): string {
  const { name, title } = run.experiment;
  const sizes = shapeOf(run).sizes.join('-');
  const inputs = run.experiment.normalise ? 'It normalises its inputs itself. ' : '';
  return (
    `Network ${network} of ${run.history.networks} of the experiment "${title || name}", layers ${sizes}, ` +
    `after ${run.history.snapshotSteps.at(-1) ?? 0} steps of training. ${inputs}Made by Loss Atlas.`
  );
}
