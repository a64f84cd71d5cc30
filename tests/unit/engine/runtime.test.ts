// Programs and executors: what they take, what they refuse, and how they end.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { add, input, sum, tanh } from '../../../src/engine/graph/index.ts';
import { compileGraph, floats, ProviderError } from '../../../src/engine/runtime/executor.ts';
import type { DeviceTensor, Executor } from '../../../src/engine/runtime/executor.ts';
import { onLanes } from '../../../src/engine/runtime/lanes.ts';
import { createNodeExecutor, describeNodeProviders } from '../../../src/engine/runtime/node.ts';

const graph = () => ({ y: add(input('x', [2]), 1) });
const x = floats([2], Float32Array.of(1, 2));

describe.each([
  ['one lane', { threads: 1 }],
  ['two lanes', { threads: 2, sideBySide: true }],
])('a program on the CPU, %s', (_, options) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createNodeExecutor({ provider: 'cpu', ...options });
  });
  afterAll(() => executor.dispose());

  it('takes its own outputs as inputs, without reading them in between', async () => {
    const program = await compileGraph(executor, graph());
    const first = (await program.run({ x })).y as DeviceTensor;
    const second = (await program.run({ x: first }, executor.lanes - 1)).y as DeviceTensor;
    expect([...(await second.read())]).toEqual([3, 4]);
    program.dispose();
  });

  it('refuses what does not fit an input, naming it', async () => {
    const program = await compileGraph(executor, graph());
    await expect(program.run({})).rejects.toThrow("run: no value was given for the input 'x'.");
    await expect(program.run({ x: floats([1], Float32Array.of(1)) })).rejects.toThrow(
      "run: the input 'x' takes float32 [2], got float32 [1].",
    );
    await expect(program.run({ x: floats([2], Float32Array.of(1)) })).rejects.toThrow(
      "run: the input 'x' takes 2 values, got 1.",
    );
    program.dispose();
  });

  it('can be disposed, twice too, and does not run after that', async () => {
    const program = await compileGraph(executor, graph());
    program.dispose();
    program.dispose();
    await expect(program.run({ x })).rejects.toThrow('run: this program has been disposed.');
    const other = await compileGraph(executor, graph());
    expect([...(await (await other.run({ x })).y!.read())]).toEqual([2, 3]);
  });

  it('finishes what it is computing when it is disposed meanwhile', async () => {
    const program = await compileGraph(executor, { y: sum(tanh(input('x', [400_000]))) });
    const running = program.run({ x: floats([400_000], new Float32Array(400_000).fill(1)) });
    program.dispose();
    const value = (await (await running).y!.read())[0] as number;
    expect(value / (400_000 * Math.tanh(1))).toBeCloseTo(1, 3);
  });
});

describe('providers', () => {
  it('refuses an unknown one with the names that are known', async () => {
    await expect(createNodeExecutor({ provider: 'abacus' as 'cpu' })).rejects.toThrow(
      "Unknown provider 'abacus': expected auto, cuda, webgpu, cpu.",
    );
  });

  it('runs the CPU everywhere; one that is missing is an error with its fix where it is named', async () => {
    const reports = await describeNodeProviders();
    expect(reports.find(({ provider }) => provider === 'cpu')).toMatchObject({ available: true });
    for (const { provider, available, fix } of reports) {
      if (available) continue;
      const refusal = createNodeExecutor({ provider });
      await expect(refusal).rejects.toThrow(ProviderError);
      await expect(refusal).rejects.toThrow(`The provider '${provider}' cannot run here: `);
      await expect(refusal).rejects.toThrow(fix);
    }
  });

  it('says once, on auto, what was taken and why not the others before it', async () => {
    const executor = await createNodeExecutor();
    const missing = (await describeNodeProviders()).filter(({ available }) => !available);
    expect(executor.reason).toMatch(new RegExp(`^Computing on ${executor.provider}`));
    if (executor.provider === 'cpu')
      for (const { provider } of missing) expect(executor.reason).toContain(`${provider} (`);
    executor.dispose();
  });
});

describe('onLanes', () => {
  it('does every item once, side by side', async () => {
    const done: number[] = [];
    let [busy, most] = [0, 0];
    await onLanes([...Array(20).keys()], 3, async (item) => {
      most = Math.max(most, ++busy);
      await new Promise((resolve) => setTimeout(resolve, 1));
      done.push(item);
      busy--;
    });
    expect(done.toSorted((a, b) => a - b)).toEqual([...Array(20).keys()]);
    expect(most).toBe(3);
  });

  it('fails once every lane is at rest, and begins nothing after a failure', async () => {
    const begun: number[] = [];
    let resting = 0;
    const work = onLanes([0, 1, 2, 3, 4, 5], 2, async (item) => {
      begun.push(item);
      if (item === 0) throw new Error('lost');
      await new Promise((resolve) => setTimeout(resolve, 20));
      resting++;
    });
    await expect(work).rejects.toThrow('lost');
    expect(begun).toEqual([0, 1]);
    expect(resting).toBe(1);
  });
});
