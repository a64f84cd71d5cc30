// The page's side of the laboratory's training: starts the worker when first needed, and outlives it.
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { Failure } from '../messages.ts';
import type {
  LabListener,
  LabMessage,
  LabTraining,
  OpenOutcome,
  SavedTraining,
} from './run-messages.ts';

/** None of its promises rejects: what went wrong is in an outcome, or told to the listener as `failed`. */
export interface LabTrainingClient extends LabTraining {
  /** The last state of the open run that reached the page, or with which it was opened; a dead worker does not take it. */
  readonly lastSaved: SavedTraining | null;
  /** Ends the worker and gives back its memory; the next `open` starts another. */
  dispose(): void;
}

interface Crew {
  readonly worker: Worker;
  readonly service: Remote<LabTraining>;
  /** Resolves when the worker is dismissed, alive or dead. */
  readonly end: Promise<void>;
  readonly leave: () => void;
}

interface Run {
  readonly listener: LabListener;
  isOpen: boolean;
  /** Ends the opening. */
  readonly conclude: (outcome: OpenOutcome) => void;
}

const startWorker = (): Worker =>
  new Worker(new URL('./lab.worker.ts', import.meta.url), { type: 'module' });

/** After these a fresh worker begins with nothing half-loaded, no lost device and its memory given back. */
const endsTheWorker = ({ kind }: Failure): boolean => kind !== 'experiment' && kind !== 'provider';

/** @param start makes the worker; a test gives another. */
export function createLabTrainingClient(start: () => Worker = startWorker): LabTrainingClient {
  let crew: Crew | null = null;
  let run: Run | null = null;
  let lastSaved: SavedTraining | null = null;

  function hire(): Crew {
    const worker = start();
    const { promise: end, resolve: leave } = Promise.withResolvers<void>();
    const hired: Crew = { worker, service: wrap<LabTraining>(worker), end, leave };
    const report = (event: Event): void => {
      if (crew !== hired) return;
      const { message } = event as Partial<ErrorEvent>;
      const said = message ? ` (${message})` : '';
      fail({
        kind: 'other',
        sentence: `The training worker stopped${said}; ${wayOn()}, with fewer or smaller networks if it repeats.`,
      });
    };
    worker.addEventListener('error', report);
    worker.addEventListener('messageerror', report);
    return hired;
  }

  const wayOn = (): string =>
    lastSaved
      ? `what was saved at step ${lastSaved.state.step} is intact, so go on from there`
      : 'train again';

  function dismiss(): void {
    if (!crew) return;
    crew.service[releaseProxy]();
    crew.worker.terminate();
    crew.leave();
    crew = null;
  }

  /** The run is over; whoever opened it hears of it, once. */
  function fail(failure: Failure): void {
    const failed = run;
    run = null;
    if (endsTheWorker(failure)) dismiss();
    if (failed?.isOpen) void hear(failed, { kind: 'failed', failure });
    else failed?.conclude({ kind: 'failed', failure });
  }

  /** An error in what the page makes of a message is the page's own: it is reported there and ends no training. */
  async function hear({ listener }: Run, message: LabMessage): Promise<void> {
    try {
      await listener(message);
    } catch (error) {
      queueMicrotask(() => {
        throw error;
      });
    }
  }

  async function listen(heard: Run, message: LabMessage): Promise<void> {
    if (run !== heard) return;
    if (message.kind === 'failed') return fail(message.failure);
    if (message.kind === 'saved') lastSaved = message.training;
    await hear(heard, message);
  }

  /** A wish; a worker that cannot be reached is noticed elsewhere. */
  function ask(wish: (service: Remote<LabTraining>) => unknown): void {
    if (crew && run) Promise.resolve(wish(crew.service)).catch(() => {});
  }

  function close(): void {
    run?.conclude({ kind: 'closed' });
    run = null;
  }

  return {
    get lastSaved() {
      return lastSaved;
    },
    open(request, listener) {
      close();
      lastSaved = request.resume;
      return new Promise<OpenOutcome>((conclude) => {
        const opened: Run = { listener, isOpen: false, conclude };
        run = opened;
        const lose = (error: unknown): void => {
          if (run !== opened) return;
          const reason = error instanceof Error ? error.message : String(error);
          const sentence = `The page and its training worker lost touch (${reason}); train again.`;
          fail({ kind: 'other', sentence });
        };
        try {
          crew ??= hire();
          const answer = crew.service.open(
            request,
            proxy((message) => listen(opened, message)),
          );
          answer.then((outcome) => {
            if (run !== opened) return;
            if (outcome.kind === 'failed') return fail(outcome.failure);
            if (outcome.kind === 'closed') run = null;
            else opened.isOpen = true;
            conclude(outcome);
          }, lose);
        } catch (error) {
          lose(error);
        }
      });
    },
    play: () => ask((service) => service.play()),
    pause: () => ask((service) => service.pause()),
    step: () => ask((service) => service.step()),
    setLearningRate: (rate) => ask((service) => service.setLearningRate(rate)),
    setEpochs: (epochs) => ask((service) => service.setEpochs(epochs)),
    select: (network) => ask((service) => service.select(network)),
    async save() {
      if (!crew || !run) return null;
      const asked = run;
      const gone = crew.end.then(() => lastSaved);
      try {
        const training = await Promise.race([crew.service.save(), gone]);
        if (training && run === asked) lastSaved = training;
        return training;
      } catch {
        return lastSaved;
      }
    },
    close() {
      ask((service) => service.close());
      close();
    },
    dispose() {
      close();
      dismiss();
    },
  };
}
