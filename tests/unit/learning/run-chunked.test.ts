// Truth: the arithmetic of each row, written out; and a program that keeps what it was fed.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, constant, input, multiply, reshape, sum } from '../../../src/engine/graph/index.ts';
import { compileGraph, floats } from '../../../src/engine/runtime/executor.ts';
import type { Executor, Feed, HostTensor, Program } from '../../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { runChunked } from '../../../src/learning/run-chunked.ts';

const counting = (length: number, from = 1) => Float32Array.from({ length }, (_, i) => from + i);

describe.each([1, 2, 3])('on %d lanes', (threads) => {
  let executor: Executor;
  let program: Program;
  beforeAll(async () => {
    executor = await createNodeExecutor({ provider: 'cpu', threads });
    const a = input('a', [4, 3]);
    const b = input('b', [4, 1, 2]);
    const shift = input('shift', [1, 3]);
    program = await compileGraph(executor, {
      total: sum(add(a, shift), [1]),
      outer: multiply(reshape(a, [4, 3, 1]), b),
    });
  });
  afterAll(() => executor.dispose());

  it.each([1, 3, 4, 5, 8, 30])('%d rows come back whole and in order', async (M) => {
    expect(executor.lanes).toBe(threads);
    const a = counting(3 * M);
    const b = counting(2 * M, 100);
    const shift = floats([1, 3], Float32Array.of(10, 20, 30));
    const { total, outer } = await runChunked(executor, program, { a, b }, { shift });
    // Whole numbers below 2^24: exact in float32.
    const rows = Array.from({ length: M }, (_, m) => m);
    expect([...total!]).toEqual(rows.map((m) => 3 * (3 * m + 2) + 60));
    const product = (m: number, i: number, j: number) => a[3 * m + i]! * b[2 * m + j]!;
    const expected = rows.flatMap((m) =>
      [0, 1, 2].flatMap((i) => [product(m, i, 0), product(m, i, 1)]),
    );
    expect([...outer!]).toEqual(expected);
  });

  it('no rows give no results', async () => {
    const nothing = new Float32Array(0);
    const shift = floats([1, 3], counting(3));
    const results = await runChunked(executor, program, { a: nothing, b: nothing }, { shift });
    expect(results).toEqual({ total: nothing, outer: nothing });
  });

  it('an input that the graph does not depend on is left out', async () => {
    const unused = { a: counting(15), b: counting(10), weights: counting(7) };
    const shift = floats([1, 3], counting(3));
    const { total } = await runChunked(executor, program, unused, { shift });
    expect([...total!]).toEqual([12, 21, 30, 39, 48]);
  });
});

/** A program that doubles rows `[4, 2]`, and keeps what it was fed, on which lane, and what was disposed. */
function watched(run: (call: number) => void = () => {}) {
  const fed: { feeds: Readonly<Record<string, Feed>>; lane: number | undefined }[] = [];
  let open = 0;
  const program: Program = {
    inputs: [
      { name: 'rows', dtype: 'float32', shape: [4, 2] },
      { name: 'same', dtype: 'float32', shape: [1] },
    ],
    outputs: [{ name: 'doubled', dtype: 'float32', shape: [4, 2] }],
    modelBytes: 0,
    async run(feeds, lane) {
      fed.push({ feeds, lane });
      run(fed.length);
      const values = (feeds.rows as HostTensor).values.map((value) => 2 * value);
      open++;
      const doubled = {
        dtype: 'float32' as const,
        shape: [4, 2],
        read: () => Promise.resolve(values as Float32Array),
        dispose: () => void open--,
      };
      return { doubled };
    },
    dispose() {},
  };
  return { program, fed, stillOpen: () => open };
}

describe('a chunk', () => {
  const same = floats([1], Float32Array.of(7));

  it('that is not full is filled with zeros, whose results are dropped', async () => {
    const { program, fed, stillOpen } = watched();
    const { doubled } = await runChunked({ lanes: 1 }, program, { rows: counting(12) }, { same });
    expect(fed.map(({ feeds }) => [...(feeds.rows as HostTensor).values])).toEqual([
      [1, 2, 3, 4, 5, 6, 7, 8],
      [9, 10, 11, 12, 0, 0, 0, 0],
    ]);
    expect([...doubled!]).toEqual([...counting(12)].map((value) => 2 * value));
    expect(stillOpen()).toBe(0);
  });

  it('sees the shared inputs as they are, and a lane that there is', async () => {
    const { program, fed } = watched();
    await runChunked({ lanes: 3 }, program, { rows: counting(2 * 4 * 7) }, { same });
    expect(fed).toHaveLength(7);
    for (const { feeds } of fed) expect(feeds.same).toBe(same);
    expect(new Set(fed.map(({ lane }) => lane))).toEqual(new Set([0, 1, 2]));
  });

  it('that fails is the end of all: no chunk is begun after it', async () => {
    const { program, fed } = watched((call) => {
      if (call === 2) throw new Error('out of memory');
    });
    const failing = runChunked({ lanes: 1 }, program, { rows: counting(2 * 4 * 7) }, { same });
    await expect(failing).rejects.toThrow('out of memory');
    expect(fed).toHaveLength(2);
  });
});

describe('refuses in a sentence', () => {
  const { program } = watched();

  it('values that are not whole rows', async () => {
    await expect(runChunked({ lanes: 1 }, program, { rows: counting(7) })).rejects.toThrow(
      "runChunked: 7 values for 'rows' are not 4 whole rows of 2 each.",
    );
  });

  it('inputs of different numbers of rows', async () => {
    const [a, b] = [input('a', [4, 3]), input('b', [4])];
    const executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
    const both = await compileGraph(executor, { total: add(sum(a, [1]), b) });
    await expect(runChunked(executor, both, { a: counting(9), b: counting(4) })).rejects.toThrow(
      "runChunked: 4 values for 'b' are not 3 whole rows of 1 each.",
    );
    executor.dispose();
  });

  it('rows of which the graph knows none', async () => {
    const executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
    const fixed = await compileGraph(executor, { fixed: constant([1, 2]) });
    await expect(runChunked(executor, fixed, { weights: counting(9) })).rejects.toThrow(
      "runChunked: the graph takes none of the inputs given by row ('weights'): expected at least one, to tell how many rows there are.",
    );
    executor.dispose();
  });
});
