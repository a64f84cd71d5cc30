// Files that are kept when a page has fetched them once, and were what was published: the runtime by its hashed names, whole tensors by their content.
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { CacheFirst } from 'workbox-strategies/CacheFirst.js';
import { askedUntilRight, checkedAsItComes, removeWrong } from './as-published.ts';
import {
  bytesOf,
  isWebAssemblyRuntime,
  revisionOf,
  type Edition,
  type EditionFile,
} from './edition.ts';
import { addressIn, cacheNames, isolation } from './edition-store.ts';
import type { LastingEvent } from './worker-scope.ts';

/** The address under which this edition's file is stored: another content has another one. */
function keyOf(file: EditionFile): string {
  const url = new URL(addressIn(file.path));
  const revision = revisionOf(file);
  if (revision !== null) url.searchParams.set('content', revision);
  return url.href;
}

/** Tens of megabytes, whose coming the page shows. */
const isLong = ({ path }: EditionFile): boolean => path.endsWith('.wasm');

export class OnUseStore {
  readonly #files: ReadonlyMap<string, EditionFile>;
  readonly strategy: CacheFirst;

  constructor({ onUse }: Edition) {
    this.#files = new Map(onUse.map((file) => [addressIn(file.path), file]));
    const plugin: WorkboxPlugin = {
      cacheKeyWillBeUsed: async ({ request }) => {
        const file = this.fileAt(request.url);
        return file ? keyOf(file) : request;
      },
      // A page of this edition is better told that a file is gone than given another edition's, or a network's login.
      fetchDidSucceed: async ({ request, response, event }) => {
        const file = this.fileAt(request.url);
        if (!file) return response;
        if (!isLong(file) || event.type !== 'fetch')
          return askedUntilRight(request, response, file);
        return checkedAsItComes(response, file, () => void this.#mend(file));
      },
      // Where the reader has declined meanwhile, nothing is stored again.
      cacheWillUpdate: async ({ response }) => ((await isWanted(response)) ? response : null),
    };
    this.strategy = new CacheFirst({
      cacheName: cacheNames.onUse,
      plugins: [isolation, plugin],
      matchOptions: { ignoreVary: true },
    });
  }

  fileAt(address: string): EditionFile | undefined {
    const { origin, pathname } = new URL(address);
    return this.#files.get(origin + pathname);
  }

  /** Keeps a file that came wrong, so that a page has it that asks again. */
  async #mend(file: EditionFile): Promise<void> {
    try {
      const request = new Request(addressIn(file.path), { cache: 'reload' });
      const response = await askedUntilRight(request, await fetch(request), file);
      if (await isWanted(response))
        await (await caches.open(cacheNames.onUse)).put(keyOf(file), response);
    } catch {
      // The page that asked was told already.
    }
  }

  removeWrong(): Promise<void> {
    const files = [...this.#files.values()].map((file) => [keyOf(file), file] as const);
    return removeWrong(cacheNames.onUse, files);
  }

  /** Takes over what the browser still has from before the worker was there; asks nothing of the network. */
  async gather(): Promise<void> {
    // A browser that does not know the word would fetch tens of megabytes: it is tried on a file that is not there.
    if ((await fromHttpCache(`${addressIn('not-there')}?${Date.now()}`))?.status === 404) return;
    for (const file of this.#files.values()) {
      if (await this.#has(file)) continue;
      const response = await fromHttpCache(addressIn(file.path), file.integrity);
      if (response?.status !== 200) continue;
      const cache = await caches.open(cacheNames.onUse);
      await cache.put(keyOf(file), response).catch(() => {});
    }
  }

  /** @throws where a file cannot be had or stored. */
  async keepRuntime(event: LastingEvent): Promise<void> {
    for (const file of this.#runtime()) {
      const request = new Request(addressIn(file.path));
      await Promise.all(this.strategy.handleAll({ event: event as never, request }));
    }
  }

  async activate(): Promise<void> {
    if (!(await caches.has(cacheNames.onUse))) return;
    const current = new Set([...this.#files.values()].map(keyOf));
    const cache = await caches.open(cacheNames.onUse);
    for (const request of await cache.keys()) {
      if (!current.has(request.url)) await cache.delete(request);
    }
  }

  async stock(): Promise<{ bytes: number; runtimeBytes: number; hasRuntime: boolean }> {
    const kept: EditionFile[] = [];
    for (const file of this.#files.values()) if (await this.#has(file)) kept.push(file);
    const runtime = this.#runtime();
    // The bundler may write one script for each worker; the binary is one.
    const binary = runtime.find(({ path }) => path.endsWith('.wasm'));
    return {
      bytes: bytesOf(kept),
      runtimeBytes: bytesOf(runtime),
      hasRuntime: binary !== undefined && kept.includes(binary),
    };
  }

  #runtime = (): EditionFile[] => [...this.#files.values()].filter(isWebAssemblyRuntime);

  #has = async (file: EditionFile): Promise<boolean> =>
    (await caches.match(keyOf(file), { cacheName: cacheNames.onUse })) !== undefined;
}

const isWanted = async ({ status }: Response): Promise<boolean> =>
  status === 200 && (await caches.has(cacheNames.edition));

/** Null, or an answer of 504, where the browser has not got it. */
const fromHttpCache = (address: string, integrity = ''): Promise<Response | null> =>
  fetch(address, { cache: 'only-if-cached', mode: 'same-origin', integrity }).catch(() => null);
