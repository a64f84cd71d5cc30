// The page's side of the analysis worker: it queues, cancels, replaces a worker that hangs or dies, and never rejects.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AnalysisClient } from '../../../../src/worker/analysis/analysis-client.ts';
import type { Question } from '../../../../src/worker/analysis/analysis-messages.ts';

/** A worker that never answers, and dies when told to. */
class SilentWorker extends EventTarget {
  isTerminated = false;
  readonly heard: string[] = [];
  postMessage(message: { type: string; path?: string[] }): void {
    this.heard.push(message.path?.join('.') ?? message.type);
  }
  terminate(): void {
    this.isTerminated = true;
  }
}

const question = { kind: 'landscape', subject: {} } as unknown as Question;
const nothing = (): void => {};

function clientOfSilence() {
  const workers: SilentWorker[] = [];
  const client = new AnalysisClient(() => {
    const worker = new SilentWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  const ask = (signal = new AbortController().signal) =>
    client.ask(question, 'auto', nothing, signal);
  return { workers, client, ask };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const settled = () => vi.advanceTimersByTimeAsync(0);

test('no worker is started before the first question', async () => {
  const { workers, client, ask } = clientOfSilence();
  client.dispose();
  const aborted = AbortSignal.abort();
  expect(await ask(aborted)).toEqual({ kind: 'cancelled' });
  await settled();
  expect(workers).toHaveLength(0);
});

test('a worker that dies ends its question with a sentence, and the next has another worker', async () => {
  const { workers, ask } = clientOfSilence();
  const [first, second] = [ask(), ask()];
  await settled();
  expect(workers).toHaveLength(1);
  workers[0]!.dispatchEvent(new Event('error'));
  expect(await first).toEqual({
    kind: 'failed',
    failure: {
      kind: 'other',
      sentence:
        'The worker of the analyses stopped; compute it again, with fewer networks or a coarser grid if it repeats.',
    },
  });
  expect(workers[0]!.isTerminated).toBe(true);
  await settled();
  expect(workers).toHaveLength(2);
  workers[1]!.dispatchEvent(new Event('messageerror'));
  expect((await second).kind).toBe('failed');
});

test('a worker that does not stop within a second is replaced', async () => {
  const { workers, ask } = clientOfSilence();
  const control = new AbortController();
  const outcome = ask(control.signal);
  await settled();
  control.abort();
  await vi.advanceTimersByTimeAsync(999);
  expect(workers[0]!.heard).toContain('cancel');
  expect(workers[0]!.isTerminated).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await outcome).toEqual({ kind: 'cancelled' });
  expect(workers[0]!.isTerminated).toBe(true);
  void ask();
  await settled();
  expect(workers).toHaveLength(2);
});

test('a question that waits for its turn is cancelled without disturbing the one before', async () => {
  const { workers, ask } = clientOfSilence();
  void ask();
  const control = new AbortController();
  const second = ask(control.signal);
  await settled();
  control.abort();
  expect(await second).toEqual({ kind: 'cancelled' });
  await vi.advanceTimersByTimeAsync(5000);
  expect(workers).toHaveLength(1);
  expect(workers[0]!.isTerminated).toBe(false);
  expect(workers[0]!.heard).not.toContain('cancel');
});

test('disposing ends what is under way', async () => {
  const { workers, client, ask } = clientOfSilence();
  const outcome = ask();
  await settled();
  client.dispose();
  expect(await outcome).toEqual({ kind: 'cancelled' });
  expect(workers[0]!.isTerminated).toBe(true);
});

test('a worker that cannot be started is told in a sentence', async () => {
  const client = new AnalysisClient(() => {
    throw new Error('no workers here');
  });
  const outcome = await client.ask(question, 'auto', nothing, new AbortController().signal);
  expect(outcome).toEqual({
    kind: 'failed',
    failure: {
      kind: 'other',
      sentence:
        'The page and the worker of the analyses lost touch (no workers here); compute it again.',
    },
  });
});
