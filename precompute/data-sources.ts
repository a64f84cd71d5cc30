// Where data that are not generated come from: the project's own digits, and CSV files by path.
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { sha256 } from '../src/artifact/checksum.ts';
import { decodeSafetensors } from '../src/artifact/safetensors.ts';
import type { ReadTensors } from '../src/landscape/analyses/analysis.ts';
import type { DataSpec } from '../src/learning/experiment.ts';
import type { DataSources } from '../src/learning/prepare-data.ts';
import { CommandError, systemReason } from './command-error.ts';
import { datasetsFolder } from './paths.ts';

const digitsFile = join(datasetsFolder, 'digits.csv.gz');
/** Of the unpacked digits, and of any CSV file. */
const largestText = 200_000_000;

/** Texts from this machine's disk; CSV paths are relative to the working folder. */
export const diskSources: DataSources = {
  async digits() {
    const packed = await read(digitsFile, 'the digits');
    try {
      const text = await promisify(gunzip)(packed, { maxOutputLength: largestText });
      return text.toString('utf8');
    } catch {
      throw new CommandError(`${digitsFile} is damaged: restore it from the project's repository`);
    }
  },
  async csv(path) {
    return (await read(resolve(path), 'the data')).toString('utf8');
  },
};

async function read(path: string, what: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CommandError(`cannot read ${what} from ${path}: ${systemReason(error)}`);
  }
}

/** SHA-256 of the text an experiment's data are read from; of nothing where they are generated. */
export async function dataHash(
  data: DataSpec,
  sources: DataSources = diskSources,
): Promise<string> {
  if (data.kind === 'digits') return sha256(await sources.digits());
  if (data.kind === 'csv') return sha256(await sources.csv(data.path));
  return sha256('');
}

/** SHA-256 of a file that an analysis names; paths are relative to the working folder. */
export const fileHash = async (path: string): Promise<string> =>
  sha256(await read(resolve(path), 'the file'));

/** The float32 tensors of a safetensors file by path. */
export const diskTensors: ReadTensors = async (path) => {
  const { tensors } = decodeSafetensors(await read(resolve(path), 'the tensors'), path);
  const floats = [...tensors].flatMap(([name, { shape, values }]) =>
    values instanceof Float32Array ? [[name, { shape, values }] as const] : [],
  );
  return new Map(floats);
};
