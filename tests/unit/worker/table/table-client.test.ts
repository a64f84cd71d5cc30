// Truth: whatever happens to the worker, a question is answered, with a sentence at worst.
import { expect, it } from 'vitest';
import { createTableClient } from '../../../../src/worker/table/table-client.ts';

/** A worker that never answers, and dies when told to. */
class SilentWorker extends EventTarget {
  isTerminated = false;
  postMessage(): void {}
  terminate(): void {
    this.isTerminated = true;
  }
}

function start() {
  const workers: SilentWorker[] = [];
  const client = createTableClient(() => {
    const worker = new SilentWorker();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { workers, client };
}

it('says that the worker died, and asks another one next time', async () => {
  const { workers, client } = start();
  const told = client.inspect('a,y\n1,p', 'x.csv', 'auto', null);
  workers[0]!.dispatchEvent(new Event('error'));
  expect(await told).toEqual({
    kind: 'refused',
    sentence:
      'The worker that reads data stopped; choose the data again, and a smaller file if it repeats.',
  });
  expect(workers[0]!.isTerminated).toBe(true);
  void client.inspect('a,y\n1,p', 'x.csv', 'auto', null);
  expect(workers).toHaveLength(2);
});

it('says so where none can be started', async () => {
  const client = createTableClient(() => {
    throw new Error('no workers here');
  });
  const { kind } = await client.inspect('a,y\n1,p', 'x.csv', 'auto', null);
  expect(kind).toBe('refused');
});

it('starts none before it is asked, and ends it when disposed of', () => {
  const { workers, client } = start();
  expect(workers).toHaveLength(0);
  void client.inspect('', 'x.csv', 'auto', null);
  client.dispose();
  expect(workers[0]!.isTerminated).toBe(true);
});
