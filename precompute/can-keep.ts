// Whether what a run computes can be kept, tried before anything is computed.
import { readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { formatBytes } from '../src/learning/memory.ts';
import type { Experiment } from '../src/learning/experiment.ts';
import { networkShapeOf } from '../src/learning/network-of.ts';
import { parameterCount } from '../src/learning/network-shape.ts';
import type { PreparedData } from '../src/learning/samples.ts';
import { partialToken, writeFlushed } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';
import { makeFolder } from './make-folder.ts';

/** A folder, and what to do where nothing can be written there. */
export interface Place {
  readonly path: string;
  readonly remedy: string;
}

export const placeOfArtifacts = (path: string): Place => ({
  path,
  remedy: 'choose another folder with --out',
});

export const placeOfCache = (path: string): Place => ({
  path,
  remedy: 'set ATLAS_CACHE to another folder',
});

/**
 * Makes the folder and writes a file there: permissions alone do not tell of quotas, nor of systems that are read-only.
 *
 * @param bytes that there must be room for.
 * @throws CommandError where nothing could be kept.
 */
export async function checkCanKeep({ path, remedy }: Place, bytes: number): Promise<void> {
  try {
    await makeFolder(path);
    await checkRoom(path, bytes, remedy);
    await tryToWrite(path, Math.min(bytes, largestProbe));
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      `cannot write to ${path}: ${systemReason(error)}, so nothing was computed; ${remedy}`,
    );
  }
}

async function tryToWrite(folder: string, bytes: number): Promise<void> {
  const name = `.loss-atlas-probe.${partialToken()}.partial`;
  try {
    await writeFlushed(join(folder, name), new Uint8Array(bytes));
  } finally {
    // With those of processes that were killed in the act.
    const names = (await readdir(folder)).filter((each) => probePattern.test(each));
    for (const each of names) await rm(join(folder, each), { force: true }).catch(() => {});
  }
}

const probePattern = /^\.loss-atlas-probe\.[0-9a-f]{12}\.partial$/;

async function checkRoom(folder: string, needed: number, remedy: string): Promise<void> {
  const { bavail, bsize, blocks } = await statfs(folder).catch(() => unknownRoom);
  const room = bavail * bsize;
  if (blocks === 0 || room >= needed) return;
  throw new CommandError(
    `${folder} has room for ${formatBytes(room)} and the run needs about ${formatBytes(needed)}, so nothing was computed: make room, or ${remedy}`,
  );
}

/** Where the system does not tell. */
const unknownRoom = { bavail: 0, bsize: 0, blocks: 0 };

/** Bytes; enough to notice a full disk, little enough to be written in a blink. */
const largestProbe = 2 ** 20;

const float32 = 4;
/** Losses, accuracies and the gradient norm. */
const valuesPerRecord = 5;
const valuesPerGridPoint = 4;

/** Bytes that the tensors of a run take on the disk, from shapes alone. */
export function diskBytes(experiment: Experiment, data: PreparedData): number {
  const { initialisations, snapshots, epochs, recordEvery, grid } = experiment;
  const weights = parameterCount(networkShapeOf(experiment, data));
  const records = Math.ceil(epochs / recordEvery) + 1;
  return (
    float32 *
    (initialisations * (snapshots * weights + records * valuesPerRecord) +
      grid.size ** 2 * valuesPerGridPoint +
      (data.train.count + data.test.count) * (data.features + data.outputs))
  );
}
