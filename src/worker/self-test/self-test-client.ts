// The page's side of the self-test: a worker for one run, ended when the run is over or the reader stops it.
import { proxy } from 'comlink';
import { aside, WorkerHandle } from '../worker-handle.ts';
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
  const worker = new WorkerHandle<SelfTestService>({
    start,
    stopped: (message) =>
      `The worker of the tests stopped${aside(message)}; reload the page and run them again, on WebAssembly if it repeats.`,
    unreachable: (reason) =>
      `The tests could not be started (${reason}); serve the page with \`npm start\` instead of opening it from the disk, and try again.`,
  });
  let isOver = false;
  const heard: SelfTestListener = (message) => (isOver ? undefined : listener(message));
  const outcome = worker
    .call((service) => service.run(request, proxy(heard)))
    .then((call): SelfTestOutcome | null => {
      isOver = true;
      worker.dismiss();
      if (call.kind === 'done') return call.result;
      return call.kind === 'failed' ? call : null;
    });
  return {
    outcome,
    stop() {
      isOver = true;
      worker.dismiss();
    },
  };
}
