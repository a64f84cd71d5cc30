import { expect, test } from 'vitest';
import { createTrainingClient } from '../../../src/worker/training-client.ts';
import { request } from './service.ts';

/** A worker that never answers, and dies when told to. */
class SilentWorker extends EventTarget {
  isTerminated = false;
  postMessage(): void {}
  terminate(): void {
    this.isTerminated = true;
  }
}

test('a worker that dies ends the run with a sentence, and the next run has another worker', async () => {
  const workers: SilentWorker[] = [];
  const client = createTrainingClient(() => {
    const worker = new SilentWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  const outcome = client.train(request(), () => Promise.resolve());
  workers[0]!.dispatchEvent(new Event('error'));
  expect(await outcome).toEqual({
    kind: 'failed',
    failure: {
      kind: 'other',
      sentence:
        'The training worker stopped; train again, with fewer or smaller networks if it repeats.',
    },
  });
  expect(workers[0]!.isTerminated).toBe(true);
  void client.train(request(), () => Promise.resolve());
  expect(workers).toHaveLength(2);
});

test('no worker is started before the first run', () => {
  let started = 0;
  const client = createTrainingClient(() => {
    started++;
    return new SilentWorker() as unknown as Worker;
  });
  client.pause();
  client.select(3);
  client.stop();
  expect(started).toBe(0);
});
