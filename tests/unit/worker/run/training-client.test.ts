import { expose } from 'comlink';
import { afterEach, expect, test, vi } from 'vitest';
import { createTrainingService } from '../../../../src/worker/run/training-service.ts';
import type { RunMessage, TrainingService } from '../../../../src/worker/run/run-messages.ts';
import { TrainingClient } from '../../../../src/worker/run/training-client.ts';
import { executorAs, home, request, tapped } from './service-in-node.ts';

const ports: MessagePort[] = [];
afterEach(() => ports.splice(0).forEach((port) => port.close()));

/** A worker's outside, with a service behind it in this very thread; it dies when told to. */
class NearWorker extends EventTarget {
  isTerminated = false;
  readonly #port: MessagePort;

  constructor(service: TrainingService | null) {
    super();
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    if (service) expose(service, port2);
    port1.onmessage = (event) =>
      this.dispatchEvent(new MessageEvent('message', { data: event.data }));
    this.#port = port1;
  }

  postMessage(message: unknown, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer as never);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
  }

  die(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
}

function near(service: () => TrainingService | null = () => createTrainingService(home())) {
  const workers: NearWorker[] = [];
  const client = new TrainingClient(() => {
    const worker = new NearWorker(service());
    workers.push(worker);
    return worker as unknown as Worker;
  });
  const messages: RunMessage[] = [];
  const listener = async (message: RunMessage) => void messages.push(message);
  const heard = (kind: RunMessage['kind']) => messages.filter((message) => message.kind === kind);
  return { workers, client, messages, listener, heard };
}

test('no worker is started before the first run, and commands before it are nothing', async () => {
  const { client, workers } = near();
  client.send({ kind: 'play' });
  client.send({ kind: 'pause' });
  client.send({ kind: 'step' });
  client.send({ kind: 'select', network: 3 });
  client.send({ kind: 'set-epochs', epochs: 5 });
  client.close();
  expect(await client.save()).toBeNull();
  expect(client.lastSaved).toBeNull();
  expect(workers).toHaveLength(0);
});

test('a run is led through the worker, and what it saves is kept on the page', async () => {
  const { client, listener, heard } = near();
  expect(await client.open(request(), listener)).toMatchObject({ kind: 'opened' });
  client.send({ kind: 'step' });
  client.send({ kind: 'step' });
  await vi.waitFor(() => expect(client.lastSaved?.state.step).toBe(2));
  expect(heard('frame').length).toBeGreaterThan(1);
  expect((await client.save())!.state.step).toBe(2);
  client.dispose();
});

test('a worker that dies while it trains: told to the listener, the last saving intact, and the run goes on in another', async () => {
  const { client, listener, heard, workers } = near();
  await client.open(request(), listener);
  client.send({ kind: 'step' });
  await vi.waitFor(() => expect(client.lastSaved?.state.step).toBe(1));
  const saving = client.save();
  workers[0]!.die('out of order');
  expect(heard('failed')).toEqual([
    {
      kind: 'failed',
      failure: {
        kind: 'other',
        sentence:
          'The training worker stopped (out of order); what was saved at step 1 is intact, so go on from there, with fewer or smaller networks if it repeats.',
      },
    },
  ]);
  expect(workers[0]!.isTerminated).toBe(true);
  expect((await saving)!.state.step).toBe(1);
  const resume = client.lastSaved!;
  expect(await client.open(request({ resume }), listener)).toMatchObject({ kind: 'opened' });
  expect(workers).toHaveLength(2);
  client.send({ kind: 'step' });
  await vi.waitFor(() => expect(client.lastSaved?.state.step).toBe(2));
  client.dispose();
});

test('a worker that dies while it opens ends the opening with a sentence', async () => {
  const { client, listener, heard, workers } = near(() => null);
  const outcome = client.open(request(), listener);
  workers[0]!.die('');
  expect(await outcome).toEqual({
    kind: 'failed',
    failure: {
      kind: 'other',
      sentence:
        'The training worker stopped; train again, with fewer or smaller networks if it repeats.',
    },
  });
  expect(heard('failed')).toEqual([]);
});

test('a worker that cannot be started, or reached, ends the opening with a sentence', async () => {
  const client = new TrainingClient(() => {
    throw new Error('workers are forbidden');
  });
  expect(await client.open(request(), () => Promise.resolve())).toMatchObject({
    kind: 'failed',
    failure: { sentence: expect.stringContaining('lost touch (workers are forbidden)') },
  });
});

test('leaving the page, closing or opening another run ends an opening as closed', async () => {
  const { client, listener } = near(() => null);
  const first = client.open(request(), listener);
  const second = client.open(request(), listener);
  expect(await first).toEqual({ kind: 'closed' });
  client.close();
  expect(await second).toEqual({ kind: 'closed' });
  const third = client.open(request(), listener);
  client.dispose();
  expect(await third).toEqual({ kind: 'closed' });
});

test('after a refusal the worker is kept; after a failure that may have left something broken the next run has a new one', async () => {
  let isBroken = false;
  const { client, listener, workers } = near(() =>
    createTrainingService(
      home({
        start: async () =>
          tapped(await executorAs('wasm'), (program, feeds) =>
            isBroken ? Promise.reject(new Error('std::bad_alloc')) : program.run(feeds),
          ),
      }),
    ),
  );
  const refused = await client.open(request({ startWeights: new Float32Array(1) }), listener);
  expect(refused).toMatchObject({ kind: 'failed', failure: { kind: 'experiment' } });
  await client.open(request(), listener);
  expect(workers).toHaveLength(1);
  isBroken = true;
  expect(await client.open(request(), listener)).toMatchObject({ failure: { kind: 'memory' } });
  expect(workers[0]!.isTerminated).toBe(true);
  isBroken = false;
  expect(await client.open(request(), listener)).toMatchObject({ kind: 'opened' });
  expect(workers).toHaveLength(2);
  client.dispose();
});

test('a run that is over is not heard any more', async () => {
  const { client, messages, listener } = near();
  await client.open(request(), listener);
  client.send({ kind: 'play' });
  client.close();
  const { length } = messages;
  await client.open(request(), () => Promise.resolve());
  expect(messages).toHaveLength(length);
  client.dispose();
});
