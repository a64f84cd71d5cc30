// What a service worker finds around itself, as far as ours uses it: the types of a page and of a worker exclude each other.
import type { Edition } from './edition.ts';

export interface LastingEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

export interface MessageToWorker extends LastingEvent {
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

interface WindowClient {
  readonly url: string;
  postMessage(message: unknown): void;
}

export interface WorkerScope {
  /** Written before the worker's code when the site is built. */
  readonly atlasEdition: Edition;
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: {
      type: 'window';
      includeUncontrolled: true;
    }): Promise<readonly WindowClient[]>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', act: (event: LastingEvent) => void): void;
  addEventListener(type: 'message', act: (event: MessageToWorker) => void): void;
}

export const scope = globalThis as unknown as WorkerScope;

/** Pages of this site, controlled or not; another site of the same origin is not ours to count. */
export async function openPages(): Promise<readonly WindowClient[]> {
  const all = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return all.filter(({ url }) => url.startsWith(scope.registration.scope));
}
