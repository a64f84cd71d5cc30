// One file that holds all of an experiment: its state, the reader's data, where it started and the run so far. A safetensors file, so that Python opens it too.
import { ArtifactError } from '../../artifact/artifact-error.ts';
import { encodeSafetensors, stored } from '../../artifact/safetensors.ts';
import { readTensors, type TensorReader } from '../../artifact/tensor-reader.ts';
import type { SavedTraining } from '../../worker/run/run-messages.ts';
import { decodeTrainingFile, trainingParts, type Metadata, type Tensors } from './training-file.ts';

export interface LabFile {
  readonly name: string;
  /** The state, as `encodeLink` writes it. */
  readonly link: string;
  /** Contents of the reader's own CSV file, where the data are one. */
  readonly csv: string | null;
  /** `[N, P]` where the run began, if it was not where the initialiser says. */
  readonly startWeights: Float32Array | null;
  readonly training: SavedTraining | null;
}

export const fileEnding = '.atlas.safetensors';
const kind = 'Loss Atlas laboratory 1';
const longestName = 200;

export function encodeLabFile(file: LabFile): Uint8Array<ArrayBuffer> {
  const { name, link, csv, startWeights, training } = file;
  const { tensors, metadata } = training
    ? trainingParts(training)
    : { tensors: {} as Tensors, metadata: {} as Metadata };
  if (csv !== null) {
    const text = new TextEncoder().encode(csv);
    tensors['csv'] = stored(text, [text.length]);
  }
  if (startWeights) tensors['start'] = stored(startWeights, [startWeights.length]);
  const own = {
    kind: JSON.stringify(kind),
    name: JSON.stringify(name),
    link: JSON.stringify(link),
  };
  return encodeSafetensors(tensors, { ...metadata, ...own });
}

/**
 * @param where the file's name, for the error.
 * @throws ArtifactError, one sentence, for anything else; whether the link is a good one is for `decodeLink` to say.
 */
export function decodeLabFile(bytes: Uint8Array, where: string): LabFile {
  const file = readTensors(bytes, where);
  if (!isOurs(file)) throw notOurs(where);
  const training = file.has('final') ? decodeTrainingFile(bytes, where) : null;
  return {
    name: file.metadata('name', isText).slice(0, longestName),
    link: file.metadata('link', isText),
    csv: file.has('csv') ? textOf(file.values('csv', 'U8', [null]), where) : null,
    startWeights: file.has('start') ? startOf(file, training, where) : null,
    training,
  };
}

/** Bytes at the beginning of a file that tell whether it is one of ours: no header is longer. */
export const headBytes = 10_000_008;

/** @throws ArtifactError where the head of a file shows already that it is none of ours, so that the rest need not be read. */
export function checkHead(head: Uint8Array, where: string): void {
  if (!new TextDecoder('latin1').decode(head).includes(kind)) throw notOurs(where);
}

const notOurs = (where: string): ArtifactError =>
  new ArtifactError(
    `${where} holds no experiment of this laboratory: expected a file that was saved here, under Keep; weights alone are opened under Data`,
  );

function isOurs(file: TensorReader): boolean {
  try {
    return file.metadata('kind', isText) === kind;
  } catch {
    return false;
  }
}

function startOf(file: TensorReader, training: SavedTraining | null, where: string): Float32Array {
  const start = file.values('start', 'F32', [null]);
  const expected = training?.state.weights.length ?? start.length;
  if (start.length === expected) return start;
  throw new ArtifactError(
    `${where} starts at ${start.length} weights where its run has ${expected}: save it again`,
  );
}

function textOf(bytes: Uint8Array, where: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new ArtifactError(`${where} holds data that are not text: save it again`);
  }
}

const isText = (value: unknown): value is string => typeof value === 'string';
