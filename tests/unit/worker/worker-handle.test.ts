// The page's hold on a worker: whatever happens to it, every call is answered, and the next has another worker.
import { expose } from 'comlink';
import { afterEach, expect, test } from 'vitest';
import { aside, WorkerHandle } from '../../../src/worker/worker-handle.ts';

interface Service {
  double(value: number): number;
  refuse(): never;
  never(): Promise<number>;
  note(value: number): void;
}

const ports: MessagePort[] = [];
const notes: number[] = [];
afterEach(() => {
  ports.splice(0).forEach((port) => port.close());
  notes.length = 0;
});

const service: Service = {
  double: (value) => 2 * value,
  refuse() {
    throw new Error('not today');
  },
  never: () => new Promise(() => {}),
  note: (value) => void notes.push(value),
};

/** A worker's outside, with a service behind it in this very thread, or with nobody there yet. */
class NearWorker extends EventTarget {
  isTerminated = false;
  readonly #port: MessagePort;

  constructor(isReady: boolean) {
    super();
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    if (isReady) expose(service, port2);
    port1.onmessage = (event) =>
      this.dispatchEvent(new MessageEvent('message', { data: event.data }));
    this.#port = port1;
  }

  postMessage(message: unknown): void {
    this.#port.postMessage(message);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

function hold({ isReady = true, start }: { isReady?: boolean; start?: () => Worker } = {}) {
  const workers: NearWorker[] = [];
  const lost: string[] = [];
  const handle = new WorkerHandle<Service>({
    start:
      start ??
      (() => {
        const worker = new NearWorker(isReady);
        workers.push(worker);
        return worker as unknown as Worker;
      }),
    stopped: (message) => `It stopped${aside(message)}.`,
    unreachable: (reason) => `It was not reached (${reason}).`,
    onLost: (sentence) => lost.push(sentence),
  });
  return { handle, workers, lost };
}

test('a worker is started by the first call, and kept for the next', async () => {
  const { handle, workers } = hold();
  handle.tell((far) => far.note(1));
  handle.dismiss();
  expect([workers.length, handle.isRunning]).toEqual([0, false]);
  expect(await handle.call((far) => far.double(4))).toEqual({ kind: 'done', result: 8 });
  expect(await handle.call((far) => far.double(5))).toEqual({ kind: 'done', result: 10 });
  expect([workers.length, handle.isRunning]).toEqual([1, true]);
});

test('what is told reaches a worker that is there, in the order of telling', async () => {
  const { handle } = hold();
  const call = handle.call((far) => far.double(1));
  handle.tell((far) => far.note(1));
  handle.tell((far) => far.note(2));
  await call;
  await handle.call((far) => far.double(1));
  expect(notes).toEqual([1, 2]);
});

test('two calls at once are answered each with its own result', async () => {
  const { handle, workers } = hold();
  const answers = await Promise.all([1, 2].map((value) => handle.call((far) => far.double(value))));
  expect(answers.map((answer) => answer.kind === 'done' && answer.result)).toEqual([2, 4]);
  expect(workers).toHaveLength(1);
});

test('a worker that dies in mid-call ends all calls with its sentence, once', async () => {
  const { handle, workers, lost } = hold();
  const calls = [handle.call((far) => far.never()), handle.call((far) => far.never())];
  workers[0]!.die('out of order');
  workers[0]!.die('again');
  const failed = { kind: 'failed', sentence: 'It stopped (out of order).' };
  expect(await Promise.all(calls)).toEqual([failed, failed]);
  expect(lost).toEqual(['It stopped (out of order).']);
  expect(workers[0]!.isTerminated).toBe(true);
});

test('a worker that dies before it is ready, without a word, ends the call', async () => {
  const { handle, workers } = hold({ isReady: false });
  const call = handle.call((far) => far.double(1));
  workers[0]!.die('');
  expect(await call).toEqual({ kind: 'failed', sentence: 'It stopped.' });
});

test('a message that cannot be read is the death of a worker', async () => {
  const { handle, workers } = hold({ isReady: false });
  const call = handle.call((far) => far.double(1));
  workers[0]!.dispatchEvent(new Event('messageerror'));
  expect(await call).toMatchObject({ kind: 'failed' });
});

test('a worker that dies between two calls is told of, and the next call has another', async () => {
  const { handle, workers, lost } = hold();
  await handle.call((far) => far.double(1));
  workers[0]!.die('');
  expect(lost).toEqual(['It stopped.']);
  expect(handle.isRunning).toBe(false);
  expect(await handle.call((far) => far.double(3))).toEqual({ kind: 'done', result: 6 });
  expect(workers).toHaveLength(2);
});

test('a dead worker that speaks once more does not end its successor', async () => {
  const { handle, workers } = hold();
  await handle.call((far) => far.double(1));
  workers[0]!.die('');
  await handle.call((far) => far.double(1));
  workers[0]!.die('');
  expect(handle.isRunning).toBe(true);
});

test('dismissal in mid-call ends the call as dismissed, and the next call has another worker', async () => {
  const { handle, workers, lost } = hold();
  const call = handle.call((far) => far.never());
  handle.dismiss();
  expect(await call).toEqual({ kind: 'dismissed' });
  expect(workers[0]!.isTerminated).toBe(true);
  expect(lost).toEqual([]);
  expect(await handle.call((far) => far.double(2))).toEqual({ kind: 'done', result: 4 });
  expect(workers).toHaveLength(2);
});

test('a call that the worker rejects ends it, and the calls beside it hear why', async () => {
  const { handle, workers, lost } = hold();
  const calls = [handle.call((far) => far.never()), handle.call((far) => far.refuse())];
  const failed = { kind: 'failed', sentence: 'It was not reached (not today).' };
  expect(await Promise.all(calls)).toEqual([failed, failed]);
  expect(lost).toEqual(['It was not reached (not today).']);
  expect(workers[0]!.isTerminated).toBe(true);
});

test('what cannot be sent to the worker fails in a sentence', async () => {
  const { handle } = hold();
  const call = await handle.call((far) => far.double((() => 1) as unknown as number));
  expect(call).toMatchObject({
    kind: 'failed',
    sentence: expect.stringMatching(/^It was not reached \(.*could not be cloned/) as string,
  });
});

test('a worker that cannot be started fails in a sentence, and is tried again', async () => {
  let tries = 0;
  const { handle, lost } = hold({
    start() {
      if (tries++ === 0) throw new Error('workers are forbidden');
      return new NearWorker(true) as unknown as Worker;
    },
  });
  const sentence = 'It was not reached (workers are forbidden).';
  expect(await handle.call((far) => far.double(1))).toEqual({ kind: 'failed', sentence });
  expect(lost).toEqual([sentence]);
  expect(await handle.call((far) => far.double(1))).toEqual({ kind: 'done', result: 2 });
});
