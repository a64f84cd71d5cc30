// The files of one edition in the browser's cache: fetched all or none, and never mixed with another edition's.
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { askedUntilRight, removeWrong } from './as-published.ts';
import { bytesOf, revisionOf, type Edition, type EditionFile } from './edition.ts';
import { isolated } from './isolation.ts';
import { KeepingError, reasonOf } from './keeping-error.ts';
import { cacheNamesOf } from './offline-messages.ts';
import { scope, type LastingEvent } from './worker-scope.ts';

export const cacheNames = cacheNamesOf(scope.registration.scope);
export const addressIn = (path: string): string => new URL(path, scope.registration.scope).href;

/** As the build writes it. */
const isServiceWorker = (script: string): boolean => script.startsWith('self.atlasEdition=');

/** Pages and workers get the headers that the host may lack. */
export const isolation: WorkboxPlugin = {
  handlerWillRespond: async ({ request, response }) => isolated(response, request.destination),
};

export class EditionStore {
  readonly controller: PrecacheController;
  readonly #edition: Edition;
  readonly #files: ReadonlyMap<string, EditionFile>;
  /** Cache keys written by this worker's installation. */
  readonly #added: Request[] = [];
  #isDeclined = false;
  #installing: Promise<unknown> = Promise.resolve();

  constructor(edition: Edition) {
    this.#edition = edition;
    this.#files = new Map(edition.kept.map((file) => [addressIn(file.path), file]));
    this.controller = new PrecacheController({
      cacheName: cacheNames.edition,
      plugins: [
        isolation,
        {
          fetchDidSucceed: async ({ event, request, response }) => {
            const file = this.#files.get(request.url);
            // A page that needs a file which has gone from here gets what the network has: that goes on as it would
            // without us, and is not kept.
            return file && event.type === 'install'
              ? askedUntilRight(request, response, file)
              : response;
          },
          cacheWillUpdate: async ({ response }) => {
            if (this.#isDeclined) throw new KeepingError('declined');
            return response;
          },
          cacheDidUpdate: async ({ request }) => {
            this.#added.push(request);
          },
        },
      ],
    });
    this.controller.addToCacheList(
      edition.kept.map((file) => ({ url: addressIn(file.path), revision: revisionOf(file) })),
    );
  }

  /** Fetches what is not there yet. */
  install(event: LastingEvent): Promise<void> {
    const installed = this.#install(event);
    this.#installing = installed.catch(() => {});
    return installed;
  }

  /** Breaks off an installation, and returns when it writes no more. */
  async decline(): Promise<void> {
    this.#isDeclined = true;
    await this.#installing;
    await caches.delete(cacheNames.edition);
  }

  async #install(event: LastingEvent): Promise<void> {
    try {
      await this.removeWrong();
      await this.#checkRoom();
      await this.#fetchAll(event);
      await this.#checkIsCurrent();
    } catch (error) {
      // Room is given back that the reader may need, and files go that may be of another edition; what came before a
      // broken download stays for the next try.
      if (['storage', 'replaced'].includes(reasonOf(error))) await this.#giveBack();
      throw error;
    }
  }

  async #fetchAll(event: LastingEvent): Promise<void> {
    try {
      await this.controller.install(event as never);
    } catch (error) {
      // A file of another edition is no fault of the host's.
      if (['altered', 'wrong'].includes(reasonOf(error))) await this.#checkIsCurrent();
      throw error;
    }
  }

  removeWrong(): Promise<void> {
    const files = [...this.#files].map(([address, file]) => [this.#keyOf(address), file] as const);
    return removeWrong(cacheNames.edition, files);
  }

  /** Fills up what was taken away from under the worker, by the browser or by a reader who changed their mind. */
  async refill(event: LastingEvent): Promise<void> {
    this.#isDeclined = false;
    const waitUntil = (work: Promise<unknown>) => event.waitUntil(work);
    await this.install({ type: 'install', waitUntil } as LastingEvent);
  }

  async isWhole(): Promise<boolean> {
    return (await this.#missing()).length === 0;
  }

  async #missing(): Promise<EditionFile[]> {
    if (!(await caches.has(cacheNames.edition))) return [...this.#edition.kept];
    const cache = await caches.open(cacheNames.edition);
    const there = new Set((await cache.keys()).map(({ url }) => url));
    return this.#edition.kept.filter(({ path }) => !there.has(this.#keyOf(addressIn(path))));
  }

  #keyOf = (address: string): string => this.controller.getCacheKeyForURL(address) ?? address;

  /** The edition in use when this returns is this one: older files go. */
  activate = (event: LastingEvent): Promise<unknown> => this.controller.activate(event as never);

  /** Files of two editions may have come where a new one was published meanwhile; the worker's own script tells. */
  async #checkIsCurrent(): Promise<void> {
    const response = await fetch(scope.location.href, { cache: 'no-store' });
    const script = await response.text();
    if (response.ok && script.includes(this.#edition.version)) return;
    // The page of a network that asks for a login is no edition.
    throw new KeepingError(isServiceWorker(script) ? 'replaced' : 'wrong');
  }

  /** A download that cannot be stored is not begun. */
  async #checkRoom(): Promise<void> {
    const { quota, usage } = (await navigator.storage?.estimate().catch(() => null)) ?? {};
    if (quota === undefined || usage === undefined) return;
    if (quota - usage < bytesOf(await this.#missing())) throw new KeepingError('storage');
  }

  async #giveBack(): Promise<void> {
    if (scope.registration.active === null) {
      await caches.delete(cacheNames.edition);
      return;
    }
    const cache = await caches.open(cacheNames.edition);
    for (const request of this.#added) await cache.delete(request);
  }
}
