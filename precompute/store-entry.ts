// Results kept by what they depend on, for all runs that need the same: trained networks, answers of analyses.
import { join } from 'node:path';
import { makeFolder } from './make-folder.ts';
import { withStageCache, type CacheUse, type StageCache } from './stage-cache.ts';

export interface StoreUse extends CacheUse {
  readonly cacheRoot: string;
  /** Compute anew, whatever is kept. */
  readonly force: boolean;
}

/**
 * Gives `use` what is kept under a key. Another process that needs the same waits meanwhile, and finds it.
 *
 * @param store a folder of the cache
 * @param key SHA-256 of what the results depend on
 */
export async function withStoreEntry<Result>(
  store: string,
  key: string,
  options: StoreUse,
  use: (cache: StageCache) => Promise<Result>,
): Promise<Result> {
  await makeFolder(store);
  return withStageCache(join(store, key.slice(0, 32)), options, async (cache) => {
    if (options.force) await cache.clear();
    return use(cache);
  });
}
