// The page's side of the self-test: a worker for one run, ended when the run is over or the reader stops it.
import { proxy, wrap } from 'comlink';
import type {
  SelfTestListener,
  SelfTestOutcome,
  SelfTestRequest,
  SelfTestService,
} from './self-test-messages.ts';

export interface SelfTestRun {
  /** Never rejects; null where it was stopped. */
  readonly outcome: Promise<SelfTestOutcome | null>;
  stop(): void;
}

const startWorker = (): Worker =>
  new Worker(new URL('./self-test.worker.ts', import.meta.url), { type: 'module' });

/** @param start makes the worker; a test gives another. */
export function startSelfTest(
  request: SelfTestRequest,
  listener: SelfTestListener,
  start: () => Worker = startWorker,
): SelfTestRun {
  let worker: Worker;
  try {
    worker = start();
  } catch (error) {
    return { outcome: Promise.resolve(notStarted(error)), stop() {} };
  }
  let end: (outcome: SelfTestOutcome | null) => void = () => {};
  const over = new Promise<SelfTestOutcome | null>((resolve) => {
    end = resolve;
  });
  const report = (event: Event): void => {
    const { message } = event as Partial<ErrorEvent>;
    end({
      kind: 'failed',
      sentence: `The worker of the tests stopped${message ? ` (${message})` : ''}; reload the page and run them again, on WebAssembly if it repeats.`,
    });
  };
  worker.addEventListener('error', report);
  worker.addEventListener('messageerror', report);
  const service = wrap<SelfTestService>(worker);
  let isOver = false;
  const heard: SelfTestListener = (message) => (isOver ? undefined : listener(message));
  service.run(request, proxy(heard)).then(end, (error: unknown) => end(notStarted(error)));
  const outcome = over.finally(() => {
    isOver = true;
    worker.terminate();
  });
  return { outcome, stop: () => end(null) };
}

function notStarted(error: unknown): SelfTestOutcome {
  const reason = error instanceof Error ? error.message : String(error);
  return {
    kind: 'failed',
    sentence: `The tests could not be started (${reason}); serve the page with \`npm start\` instead of opening it from the disk, and try again.`,
  };
}
