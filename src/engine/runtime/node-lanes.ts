// Several single-threaded sessions side by side: for chunks of small networks, faster than one session's threads.
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import { ProviderError } from './executor.ts';
import type { DeviceTensor, Executor, Feed, HostTensor } from './executor.ts';
import type { Lane } from './node-lane.worker.ts';
import { checkedFeeds, foreignTensor } from './session.ts';

const hostTensors = new WeakMap<DeviceTensor, HostTensor>();

/** A result that came back from a lane: plain memory, usable on every lane. */
function laneTensor(host: HostTensor): DeviceTensor {
  const made: DeviceTensor = {
    dtype: host.dtype,
    shape: host.shape,
    read: () => Promise.resolve(host.values),
    dispose: () => {},
  };
  hostTensors.set(made, host);
  return made;
}

function toHost(name: string, feed: Feed): HostTensor {
  const host = 'values' in feed ? feed : hostTensors.get(feed);
  if (!host) throw foreignTensor(name);
  // A view sent to another thread would take its whole buffer with it.
  const isView = host.values.byteLength < host.values.buffer.byteLength;
  return isView ? { ...host, values: host.values.slice() } : host;
}

/** A thread that keeps the process alive while it has something to do, and only then. */
class LaneThread {
  private readonly worker = new Worker(new URL('./node-lane.worker.ts', import.meta.url));
  private readonly remote: Remote<Lane> = wrap<Lane>(nodeEndpoint(this.worker));
  /** How to fail each question that has no answer yet. */
  private readonly waiting = new Set<(reason: unknown) => void>();
  /** Why nothing more is answered: a thread that has ended would let a question wait for ever. */
  private ended: Error | null = null;

  constructor() {
    this.worker.unref();
    const failAll = (reason: unknown) => this.waiting.forEach((fail) => fail(reason));
    this.worker.once('error', failAll);
    this.worker.once('exit', () => {
      this.ended ??= new ProviderError(
        'A thread of the CPU ended early; run again with fewer threads.',
      );
      failAll(this.ended);
    });
    // The first question of all: a thread that is ended, or left by its process, while it loads ONNX Runtime takes both with it.
    this.ask((lane) => lane.loaded()).catch(() => {});
  }

  async ask<Result>(question: (lane: Remote<Lane>) => Promise<Result>): Promise<Result> {
    if (this.ended) throw this.ended;
    let fail: (reason: unknown) => void = () => {};
    try {
      return await new Promise<Result>((resolve, reject) => {
        fail = reject;
        if (this.waiting.size === 0) this.worker.ref();
        this.waiting.add(fail);
        question(this.remote).then(resolve, reject);
      });
    } finally {
      this.waiting.delete(fail);
      if (this.waiting.size === 0) this.rest();
    }
  }

  /** Ends the thread when it has answered: one that is stopped inside ONNX Runtime takes the process with it. */
  close(): void {
    this.ended ??= new Error('This executor has been disposed: create another one.');
    if (this.waiting.size === 0) this.rest();
  }

  private rest(): void {
    this.worker.unref();
    if (this.ended) void this.worker.terminate();
  }
}

/** Compiles every program once per lane; `run` says on which. */
export function createLanes(count: number): Pick<Executor, 'compile' | 'dispose' | 'lanes'> {
  const threads = Array.from({ length: count }, () => new LaneThread());
  let made = 0;
  return {
    lanes: count,
    async compile(model) {
      const id = made++;
      await Promise.all(threads.map((thread) => thread.ask((lane) => lane.compile(id, model))));
      let disposed = false;
      return {
        inputs: model.inputs,
        outputs: model.outputs,
        modelBytes: model.bytes.byteLength,
        async run(feeds, lane = 0) {
          if (disposed) throw new Error('run: this program has been disposed.');
          const host = Object.fromEntries(
            Object.entries(checkedFeeds(model, feeds)).map(([name, feed]) => [
              name,
              toHost(name, feed),
            ]),
          );
          const thread = threads[lane] as LaneThread;
          const results = await thread.ask((remote) => remote.run(id, host));
          return Object.fromEntries(
            Object.entries(results).map(([name, tensor]) => [name, laneTensor(tensor)]),
          );
        },
        dispose() {
          if (disposed) return;
          disposed = true;
          // A lane that has died has nothing left to release.
          for (const thread of threads) thread.ask((lane) => lane.release(id)).catch(() => {});
        },
      };
    },
    dispose() {
      for (const thread of threads) thread.close();
    },
  };
}
