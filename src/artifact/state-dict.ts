// Finds the layers of a plain network among tensors named as PyTorch names them.
import { quote } from '../learning/quote.ts';

/** Numbers with a shape, row-major. */
export interface NumberTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array;
}

export interface DictLayer {
  readonly inputs: number;
  readonly outputs: number;
  /** `[outputs, inputs]`, or `[N, outputs, inputs]` of several networks: `nn.Linear` computes `x @ W.T + b`. */
  readonly weight: NumberTensor;
  /** `[outputs]`, or `[N, outputs]`. */
  readonly bias: NumberTensor | null;
}

export interface DictNetwork {
  readonly networks: number;
  readonly layers: readonly DictLayer[];
}

/** `0.weight`, `layers.0.weight`, `net.fc1.bias`; a module may also be named by nothing at all. */
const parameterName = /^(?:(.*)\.)?(weight|bias)$/s;

/** More layers than an experiment has. */
const mostLayers = 33;

/**
 * Layers in the natural order of their names ("2" before "10"), checked to follow one another.
 * @param fail says what is wrong: the words after the file's name.
 */
export function readStateDict(
  tensors: ReadonlyMap<string, NumberTensor>,
  fail: (what: string) => never,
): DictNetwork {
  const modules = new Map<string, { weight?: NumberTensor; bias?: NumberTensor }>();
  for (const [name, tensor] of tensors) {
    const [, module = '', part] = parameterName.exec(name) ?? [];
    if (part !== 'weight' && part !== 'bias')
      return fail(
        `holds the tensor ${quote(name)}, which is neither the weight nor the bias of a linear layer; save a network of linear layers alone`,
      );
    modules.set(module, { ...modules.get(module), [part]: tensor });
  }
  if (modules.size > mostLayers)
    return fail(`has ${modules.size} layers: expected at most ${mostLayers}`);
  const inOrder = [...modules].sort(([a], [b]) => collator.compare(a, b) || (a < b ? -1 : 1));
  const networks = stackOf(inOrder[0]?.[1].weight);
  const layers = inOrder.map(([name, { weight, bias }]) => {
    if (!weight) return fail(`has a bias ${quote(name)} without the weight that belongs to it`);
    return layerOf(name, weight, bias ?? null, networks, fail);
  });
  inOrder.slice(1).forEach(([name], k) => {
    const [before, after] = [layers[k], layers[k + 1]] as [DictLayer, DictLayer];
    if (before.outputs !== after.inputs)
      fail(
        `has layers that do not follow one another in the order of their names: ${quote(inOrder[k]?.[0])} gives ${before.outputs} numbers and ${quote(name)} takes ${after.inputs}; name them in order, as nn.Sequential does`,
      );
  });
  if (new Set(layers.map(({ bias }) => bias === null)).size > 1)
    return fail('has biases in some layers and none in others: expected them in all or in none');
  return { networks: networks ?? 1, layers };
}

const collator = new Intl.Collator('en', { numeric: true });

/** Networks in a stack; null where there is one network and no stack. */
const stackOf = (weight: NumberTensor | undefined): number | null =>
  weight?.shape.length === 3 ? (weight.shape[0] as number) : null;

function layerOf(
  name: string,
  weight: NumberTensor,
  bias: NumberTensor | null,
  networks: number | null,
  fail: (what: string) => never,
): DictLayer {
  const stack = networks === null ? [] : [networks];
  const { shape } = weight;
  const [outputs, inputs] = shape.slice(-2) as [number, number];
  const isWeight =
    shape.length === stack.length + 2 &&
    shape[0] === (networks ?? outputs) &&
    shape.every((size) => size >= 1);
  if (!isWeight)
    return fail(
      `has a weight ${quote(name)} of shape [${shape.join(', ')}]: expected [${networks === null ? '' : `${networks}, `}outputs, inputs], as nn.Linear has it`,
    );
  const wanted = [...stack, outputs];
  const isBias = bias === null || bias.shape.join() === wanted.join();
  if (!isBias)
    return fail(
      `has a bias ${quote(name)} of shape [${bias.shape.join(', ')}]: expected [${wanted.join(', ')}], one number for each output`,
    );
  return { inputs, outputs, weight, bias };
}

/** `[N, P]` in our layout: of each layer W `[inputs, outputs]`, the transpose, then b. */
export function flattenStateDict({ networks, layers }: DictNetwork): Float32Array {
  const parameters = layers.reduce(
    (sum, { inputs, outputs, bias }) => sum + inputs * outputs + (bias ? outputs : 0),
    0,
  );
  const flat = new Float32Array(networks * parameters);
  for (let n = 0; n < networks; n++) {
    let at = n * parameters;
    for (const { inputs, outputs, weight, bias } of layers) {
      const from = n * inputs * outputs;
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < outputs; o++)
          flat[at++] = weight.values[from + o * inputs + i] as number;
      if (!bias) continue;
      for (let o = 0; o < outputs; o++) flat[at++] = bias.values[n * outputs + o] as number;
    }
  }
  return flat;
}
