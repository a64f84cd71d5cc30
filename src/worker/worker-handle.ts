// The page's hold on one module worker: started when first needed, its calls raced with its end, replaced by another afterwards.
import { releaseProxy, wrap, type Remote } from 'comlink';

export type CallOutcome<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  /** The worker died, could not be started, or did not take the call: what to do, one sentence. */
  | { readonly kind: 'failed'; readonly sentence: string }
  /** `dismiss` was called meanwhile. */
  | { readonly kind: 'dismissed' };

type Ending = Exclude<CallOutcome<never>, { readonly kind: 'done' }>;

export interface WorkerHandleOptions {
  /** Makes the worker; a test gives another. */
  readonly start: () => Worker;
  /** The sentence about a worker that died; `message` is what the browser says of it, often nothing. */
  stopped(message: string): string;
  /** The sentence about a worker that could not be started, or rejected a call. */
  unreachable(reason: string): string;
  /** Hears the sentence as soon as the worker is lost, whether a call is under way or not. */
  onLost?(sentence: string): void;
}

/** A worker that has been started, until it ends. */
interface RunningWorker<Service> {
  readonly worker: Worker;
  readonly service: Remote<Service>;
  /** Resolves when the worker has ended, for whatever reason. */
  readonly ended: Promise<Ending>;
  readonly end: (ending: Ending) => void;
}

/** @typeParam Service what the worker exposes with Comlink. */
export class WorkerHandle<Service> {
  readonly #options: WorkerHandleOptions;
  #running: RunningWorker<Service> | null = null;

  constructor(options: WorkerHandleOptions) {
    this.#options = options;
  }

  get isRunning(): boolean {
    return this.#running !== null;
  }

  /** Asks the worker, which is started if there is none. Never rejects. */
  async call<Asked>(
    ask: (service: Remote<Service>) => Asked,
  ): Promise<CallOutcome<Awaited<Asked>>> {
    let running: RunningWorker<Service> | null = null;
    try {
      running = this.#running ??= this.#start();
      const { service, ended } = running;
      const answer = async () => ({ kind: 'done', result: await ask(service) }) as const;
      return await Promise.race([answer(), ended]);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const sentence = this.#options.unreachable(reason);
      // Where another call has ended the worker already, its sentence has been said.
      if (running === this.#running) this.#lose(running, sentence);
      return { kind: 'failed', sentence };
    }
  }

  /** Tells something to the worker that is there, if there is one; that it is gone is noticed elsewhere. */
  tell(say: (service: Remote<Service>) => unknown): void {
    if (this.#running) Promise.resolve(say(this.#running.service)).catch(() => {});
  }

  /** Ends the worker and gives back its memory; the next call starts another. */
  dismiss(): void {
    if (this.#running) this.#end(this.#running, { kind: 'dismissed' });
  }

  #start(): RunningWorker<Service> {
    const worker = this.#options.start();
    const { promise: ended, resolve: end } = Promise.withResolvers<Ending>();
    const started: RunningWorker<Service> = { worker, service: wrap<Service>(worker), ended, end };
    const onDeath = (event: Event): void => {
      if (this.#running !== started) return;
      const { message } = event as Partial<ErrorEvent>;
      this.#lose(started, this.#options.stopped(message ?? ''));
    };
    worker.addEventListener('error', onDeath);
    worker.addEventListener('messageerror', onDeath);
    return started;
  }

  #lose(lost: RunningWorker<Service> | null, sentence: string): void {
    if (lost) this.#end(lost, { kind: 'failed', sentence });
    this.#options.onLost?.(sentence);
  }

  #end({ worker, service, end }: RunningWorker<Service>, ending: Ending): void {
    this.#running = null;
    end(ending);
    service[releaseProxy]();
    worker.terminate();
  }
}

/** What was said, as an aside; nothing where nothing was. */
export const aside = (message: string): string => (message === '' ? '' : ` (${message})`);
