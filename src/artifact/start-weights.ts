// The weights where training starts, where an experiment names a file instead of drawing them.
import { ExperimentError } from '../learning/experiment-error.ts';
import type { Experiment, StartFile } from '../learning/experiment.ts';
import { parameterCount, type NetworkShape } from '../learning/network-shape.ts';
import { quote } from '../learning/quote.ts';
import { sha256 } from './checksum.ts';
import { decodeSafetensors } from './safetensors.ts';

export interface StartWeights {
  /** `[N, P]`, all finite. */
  readonly values: Float32Array;
  readonly networks: number;
  readonly parameters: number;
  /** Of the values: what else is in the file changes no result. */
  readonly sha256: string;
}

/** As artifacts name the weights that training ended with. */
const standardTensor = 'final';

/** SHA-256 of weights as they lie in a file. */
export const weightsHash = (weights: Float32Array): Promise<string> =>
  sha256(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength));

/** @throws ArtifactError for a damaged file, ExperimentError where it does not hold what `start` names. */
export async function decodeStartWeights(
  bytes: Uint8Array,
  { path, tensor: name = standardTensor }: StartFile,
): Promise<StartWeights> {
  const { tensors } = decodeSafetensors(bytes, path);
  const tensor = tensors.get(name);
  if (!tensor) {
    const held = [...tensors.keys()].slice(0, 8).map(quote).join(', ') || 'none';
    throw new ExperimentError(
      `start.tensor is ${quote(name)}: expected the name of a tensor that is in the file, of ${held} (${path})`,
    );
  }
  const { dtype, shape, values } = tensor;
  const [networks, parameters] = shape;
  if (!(values instanceof Float32Array) || shape.length !== 2 || !networks || !parameters) {
    throw new ExperimentError(
      `the tensor ${quote(name)} is ${dtype} [${shape.join(', ')}]: expected F32 [networks, weights of each] to start from (${path})`,
    );
  }
  const lost = values.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0) {
    throw new ExperimentError(
      `the tensor ${quote(name)} has ${values[lost]} for weight ${lost % parameters} of network ${Math.floor(lost / parameters)}: expected finite numbers to start from (${path})`,
    );
  }
  return { values, networks, parameters, sha256: await weightsHash(values) };
}

/** @throws ExperimentError where the weights are not those of as many such networks. */
export function checkStartWeights(
  { networks, parameters }: StartWeights,
  { initialisations, start, name }: Pick<Experiment, 'initialisations' | 'start' | 'name'>,
  network: NetworkShape,
): void {
  const expected = parameterCount(network);
  if (networks === initialisations && parameters === expected) return;
  throw new ExperimentError(
    `start.path is ${quote(start?.path)}: it holds ${networks} networks of ${parameters} weights, and expected were ${initialisations} of ${expected}, which ${network.sizes.join('-')} has; change initialisations or hiddenSizes, or name another file (experiment ${name})`,
  );
}
