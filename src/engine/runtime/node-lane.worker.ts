// One lane: a single-threaded ONNX Runtime session per program, in a thread of its own.
import { parentPort } from 'node:worker_threads';
import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/umd/node-adapter.js';
import type { Model } from '../onnx/serialise.ts';
import type { HostTensor, Program } from './executor.ts';
import { nodeCompiler } from './node-session.ts';

const compile = nodeCompiler('cpu', 1);
const programs = new Map<number, Program>();

export interface Lane {
  /** Answers once ONNX Runtime is there. */
  loaded(): void;
  compile(id: number, model: Model): Promise<void>;
  run(id: number, feeds: Record<string, HostTensor>): Promise<Record<string, HostTensor>>;
  release(id: number): void;
}

const lane: Lane = {
  loaded() {},
  async compile(id, model) {
    programs.set(id, await compile(model));
  },
  async run(id, feeds) {
    const results = await (programs.get(id) as Program).run(feeds);
    const read = Object.entries(results).map(
      async ([name, { dtype, shape, read }]) =>
        [name, { dtype, shape, values: await read() }] as const,
    );
    return Object.fromEntries(await Promise.all(read));
  },
  release(id) {
    programs.get(id)?.dispose();
    programs.delete(id);
  },
};

if (parentPort) expose(lane, nodeEndpoint(parentPort));
