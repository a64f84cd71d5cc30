// The page's side of the analysis worker: one question after the other, each of which can be cancelled; a worker that hangs is replaced.
import { proxy, releaseProxy, wrap, type Remote } from 'comlink';
import type { ProviderChoice } from '../messages.ts';
import type {
  AnalysisService,
  AnswerOutcome,
  Question,
  QuestionProgress,
} from './analysis-messages.ts';

export interface AnalysisClient {
  /** Never rejects: what went wrong is in the outcome, as a sentence. Waits for the questions asked before. */
  ask(
    question: Question,
    provider: ProviderChoice,
    onProgress: (progress: QuestionProgress) => void,
    signal: AbortSignal,
  ): Promise<AnswerOutcome>;
  /** Ends the worker and gives back its memory; the next question starts another. */
  dispose(): void;
}

interface Crew {
  readonly worker: Worker;
  readonly service: Remote<AnalysisService>;
  /** Resolves if the worker dies, or is dismissed. */
  readonly end: Promise<AnswerOutcome>;
  readonly conclude: (outcome: AnswerOutcome) => void;
}

/** Milliseconds that a cancelled question has to end by itself. */
const patience = 1000;

const cancelled: AnswerOutcome = { kind: 'cancelled' };
const failed = (sentence: string): AnswerOutcome => ({
  kind: 'failed',
  failure: { kind: 'other', sentence },
});

const startWorker = (): Worker =>
  new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' });

/** @param start makes the worker; a test gives another. */
export function createAnalysisClient(start: () => Worker = startWorker): AnalysisClient {
  let crew: Crew | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function hire(): Crew {
    const worker = start();
    const { promise: end, resolve: conclude } = Promise.withResolvers<AnswerOutcome>();
    const hired: Crew = { worker, service: wrap<AnalysisService>(worker), end, conclude };
    const report = (event: Event): void => {
      const { message } = event as Partial<ErrorEvent>;
      dismiss(
        hired,
        failed(
          `The worker of the analyses stopped${message ? ` (${message})` : ''}; compute it again, with fewer networks or a coarser grid if it repeats.`,
        ),
      );
    };
    worker.addEventListener('error', report);
    worker.addEventListener('messageerror', report);
    return hired;
  }

  function dismiss(dismissed: Crew, outcome: AnswerOutcome): void {
    if (crew === dismissed) crew = null;
    dismissed.conclude(outcome);
    dismissed.service[releaseProxy]();
    dismissed.worker.terminate();
  }

  async function answer(
    question: Question,
    provider: ProviderChoice,
    onProgress: (progress: QuestionProgress) => void,
    signal: AbortSignal,
  ): Promise<AnswerOutcome> {
    if (signal.aborted) return cancelled;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stop = (): void => {};
    try {
      const own = (crew ??= hire());
      stop = () => {
        // A worker that has died meanwhile has nothing to cancel.
        Promise.resolve(own.service.cancel()).catch(() => {});
        timer = setTimeout(() => dismiss(own, cancelled), patience);
      };
      signal.addEventListener('abort', stop, { once: true });
      const listener = async (progress: QuestionProgress): Promise<void> => {
        if (!signal.aborted) onProgress(progress);
      };
      const asked = own.service.ask(question, provider, proxy(listener));
      const outcome = await Promise.race([asked, own.end]);
      return signal.aborted ? cancelled : outcome;
    } catch (error) {
      if (signal.aborted) return cancelled;
      const reason = error instanceof Error ? error.message : String(error);
      if (crew) dismiss(crew, cancelled);
      return failed(
        `The page and the worker of the analyses lost touch (${reason}); compute it again.`,
      );
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  return {
    ask(question, provider, onProgress, signal) {
      let hasBegun = false;
      const turn = last.then(() => {
        hasBegun = true;
        return answer(question, provider, onProgress, signal);
      });
      last = turn;
      if (signal.aborted) return Promise.resolve(cancelled);
      return new Promise((resolve) => {
        // A question that still waits for its turn ends at once.
        const leave = (): void => {
          if (!hasBegun) resolve(cancelled);
        };
        signal.addEventListener('abort', leave, { once: true });
        void turn.then((outcome) => {
          signal.removeEventListener('abort', leave);
          resolve(outcome);
        });
      });
    },
    dispose() {
      if (crew) dismiss(crew, cancelled);
    },
  };
}
