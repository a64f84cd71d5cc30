// Files that an experiment names, and the project's own digits, from this machine's disk.
import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sha256 } from '../src/artifact/checksum.ts';
import { decodeSafetensors } from '../src/artifact/safetensors.ts';
import { decodeStartWeights, type StartWeights } from '../src/artifact/start-weights.ts';
import type { ReadTensors } from '../src/landscape/analyses/analysis.ts';
import type { DataSpec, Experiment } from '../src/learning/experiment.ts';
import type { DataSources } from '../src/learning/prepare-data.ts';
import { CommandError, systemReason } from './command-error.ts';
import { largestTensors, largestText } from './file-sizes.ts';
import { datasetsFolder } from './paths.ts';
import { readBounded, type ReadBounds } from './read-bounded.ts';

const digitsFile = join(datasetsFolder, 'digits.csv.gz');

/** What an experiment's settings name by path. */
export interface DiskFiles {
  readonly sources: DataSources;
  /** The float32 tensors of a safetensors file by path. */
  readonly tensors: ReadTensors;
  /** SHA-256 of the text an experiment's data are read from; of nothing where they are generated or listed. */
  dataHash(data: DataSpec): Promise<string>;
  /** SHA-256 of a file that an analysis names. */
  fileHash(path: string): Promise<string>;
  /** Null where the experiment draws its starts. */
  startWeights(experiment: Pick<Experiment, 'start'>): Promise<StartWeights | null>;
}

/**
 * @param folder where paths are looked for first, such as the experiment's own; then in the working folder.
 * @param signal interrupts a long read.
 */
export function diskFiles(folder = '.', signal?: AbortSignal): DiskFiles {
  const read = async (path: string, what: string, largest = largestTensors): Promise<Buffer> => {
    const [beside, here] = [resolve(folder, path), resolve(path)];
    const isOnlyHere = !(await exists(beside)) && (await exists(here));
    return readBytes(isOnlyHere ? here : beside, what, { largest, signal });
  };
  const sources: DataSources = {
    digits: readDigits,
    csv: async (path) => (await read(path, 'the data', largestText)).toString('utf8'),
  };
  return {
    sources,
    tensors: async (path) => {
      const { tensors } = decodeSafetensors(await read(path, 'the tensors'), path);
      const floats = [...tensors].flatMap(([name, { shape, values }]) =>
        values instanceof Float32Array ? [[name, { shape, values }] as const] : [],
      );
      return new Map(floats);
    },
    async dataHash(data) {
      if (data.kind === 'digits') return sha256(await sources.digits());
      if (data.kind === 'csv') return sha256(await sources.csv(data.path));
      return sha256('');
    },
    fileHash: async (path) => sha256(await read(path, 'the file')),
    startWeights: async ({ start }) =>
      start ? decodeStartWeights(await read(start.path, 'the starting weights'), start) : null,
  };
}

/** Of the working folder alone. */
export const { sources: diskSources, dataHash } = diskFiles();

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

async function readDigits(): Promise<string> {
  const packed = await readBytes(digitsFile, 'the digits', { largest: largestText });
  try {
    const text = await promisify(gunzip)(packed, { maxOutputLength: largestText });
    return text.toString('utf8');
  } catch {
    throw new CommandError(`${digitsFile} is damaged: restore it from the project's repository`);
  }
}

async function readBytes(path: string, what: string, bounds: ReadBounds): Promise<Buffer> {
  try {
    return await readBounded(path, bounds);
  } catch (error) {
    bounds.signal?.throwIfAborted();
    throw new CommandError(`cannot read ${what} from ${path}: ${systemReason(error)}`);
  }
}
