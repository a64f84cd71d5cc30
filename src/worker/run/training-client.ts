// The page's side of training: leads one run at a time in a worker that is started when first needed, and outlives it.
import { proxy } from 'comlink';
import type { Failure } from '../failures.ts';
import { aside, WorkerHandle } from '../worker-handle.ts';
import type {
  OpenOutcome,
  RunCommand,
  RunListener,
  RunMessage,
  RunRequest,
  SavedTraining,
  TrainingService,
} from './run-messages.ts';

interface Run {
  readonly listener: RunListener;
  isOpen: boolean;
  /** Ends the opening. */
  readonly conclude: (outcome: OpenOutcome) => void;
}

const startWorker = (): Worker =>
  new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });

/** After these a new worker begins with nothing half-loaded, no lost device and its memory given back. */
const endsTheWorker = ({ kind }: Failure): boolean => kind !== 'experiment' && kind !== 'provider';

/** None of its promises rejects: what went wrong is in an outcome, or told to the listener as `failed`. */
export class TrainingClient implements TrainingService {
  readonly #worker: WorkerHandle<TrainingService>;
  #run: Run | null = null;
  #lastSaved: SavedTraining | null = null;

  /** @param start makes the worker; a test gives another. */
  constructor(start: () => Worker = startWorker) {
    this.#worker = new WorkerHandle({
      start,
      stopped: (message) =>
        `The training worker stopped${aside(message)}; ${this.#wayOn()}, with fewer or smaller networks if it repeats.`,
      unreachable: (reason) =>
        `The page and its training worker lost touch (${reason}); train again.`,
      onLost: (sentence) => this.#fail({ kind: 'other', sentence }),
    });
  }

  /** The last state of the open run that reached the page, or with which it was opened; a dead worker does not take it. */
  get lastSaved(): SavedTraining | null {
    return this.#lastSaved;
  }

  open(request: RunRequest, listener: RunListener): Promise<OpenOutcome> {
    this.#leave();
    this.#lastSaved = request.resume;
    const { promise: outcome, resolve: conclude } = Promise.withResolvers<OpenOutcome>();
    const run: Run = { listener, isOpen: false, conclude };
    this.#run = run;
    const heard = proxy((message: RunMessage) => this.#listen(run, message));
    void this.#worker
      .call((service) => service.open(request, heard))
      .then((answer) => {
        // A worker that was lost has been told of already, and one that was dismissed is wanted no more.
        if (this.#run === run && answer.kind === 'done') this.#conclude(run, answer.result);
      });
    return outcome;
  }

  send(command: RunCommand): void {
    if (this.#run) this.#worker.tell((service) => service.send(command));
  }

  async save(): Promise<SavedTraining | null> {
    const run = this.#run;
    if (!run || !this.#worker.isRunning) return null;
    const outcome = await this.#worker.call((service) => service.save());
    if (outcome.kind !== 'done') return this.#lastSaved;
    if (outcome.result && this.#run === run) this.#lastSaved = outcome.result;
    return outcome.result;
  }

  close(): void {
    if (this.#run) this.#worker.tell((service) => service.close());
    this.#leave();
  }

  /** Ends the worker and gives back its memory; the next `open` starts another. */
  dispose(): void {
    this.#leave();
    this.#worker.dismiss();
  }

  #conclude(run: Run, outcome: OpenOutcome): void {
    if (outcome.kind === 'failed') return this.#fail(outcome.failure);
    if (outcome.kind === 'closed') this.#run = null;
    else run.isOpen = true;
    run.conclude(outcome);
  }

  #wayOn(): string {
    const saved = this.#lastSaved;
    return saved
      ? `what was saved at step ${saved.state.step} is intact, so go on from there`
      : 'train again';
  }

  /** The run is over; whoever opened it hears of it, once. */
  #fail(failure: Failure): void {
    const failed = this.#run;
    this.#run = null;
    if (endsTheWorker(failure)) this.#worker.dismiss();
    if (failed?.isOpen) void this.#hear(failed, { kind: 'failed', failure });
    else failed?.conclude({ kind: 'failed', failure });
  }

  async #listen(run: Run, message: RunMessage): Promise<void> {
    if (this.#run !== run) return;
    if (message.kind === 'failed') return this.#fail(message.failure);
    if (message.kind === 'saved') this.#lastSaved = message.training;
    await this.#hear(run, message);
  }

  /** An error in what the page makes of a message is the page's own: it is reported there and ends no training. */
  async #hear({ listener }: Run, message: RunMessage): Promise<void> {
    try {
      await listener(message);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  #leave(): void {
    this.#run?.conclude({ kind: 'closed' });
    this.#run = null;
  }
}
