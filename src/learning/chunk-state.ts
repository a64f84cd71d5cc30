// Some of the networks of a run, with their weights and optimiser state where the provider keeps them.
import { floats } from '../engine/runtime/executor.ts';
import type { DeviceTensor, Feed } from '../engine/runtime/executor.ts';

export interface Chunk {
  readonly first: number;
  /** Networks that count; the rest of the chunk is padding. */
  readonly networks: number;
  /** By the names of `stateNames`, each `[size, P]`. */
  state: Record<string, Feed>;
}

const isOnDevice = (feed: Feed): feed is DeviceTensor => 'dispose' in feed;

/**
 * `weights` `[N, P]` in chunks of `size` networks, optimiser state at zero. Every chunk has the same size, so that
 * one graph serves all: the last is filled up with networks of zero weights.
 */
export function createChunks(options: {
  readonly weights: Float32Array;
  readonly networks: number;
  readonly size: number;
  readonly names: readonly string[];
}): Chunk[] {
  const { weights, networks, size, names } = options;
  const parameters = weights.length / networks;
  return Array.from({ length: Math.ceil(networks / size) }, (_, k): Chunk => {
    const first = k * size;
    const own = new Float32Array(size * parameters);
    own.set(weights.subarray(first * parameters, (first + size) * parameters));
    const zeros = new Float32Array(size * parameters);
    const state = names.map(
      (name) => [name, floats([size, parameters], name === 'weights' ? own : zeros)] as const,
    );
    return { first, networks: Math.min(size, networks - first), state: Object.fromEntries(state) };
  });
}

/** Gives a chunk its next state; what it had on the device is given back. */
export function replaceState(chunk: Chunk, next: Record<string, Feed>): void {
  disposeState(chunk);
  chunk.state = next;
}

export function disposeState({ state }: Chunk): void {
  for (const feed of Object.values(state)) if (isOnDevice(feed)) feed.dispose();
}

/** The weights of all chunks, `[N, P]`, without the padding. */
export async function readWeights(
  chunks: readonly Chunk[],
  networks: number,
  parameters: number,
): Promise<Float32Array> {
  const all = new Float32Array(networks * parameters);
  for (const { first, networks: counted, state } of chunks) {
    const feed = state.weights as Feed;
    const values = isOnDevice(feed) ? await feed.read() : feed.values;
    all.set(values.subarray(0, counted * parameters), first * parameters);
  }
  return all;
}
