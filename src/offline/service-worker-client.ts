// The page's side of keeping the atlas on the device: starts the service worker, hears how it fares, and ends it without a trace.
import { readChoice, writeChoice } from './offline-choice.ts';
import {
  cacheNamesOf,
  type FailureReason,
  type FromWorker,
  type KeepAnswer,
  type Stock,
  type TakeOverAnswer,
  type ToWorker,
} from './offline-messages.ts';

export type Phase = 'off' | 'waiting' | 'fetching' | 'kept' | 'failed' | 'unsupported';

export interface OfflineState {
  readonly phase: Phase;
  /** Of the last failure, until something is kept. */
  readonly reason: FailureReason | null;
  readonly stock: Stock | null;
  /** The runtime is on its way. */
  readonly isFetchingRuntime: boolean;
  readonly runtimeFailure: FailureReason | null;
  /** A newer edition is on the device, and waits until no page of this one is open. */
  readonly hasNewEdition: boolean;
}

export class ServiceWorkerClient {
  #state: OfflineState = {
    phase: 'off',
    reason: null,
    stock: null,
    isFetchingRuntime: false,
    runtimeFailure: null,
    hasNewEdition: false,
  };
  #registration: ServiceWorkerRegistration | null = null;
  readonly #listeners = new Set<(state: OfflineState) => void>();
  readonly #base: string;
  #switched: Promise<void> = Promise.resolve();

  /** @param base the site's base path, ending in a slash. */
  constructor(base: string) {
    this.#base = base;
    const container = workers();
    if (!container) {
      this.#state = { ...this.#state, phase: 'unsupported' };
      return;
    }
    container.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
      if (data?.kind !== 'failed' || this.#registration === null) return;
      // An edition that is in use already goes on.
      const phase = this.#registration.active ? this.#state.phase : 'failed';
      this.#change({ phase, reason: data.reason });
    });
    container.startMessages();
  }

  listen(listener: (state: OfflineState) => void): void {
    this.#listeners.add(listener);
    listener(this.#state);
  }

  /** What a visit does by itself; a reader's choice and a browser that saves data are respected. */
  async visit(): Promise<void> {
    if (!workers() || readChoice() === 'off') return;
    const known = await workers()!
      .getRegistration(this.#base)
      .catch(() => undefined);
    const { saveData } = (navigator as { connection?: { saveData?: boolean } }).connection ?? {};
    if (saveData && readChoice() !== 'on' && !known?.active) this.#change({ phase: 'waiting' });
    else await this.#start();
  }

  /** One after the other, however fast the switch is thrown. */
  setEnabled(isOn: boolean): Promise<void> {
    writeChoice(isOn ? 'on' : 'off');
    this.#switched = this.#switched.then(() => (isOn ? this.#start() : this.#end()));
    return this.#switched;
  }

  async keepRuntime(): Promise<void> {
    this.#change({ isFetchingRuntime: true, runtimeFailure: null });
    const answer = await this.#ask<KeepAnswer>('active', { kind: 'keep-runtime' });
    const isFetchingRuntime = false;
    if (!answer) this.#change({ isFetchingRuntime, runtimeFailure: 'network' });
    else if ('failed' in answer) this.#change({ isFetchingRuntime, runtimeFailure: answer.failed });
    else this.#change({ isFetchingRuntime, stock: answer });
  }

  /** Loads the page again in the new edition; false where another page of the atlas is open. */
  async takeOver(): Promise<boolean> {
    const changed = new Promise((resolve) =>
      workers()?.addEventListener('controllerchange', resolve, { once: true }),
    );
    const answer = await this.#ask<TakeOverAnswer>('waiting', { kind: 'take-over' });
    if (!answer?.takesOver) return false;
    await changed;
    location.reload();
    return true;
  }

  async #start(): Promise<void> {
    this.#change({ phase: 'fetching', reason: null });
    try {
      const registration = await workers()?.register(`${this.#base}service-worker.js`, {
        scope: this.#base,
        updateViaCache: 'none',
      });
      // Where something blocks service workers, nothing may come back.
      if (!registration) return this.#change({ phase: 'unsupported' });
      if (readChoice() === 'off') return;
      this.#registration = registration;
      registration.addEventListener('updatefound', () => this.#watch());
      this.#watch();
      if (registration.active) await this.#tellStock();
    } catch (error) {
      // The browser keeps nothing in this window; or else the script could not be had.
      if (/^(Security|NotSupported|InvalidState)Error$/.test((error as Error).name))
        this.#change({ phase: 'unsupported' });
      else this.#change({ phase: 'failed', reason: 'network' });
    }
  }

  /** Waits for the end of an installation, good or bad. */
  #watch(): void {
    const registration = this.#registration;
    if (registration?.waiting) this.#change({ hasNewEdition: true });
    const worker = registration?.installing;
    if (!worker) return;
    worker.addEventListener('statechange', () => {
      if (registration !== this.#registration) return;
      if (worker.state === 'installed' && registration.active)
        this.#change({ hasNewEdition: true });
      if (worker.state === 'activated') void this.#tellStock();
      // An edition that is in use already goes on.
      if (worker.state === 'redundant' && !registration.active)
        this.#change({ phase: 'failed', reason: this.#state.reason ?? 'network' });
    });
  }

  async #tellStock(): Promise<void> {
    const stock = await this.#ask<Stock>('active', { kind: 'tell' });
    if (!stock) return;
    if (stock.isWhole) return this.#change({ phase: 'kept', stock, reason: null });
    const answer = await this.#ask<KeepAnswer>('active', { kind: 'refill' });
    if (!answer || readChoice() === 'off') return;
    if ('failed' in answer) this.#change({ phase: 'failed', reason: answer.failed });
    else this.#change({ phase: 'kept', stock: answer, reason: null });
  }

  async #end(): Promise<void> {
    this.#registration = null;
    this.#change({ phase: 'off', stock: null, reason: null, hasNewEdition: false });
    const registration = await workers()?.getRegistration(this.#base);
    const { installing, waiting, active } = registration ?? {};
    const declined = [installing, waiting, active].map((worker) =>
      ask(worker, { kind: 'decline' }),
    );
    // A worker that does not answer is not waited for.
    await Promise.race([Promise.all(declined), new Promise((done) => setTimeout(done, 5000))]);
    await registration?.unregister();
    const { edition, onUse } = cacheNamesOf(new URL(this.#base, location.href).href);
    await Promise.all([caches.delete(edition), caches.delete(onUse)]);
  }

  #ask<Answer>(which: 'active' | 'waiting', message: ToWorker): Promise<Answer | null> {
    return ask<Answer>(this.#registration?.[which], message);
  }

  #change(part: Partial<OfflineState>): void {
    this.#state = { ...this.#state, ...part };
    for (const listener of this.#listeners) listener(this.#state);
  }
}

/** Null where there is no such worker. */
async function ask<Answer>(
  worker: ServiceWorker | null | undefined,
  message: ToWorker,
): Promise<Answer | null> {
  if (!worker) return null;
  const { port1, port2 } = new MessageChannel();
  const answer = new Promise<Answer>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<Answer>) => resolve(data);
  });
  worker.postMessage(message, [port2]);
  return answer;
}

const workers = (): ServiceWorkerContainer | null =>
  'serviceWorker' in navigator && 'caches' in globalThis ? navigator.serviceWorker : null;
