// Files that are kept when a page has fetched them once: the runtime by its hashed names, whole tensors by their content.
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { CacheFirst } from 'workbox-strategies/CacheFirst.js';
import { bytesOf, isWebAssemblyRuntime, type Edition, type EditionFile } from './edition.ts';
import { addressIn, cacheNames, isolation } from './edition-store.ts';
import type { LastingEvent } from './worker-scope.ts';

/** The address under which this edition's file is stored: another content has another one. */
function keyOf({ path, integrity }: EditionFile): string {
  const url = new URL(addressIn(path));
  if (integrity !== null) url.searchParams.set('content', integrity);
  return url.href;
}

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
      // A page of this edition is better told that a file is gone than given another edition's.
      requestWillFetch: async ({ request }) => {
        const integrity = this.fileAt(request.url)?.integrity;
        return integrity ? new Request(request, { integrity }) : request;
      },
      // Where the reader has declined meanwhile, nothing is stored again.
      cacheWillUpdate: async ({ response }) =>
        response.status === 200 && (await caches.has(cacheNames.edition)) ? response : null,
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

  /** Takes over what the browser still has from before the worker was there; asks nothing of the network. */
  async gather(): Promise<void> {
    // A browser that does not know the word would fetch tens of megabytes: it is tried on a file that is not there.
    if ((await fromHttpCache(`${addressIn('not-there')}?${Date.now()}`))?.status === 404) return;
    for (const file of this.#files.values()) {
      if (await this.#has(file)) continue;
      const response = await fromHttpCache(addressIn(file.path), file.integrity ?? '');
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

/** Null, or an answer of 504, where the browser has not got it. */
const fromHttpCache = (address: string, integrity = ''): Promise<Response | null> =>
  fetch(address, { cache: 'only-if-cached', mode: 'same-origin', integrity }).catch(() => null);
