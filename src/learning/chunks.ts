// How many networks go through a graph at once.
import type { Executor } from '../engine/runtime/executor.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';

/** Bytes that activations may take unless the caller says otherwise. */
export const defaultMemoryBudget = 256 * 2 ** 20;
/** On a CPU the working set of a chunk should stay in the second-level caches; measured in the benchmark. */
const cacheBytes = 4 * 2 ** 20;

/** What the number of networks in a chunk depends on. */
export type ChunkRoom = Pick<Executor, 'provider' | 'lanes'>;

/** Bytes one network takes in a graph over `samples` rows: layer outputs, their gradients, and its weights. */
export const networkBytes = (network: NetworkShape, samples: number): number => {
  const units = network.sizes.slice(1).reduce((total, size) => total + size, 0);
  return 4 * (2 * samples * units + 4 * parameterCount(network));
};

/**
 * Networks per chunk for `total` of them: as many as the memory budget, shared by the lanes, and, on a CPU,
 * the caches hold; then levelled, so that the chunks are about equally full and so are the lanes.
 */
export function chunkSize(
  network: NetworkShape,
  samples: number,
  total: number,
  { provider, lanes }: ChunkRoom,
  memoryBudget = defaultMemoryBudget,
): number {
  const onCpu = provider === 'cpu' || provider === 'wasm';
  const share = memoryBudget / lanes;
  const bytes = onCpu ? Math.min(share, cacheBytes) : share;
  const most = Math.max(1, Math.floor(bytes / networkBytes(network, samples)));
  const chunks = Math.ceil(Math.ceil(total / most) / lanes) * lanes;
  return Math.ceil(total / Math.min(chunks, total));
}
