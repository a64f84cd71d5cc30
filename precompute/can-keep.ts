// Whether what a run computes can be kept, tried before anything is computed.
import { rm, stat, statfs } from 'node:fs/promises';
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
 * Makes each folder and writes a file there: permissions alone do not tell of quotas, nor of systems that are read-only.
 *
 * @param bytes that each is to take.
 * @throws CommandError for the first that cannot.
 */
export async function checkCanKeep(places: readonly Place[], bytes: number): Promise<void> {
  /** By file system: the cache and the artifacts often share one. */
  const wanted = new Map<number, number>();
  for (const { path, remedy } of places) {
    const probe = join(path, `.probe.${partialToken()}.partial`);
    try {
      await makeFolder(path);
      await writeFlushed(probe, new Uint8Array(Math.min(bytes, largestProbe)));
    } catch (error) {
      throw new CommandError(
        `cannot write to ${path}: ${systemReason(error)}, so nothing was computed; ${remedy}`,
      );
    } finally {
      await rm(probe, { force: true }).catch(() => {});
    }
    const device = (await stat(path)).dev;
    const needed = bytes + (wanted.get(device) ?? 0);
    wanted.set(device, needed);
    const room = await roomAt(path);
    if (room !== null && room < needed) {
      throw new CommandError(
        `${path} has room for ${formatBytes(room)} and the run needs about ${formatBytes(needed)}, so nothing was computed: make room, or ${remedy}`,
      );
    }
  }
}

/** Bytes; enough to notice a full disk, little enough to be written in a blink. */
const largestProbe = 2 ** 20;

/** Null where the system does not tell. */
async function roomAt(path: string): Promise<number | null> {
  const { bavail, bsize, blocks } = await statfs(path).catch(() => ({
    bavail: 0,
    bsize: 0,
    blocks: 0,
  }));
  return blocks > 0 ? bavail * bsize : null;
}

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
