// How many networks go through a graph at once.
import type { ProviderName } from '../engine/runtime/executor.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';

/** Bytes that activations may take unless the caller says otherwise. */
export const defaultMemoryBudget = 256 * 2 ** 20;
/** On a CPU the working set of a chunk should stay in the second-level caches; measured in the benchmark. */
const cacheBytes = 4 * 2 ** 20;

/** Bytes one network takes in a graph over `samples` rows: layer outputs, their gradients, and its weights. */
export const networkBytes = (network: NetworkShape, samples: number): number => {
  const units = network.sizes.slice(1).reduce((total, size) => total + size, 0);
  return 4 * (2 * samples * units + 4 * parameterCount(network));
};

/**
 * Networks per chunk for `total` of them: as many as the memory budget and, on a CPU, the caches hold,
 * then levelled, so that the last chunk is about as full as the others.
 */
export function chunkSize(
  network: NetworkShape,
  samples: number,
  total: number,
  provider: ProviderName,
  memoryBudget = defaultMemoryBudget,
): number {
  const onCpu = provider === 'cpu' || provider === 'wasm';
  const bytes = onCpu ? Math.min(memoryBudget, cacheBytes) : memoryBudget;
  const most = Math.max(1, Math.floor(bytes / networkBytes(network, samples)));
  return Math.ceil(total / Math.ceil(total / most));
}
