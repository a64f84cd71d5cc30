// The page's side of the training worker: starts it when first needed, and notices when it dies.
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { Listener, Outcome, TrainingService, TrainRequest } from './messages.ts';

export interface TrainingClient {
  /** Never rejects: what went wrong is in the outcome, as a sentence. */
  train(request: TrainRequest, listener: Listener): Promise<Outcome>;
  pause(): void;
  resume(): void;
  stop(): void;
  abandon(): void;
  select(network: number | null): void;
  /** Ends the worker and gives back its memory; the next run starts another. */
  dispose(): void;
}

interface Crew {
  readonly worker: Worker;
  readonly service: Remote<TrainingService>;
  /** Resolves if the worker dies. */
  readonly death: Promise<Outcome>;
}

const startWorker = (): Worker =>
  new Worker(new URL('./training.worker.ts', import.meta.url), { type: 'module' });

/** @param start makes the worker; a test gives another. */
export function createTrainingClient(start: () => Worker = startWorker): TrainingClient {
  let crew: Crew | null = null;

  function hire(): Crew {
    const worker = start();
    const death = new Promise<Outcome>((resolve) => {
      const report = (event: Event) => {
        const { message } = event as Partial<ErrorEvent>;
        const said = message ? ` (${message})` : '';
        dismiss();
        resolve({
          kind: 'failed',
          failure: {
            kind: 'other',
            sentence: `The training worker stopped${said}; train again, with fewer or smaller networks if it repeats.`,
          },
        });
      };
      worker.addEventListener('error', report);
      worker.addEventListener('messageerror', report);
    });
    return { worker, service: wrap<TrainingService>(worker), death };
  }

  function dismiss(): void {
    crew?.service[releaseProxy]();
    crew?.worker.terminate();
    crew = null;
  }

  return {
    async train(request, listener) {
      crew ??= hire();
      const { service, death } = crew;
      try {
        return await Promise.race([service.train(request, proxy(listener)), death]);
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const sentence = `The page and its training worker lost touch (${reason}); train again.`;
        dismiss();
        return { kind: 'failed', failure: { kind: 'other', sentence } };
      }
    },
    pause: () => void crew?.service.pause(),
    resume: () => void crew?.service.resume(),
    stop: () => void crew?.service.stop(),
    abandon: () => void crew?.service.abandon(),
    select: (network) => void crew?.service.select(network),
    dispose: dismiss,
  };
}
