// Several single-threaded sessions side by side: for chunks of small networks, faster than one session's threads.
import { Worker } from 'node:worker_threads';
import { wrap } from 'comlink';
import type { Remote } from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import type { DeviceTensor, Executor, Feed, HostTensor } from './executor.ts';
import type { Lane } from './node-lane.worker.ts';
import { checkedFeeds } from './session.ts';

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

const toHost = (feed: Feed): HostTensor =>
  'values' in feed ? feed : (hostTensors.get(feed) as HostTensor);

/** A thread that keeps the process alive while it has something to do, and only then. */
class LaneThread {
  private readonly worker = new Worker(new URL('./node-lane.worker.ts', import.meta.url));
  private readonly remote: Remote<Lane> = wrap<Lane>(nodeEndpoint(this.worker));
  private pending = 0;

  constructor() {
    this.worker.unref();
  }

  async ask<Result>(question: (lane: Remote<Lane>) => Promise<Result>): Promise<Result> {
    if (this.pending++ === 0) this.worker.ref();
    try {
      return await question(this.remote);
    } finally {
      if (--this.pending === 0) this.worker.unref();
    }
  }

  terminate(): void {
    void this.worker.terminate();
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
      return {
        inputs: model.inputs,
        outputs: model.outputs,
        modelBytes: model.bytes.byteLength,
        async run(feeds, lane = 0) {
          const host = Object.fromEntries(
            Object.entries(checkedFeeds(model, feeds)).map(([name, feed]) => [name, toHost(feed)]),
          );
          const thread = threads[lane] as LaneThread;
          const results = await thread.ask((remote) => remote.run(id, host));
          return Object.fromEntries(
            Object.entries(results).map(([name, tensor]) => [name, laneTensor(tensor)]),
          );
        },
        dispose() {
          for (const thread of threads) void thread.ask((lane) => lane.release(id));
        },
      };
    },
    dispose() {
      for (const thread of threads) thread.terminate();
    },
  };
}
