// The files of one edition in the browser's cache: fetched all or none, and never mixed with another edition's.
import { copyResponse } from 'workbox-core/copyResponse.js';
import type { WorkboxPlugin } from 'workbox-core/types.js';
import { PrecacheController } from 'workbox-precaching/PrecacheController.js';
import { bytesOf, type Edition, type EditionFile } from './edition.ts';
import { isolated } from './isolation.ts';
import { cacheNamesOf, type FailureReason } from './messages.ts';
import { scope, type LastingEvent } from './worker-scope.ts';

export const cacheNames = cacheNamesOf(scope.registration.scope);
export const addressIn = (path: string): string => new URL(path, scope.registration.scope).href;

/** Pages and workers get the headers that the host may lack. */
export const isolation: WorkboxPlugin = {
  handlerWillRespond: async ({ request, response }) => isolated(response, request.destination),
};

/** A failure with a reason that a page can put into words. */
export class KeepingError extends Error {
  readonly reason: FailureReason;

  constructor(reason: FailureReason) {
    super(`The edition could not be kept (${reason}).`);
    this.reason = reason;
  }
}

export const reasonOf = (error: unknown): FailureReason => {
  if (error instanceof KeepingError) return error.reason;
  return (error as Error | null)?.name === 'QuotaExceededError' ? 'storage' : 'network';
};

const notFoundPage = addressIn('404.html');

export class EditionStore {
  readonly controller: PrecacheController;
  readonly #edition: Edition;
  /** Cache keys written by this worker's installation. */
  readonly #added: Request[] = [];
  #isDeclined = false;
  #installing: Promise<unknown> = Promise.resolve();

  constructor(edition: Edition) {
    this.#edition = edition;
    this.controller = new PrecacheController({
      cacheName: cacheNames.edition,
      plugins: [
        isolation,
        {
          cacheWillUpdate: async ({ request, response }) => {
            if (this.#isDeclined) throw new KeepingError('declined');
            // Some hosts answer this page's own address with its status.
            if (request.url === notFoundPage && response.status === 404)
              return copyResponse(response, (init) => ({ ...init, status: 200 }));
            return response.status === 200 ? response : null;
          },
          cacheDidUpdate: async ({ request }) => {
            this.#added.push(request);
          },
        },
      ],
    });
    this.controller.addToCacheList(
      edition.kept.map(({ path, integrity }) => ({ url: addressIn(path), revision: integrity })),
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
      await this.#checkRoom();
      await this.controller.install(event as never);
      await this.#checkIsCurrent();
    } catch (error) {
      // Room is given back that the reader may need, and files go that may be of another edition; what came before a
      // broken download stays for the next try.
      if (['storage', 'replaced'].includes(reasonOf(error))) await this.#giveBack();
      throw error;
    }
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
    return this.#edition.kept.filter(
      ({ path }) => !there.has(this.controller.getCacheKeyForURL(addressIn(path)) ?? ''),
    );
  }

  /** The edition in use when this returns is this one: older files go. */
  activate = (event: LastingEvent): Promise<unknown> => this.controller.activate(event as never);

  /** Files of two editions may have come where a new one was published meanwhile; the worker's own script tells. */
  async #checkIsCurrent(): Promise<void> {
    const response = await fetch(scope.location.href, { cache: 'no-store' });
    const isCurrent = response.ok && (await response.text()).includes(this.#edition.version);
    if (!isCurrent) throw new KeepingError('replaced');
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
