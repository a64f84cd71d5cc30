// How often a run that goes on is saved on the way, by how large it is.
import type { SavedTraining } from './run-messages.ts';

/** Milliseconds between two savings of a small run. */
const shortest = 2000;
/**
 * Bytes a millisecond that saving may move: a saving copies the run twice, once out of the trainer and once to the
 * page, which then writes it to the device. Runs of up to 8 MB are saved every 2 s, larger ones more rarely.
 */
const pace = 4000;
/** Bytes of a run that is saved only where it pauses or ends. */
const tooLarge = 256e6;

/** Milliseconds to wait after a saving of so many bytes. */
export const saveEvery = (bytes: number): number =>
  bytes > tooLarge ? Infinity : Math.max(shortest, bytes / pace);

export function bytesOf({ state, history }: SavedTraining): number {
  const { curves } = history;
  const columns = Object.values(curves) as readonly (Float32Array | Int32Array | null)[];
  const parts = [state.weights, ...state.slots, history.snapshots, ...columns];
  return parts.reduce((bytes, part) => bytes + (part?.byteLength ?? 0), 0);
}
