// Opens trained networks that somebody kept in a safetensors file: the atlas's own, or a state dict of PyTorch.
import { ExperimentError } from '../learning/experiment-error.ts';
import type { Experiment } from '../learning/experiment.ts';
import { networkShapeOf } from '../learning/network-of.ts';
import { parameterCount } from '../learning/network-shape.ts';
import { parseExperiment } from '../learning/parse-experiment.ts';
import { ArtifactError } from './artifact-error.ts';
import { widened, withHalvesAsWords } from './half-precision.ts';
import { decodeSafetensors } from './safetensors.ts';
import { flattenStateDict, readStateDict, type NumberTensor } from './state-dict.ts';

/** What the networks are to be asked about. */
export interface DataSizes {
  readonly features: number;
  readonly outputs: number;
}

export interface OpenedWeights {
  /** As given, with the sizes, biases and number of networks of the file. */
  readonly experiment: Experiment;
  /** `[N, P]` in our layout. */
  readonly weights: Float32Array;
  /** What was opened, in words: "4 networks of net.safetensors (2-16-2)". */
  readonly summary: string;
  /** Whether the file names the activation; else it is the one in the settings. */
  readonly tellsActivation: boolean;
}

type Architecture = Pick<Experiment, 'hiddenSizes' | 'activation' | 'residual' | 'bias'>;

interface Found {
  /** `[networks, P]`. */
  readonly flat: Float32Array;
  readonly networks: number;
  readonly architecture: Architecture;
  /** What the file takes and gives; null where only the number of weights is known. */
  readonly sizes: DataSizes | null;
}

/**
 * Networks of a file as where an experiment starts. The atlas's files say `final` or `snapshots` `[.., N, P]`, and
 * mostly their experiment; a state dict says its sizes by its shapes. What no file says, such as the activation of a
 * state dict, stays as in `experiment`. Networks with a weight that is not finite are left out.
 *
 * @throws ArtifactError, one sentence, and nothing else, whatever the bytes.
 */
export function openWeights(
  bytes: Uint8Array,
  where: string,
  experiment: Experiment,
  data: DataSizes,
): OpenedWeights {
  const fail = (what: string): never => {
    throw new ArtifactError(`${where} ${what}`);
  };
  const { tensors, metadata } = numbersIn(bytes, where);
  const told = architectureIn(metadata.get('experiment'));
  const found =
    flatNetworks(tensors, { ...experiment, ...told }, data, fail) ??
    dictNetworks(tensors, { ...experiment, ...told }, fail);
  const { sizes, architecture } = found;
  if (sizes && (sizes.features !== data.features || sizes.outputs !== data.outputs))
    return fail(
      `takes ${sizes.features} features and gives ${sizes.outputs} outputs where the chosen data have ${data.features} and ${data.outputs}: choose the data that these networks were trained on, then open the file again`,
    );
  const { weights, networks } = finiteOnes(found);
  if (networks === 0)
    return fail(
      'holds no network whose weights are all finite numbers: open one that did not diverge',
    );
  const { start: _, ...settings } = experiment;
  try {
    const opened = parseExperiment(
      { ...settings, ...architecture, initialisations: networks },
      where,
    );
    return {
      experiment: opened,
      weights,
      summary: openedNetworksInWords(where, opened, data, found.networks),
      tellsActivation: told.activation !== undefined,
    };
  } catch (error) {
    if (error instanceof ExperimentError) throw new ArtifactError(error.message);
    throw error;
  }
}

function numbersIn(bytes: Uint8Array, where: string) {
  const { bytes: plain, halves } = withHalvesAsWords(bytes);
  const { tensors, metadata } = decodeForeign(plain, where);
  const numbers = new Map<string, NumberTensor>();
  for (const [name, { shape, values }] of tensors) {
    const half = halves.get(name);
    if (half && values instanceof Uint16Array)
      numbers.set(name, { shape, values: widened(values, half) });
    else if (values instanceof Float32Array || values instanceof Float64Array)
      numbers.set(name, { shape, values });
  }
  if (numbers.size === 0)
    throw new ArtifactError(
      `${where} holds no tensor of floating-point numbers: expected the weights of a network (F32, F64, F16 or BF16)`,
    );
  return { tensors: numbers, metadata };
}

/** Somebody else's file is not mended by running anything again. */
function decodeForeign(bytes: Uint8Array, where: string) {
  try {
    return decodeSafetensors(bytes, where);
  } catch (error) {
    if (!(error instanceof ArtifactError)) throw error;
    throw new ArtifactError(
      error.message.replace(/; run it again$/, '; save it again, as float32 numbers'),
    );
  }
}

/** What one of our files says of the experiment that it comes from; nothing where it says nothing usable. */
function architectureIn(text: string | undefined): Partial<Architecture> {
  if (text === undefined) return {};
  try {
    const { hiddenSizes, activation, residual, bias } = parseExperiment(JSON.parse(text), 'file');
    return { hiddenSizes, activation, residual, bias };
  } catch {
    return {};
  }
}

/** The atlas's own layout: `final` `[N, P]`, or the last of `snapshots` `[S, N, P]`, or the one table of a file. */
function flatNetworks(
  tensors: ReadonlyMap<string, NumberTensor>,
  settings: Experiment,
  data: DataSizes,
  fail: (what: string) => never,
): Found | null {
  const lone = tensors.size === 1 ? [...tensors][0] : undefined;
  const table = lone && !/(^|\.)(weight|bias)$/.test(lone[0]) ? lone[1] : undefined;
  const tensor = tensors.get('final') ?? tensors.get('snapshots') ?? table;
  if (!tensor) return null;
  const { shape, values } = tensor;
  const [networks, parameters] = shape.slice(-2) as [number, number];
  if (shape.length < 2 || shape.length > 3 || shape.some((size) => size < 1))
    return fail(
      `holds weights of shape [${shape.join(', ')}]: expected [networks, weights] or [snapshots, networks, weights]`,
    );
  const expected = parameterCount(networkShapeOf(settings, data));
  if (parameters !== expected)
    return fail(
      `has ${parameters} weights a network where a network of ${sizesInWords(settings, data)} has ${expected}: choose the data, hidden sizes and biases that these networks were trained with, then open the file again${hint(parameters, settings, data)}`,
    );
  const flat = Float32Array.from(values.subarray(values.length - networks * parameters));
  return { flat, networks, architecture: architectureOf(settings), sizes: null };
}

/** One hidden layer of h units has (features + 1) h + (h + 1) outputs weights; without biases, (features + outputs) h. */
function hint(
  parameters: number,
  { bias }: Architecture,
  { features, outputs }: DataSizes,
): string {
  const units = bias
    ? (parameters - outputs) / (features + 1 + outputs)
    : parameters / (features + outputs);
  return Number.isInteger(units) && units > 0 ? ` (one hidden layer of ${units} would fit)` : '';
}

function dictNetworks(
  tensors: ReadonlyMap<string, NumberTensor>,
  settings: Experiment,
  fail: (what: string) => never,
): Found {
  const dict = readStateDict(tensors, fail);
  const { layers, networks } = dict;
  const [first, last] = [layers[0], layers[layers.length - 1]];
  if (!first || !last) return fail('holds no layer');
  return {
    flat: flattenStateDict(dict),
    networks,
    architecture: {
      ...architectureOf(settings),
      hiddenSizes: layers.slice(0, -1).map(({ outputs }) => outputs),
      bias: first.bias !== null,
    },
    sizes: { features: first.inputs, outputs: last.outputs },
  };
}

const architectureOf = ({ hiddenSizes, activation, residual, bias }: Experiment): Architecture => ({
  hiddenSizes,
  activation,
  residual,
  bias,
});

function finiteOnes({ flat, networks }: Found): { weights: Float32Array; networks: number } {
  const parameters = flat.length / networks;
  const row = (n: number): Float32Array => flat.subarray(n * parameters, (n + 1) * parameters);
  const finite = Array.from({ length: networks }, (_, n) => n).filter((n) =>
    row(n).every(Number.isFinite),
  );
  if (finite.length === networks) return { weights: flat, networks };
  const weights = new Float32Array(finite.length * parameters);
  finite.forEach((n, k) => weights.set(row(n), k * parameters));
  return { weights, networks: finite.length };
}

const sizesInWords = (
  { hiddenSizes, bias }: Architecture,
  { features, outputs }: DataSizes,
): string => `${[features, ...hiddenSizes, outputs].join('-')}${bias ? '' : ' without biases'}`;

function openedNetworksInWords(
  where: string,
  opened: Experiment,
  data: DataSizes,
  inFile: number,
): string {
  const { initialisations: kept } = opened;
  const left = inFile - kept;
  return (
    `${kept === 1 ? 'one network' : `${kept} networks`} of ${where} (${sizesInWords(opened, data)})` +
    (left > 0 ? `; ${left} with weights that are not finite left out` : '')
  );
}
