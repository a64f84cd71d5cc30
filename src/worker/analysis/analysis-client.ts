// The page's side of the analysis worker: one question after the other, each of which can be cancelled; a worker that hangs is replaced.
import { proxy } from 'comlink';
import type { ProviderChoice } from '../provider-choice.ts';
import { aside, WorkerHandle, type CallOutcome } from '../worker-handle.ts';
import type {
  AnalysisService,
  AnswerOutcome,
  Question,
  QuestionProgress,
} from './analysis-messages.ts';

/** Milliseconds that a cancelled question has to end by itself. */
const cancelsWithin = 1000;

const cancelled: AnswerOutcome = { kind: 'cancelled' };

const startWorker = (): Worker =>
  new Worker(new URL('./analysis.worker.ts', import.meta.url), { type: 'module' });

export class AnalysisClient {
  readonly #worker: WorkerHandle<AnalysisService>;
  #last: Promise<unknown> = Promise.resolve();

  /** @param start makes the worker; a test gives another. */
  constructor(start: () => Worker = startWorker) {
    this.#worker = new WorkerHandle({
      start,
      stopped: (message) =>
        `The worker of the analyses stopped${aside(message)}; compute it again, with fewer networks or a coarser grid if it repeats.`,
      unreachable: (reason) =>
        `The page and the worker of the analyses lost touch (${reason}); compute it again.`,
    });
  }

  /** Never rejects: what went wrong is in the outcome, as a sentence. Waits for the questions asked before. */
  ask(
    question: Question,
    provider: ProviderChoice,
    onProgress: (progress: QuestionProgress) => void,
    signal: AbortSignal,
  ): Promise<AnswerOutcome> {
    let hasBegun = false;
    const answered = this.#last.then(() => {
      hasBegun = true;
      return this.#answer(question, provider, onProgress, signal);
    });
    this.#last = answered;
    if (signal.aborted) return Promise.resolve(cancelled);
    return new Promise((resolve) => {
      // A question that still waits for the one before ends at once.
      const leave = (): void => {
        if (!hasBegun) resolve(cancelled);
      };
      signal.addEventListener('abort', leave, { once: true });
      void answered.then((outcome) => {
        signal.removeEventListener('abort', leave);
        resolve(outcome);
      });
    });
  }

  /** Ends the worker and gives back its memory; the next question starts another. */
  dispose(): void {
    this.#worker.dismiss();
  }

  async #answer(
    question: Question,
    provider: ProviderChoice,
    onProgress: (progress: QuestionProgress) => void,
    signal: AbortSignal,
  ): Promise<AnswerOutcome> {
    if (signal.aborted) return cancelled;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const cancel = (): void => {
      this.#worker.tell((service) => service.cancel());
      timer = setTimeout(() => this.#worker.dismiss(), cancelsWithin);
    };
    signal.addEventListener('abort', cancel, { once: true });
    const listener = async (progress: QuestionProgress): Promise<void> => {
      if (!signal.aborted) onProgress(progress);
    };
    const call = await this.#worker.call((service) =>
      service.ask(question, provider, proxy(listener)),
    );
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
    return signal.aborted ? cancelled : outcomeOf(call);
  }
}

function outcomeOf(call: CallOutcome<AnswerOutcome>): AnswerOutcome {
  switch (call.kind) {
    case 'done':
      return call.result;
    case 'dismissed':
      return cancelled;
    case 'failed':
      return { kind: 'failed', failure: { kind: 'other', sentence: call.sentence } };
  }
}
