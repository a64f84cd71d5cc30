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
 * `state` in chunks of `size` networks: by the names of `stateNames`, each `[N, P]`, or null for zeros. Every chunk has
 * the same size, so that one graph serves all: the last is filled up with networks of zero weights.
 */
export function createChunks(options: {
  readonly state: Readonly<Record<string, Float32Array | null>>;
  readonly networks: number;
  readonly parameters: number;
  readonly size: number;
}): Chunk[] {
  const { networks, parameters, size } = options;
  return Array.from({ length: Math.ceil(networks / size) }, (_, k): Chunk => {
    const first = k * size;
    const state = Object.entries(options.state).map(([name, values]) => {
      const own = new Float32Array(size * parameters);
      if (values) own.set(values.subarray(first * parameters, (first + size) * parameters));
      return [name, floats([size, parameters], own)] as const;
    });
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

/** One tensor of all chunks' state, `[N, P]`, without the padding. */
export async function readState(
  chunks: readonly Chunk[],
  name: string,
  networks: number,
  parameters: number,
): Promise<Float32Array> {
  const all = new Float32Array(networks * parameters);
  for (const { first, networks: counted, state } of chunks) {
    const feed = state[name] as Feed;
    const values = isOnDevice(feed) ? await feed.read() : feed.values;
    all.set(values.subarray(0, counted * parameters), first * parameters);
  }
  return all;
}
