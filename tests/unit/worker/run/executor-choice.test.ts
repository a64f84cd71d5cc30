import { expect, test } from 'vitest';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import {
  ExecutorChoice,
  type ProviderHome,
  type Wanted,
} from '../../../../src/worker/run/executor-choice.ts';
import { measureStep, shapesOf } from '../../../../src/worker/run/step-time.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { executorAs, experimentWith, sources, tapped } from './service-in-node.ts';

/** Executors that compute nothing, and a record of what is started and given back. */
function simulated(changes: Partial<ProviderHome> = {}) {
  const log: string[] = [];
  const home: ProviderHome = {
    whyNotWebGpu: () => Promise.resolve(null),
    async start(provider) {
      log.push(`start ${provider}`);
      return {
        ...{ provider, reason: '', lanes: 1, threads: 1, products: 'matmul' as const },
        lost: new Promise<string>(() => {}),
        compile: () => Promise.reject(new Error('computes nothing')),
        dispose: () => void log.push(`dispose ${provider}`),
      };
    },
    ...changes,
  };
  return { choice: new ExecutorChoice(home), log };
}

const wanted = (
  times: Partial<Record<string, number | Error>>,
  changes: Partial<Wanted> = {},
): Wanted => ({
  choice: 'auto',
  automatic: 'faster',
  shapes: 'one',
  time({ provider }) {
    const time = times[provider];
    return typeof time === 'number' ? Promise.resolve(time) : Promise.reject(time);
  },
  onDownload() {},
  ...changes,
});

test.each([
  [1.94, 4.2, 'webgpu', 'WebGPU 1.9 ms a step, WebAssembly 4.2 ms: computing on WebGPU.', 'wasm'],
  [
    61.6,
    0.35,
    'wasm',
    'WebGPU 62 ms a step, WebAssembly 0.3 ms: computing on WebAssembly.',
    'webgpu',
  ],
])(
  'of %d and %d ms the faster is taken, and the other given back',
  async (webgpu, wasm, taken, reason, dropped) => {
    const { choice, log } = simulated();
    const chosen = await choice.take(wanted({ webgpu, wasm }));
    expect(chosen.executor.provider).toBe(taken);
    expect(chosen.reason).toBe(reason);
    expect(chosen.times).toEqual({ webgpu, wasm });
    expect(log).toEqual(['start webgpu', 'start wasm', `dispose ${dropped}`]);
  },
);

test('the same shapes are measured once, other shapes again', async () => {
  const { choice, log } = simulated();
  const first = await choice.take(wanted({ webgpu: 1, wasm: 2 }));
  const never = { time: () => Promise.reject(new Error('measured again')) };
  const second = await choice.take(wanted({}, never));
  expect(second).toEqual(first);
  expect(log).toEqual(['start webgpu', 'start wasm', 'dispose wasm']);
  const other = await choice.take(wanted({ webgpu: 3, wasm: 2 }, { shapes: 'other' }));
  expect(other.executor.provider).toBe('wasm');
  expect(log.slice(3)).toEqual(['start wasm', 'dispose webgpu']);
});

test('where there is no hardware adapter WebAssembly is taken at once', async () => {
  const why = 'its only graphics adapter is a software one';
  const { choice, log } = simulated({
    whyNotWebGpu: async (acceptSoftware) => (acceptSoftware ? null : why),
  });
  const chosen = await choice.take(wanted({}));
  expect(chosen).toMatchObject({
    reason: `Computing on WebAssembly; not on WebGPU: ${why}.`,
    times: null,
  });
  expect(log).toEqual(['start wasm']);
});

test('the reader overrides it, and a provider that is named is not measured', async () => {
  const { choice } = simulated();
  const on = async (name: 'webgpu' | 'wasm') => choice.take(wanted({}, { choice: name }));
  expect(await on('webgpu')).toMatchObject({ reason: 'Computing on WebGPU.', times: null });
  expect(await on('wasm')).toMatchObject({ reason: 'Computing on WebAssembly.', times: null });
});

test('WebGPU that is named and is not there is refused with the fix', async () => {
  const { choice } = simulated({ whyNotWebGpu: async () => 'this browser has no WebGPU' });
  await expect(choice.take(wanted({}, { choice: 'webgpu' }))).rejects.toThrow(
    'WebGPU cannot run here: this browser has no WebGPU. Choose WebAssembly, or a browser with WebGPU switched on.',
  );
});

test('a provider that fails at these networks leaves the other', async () => {
  const full = new Error('no room\nat all');
  const onWasm = await simulated().choice.take(wanted({ webgpu: full, wasm: 3 }));
  expect(onWasm.executor.provider).toBe('wasm');
  expect(onWasm.reason).toBe('Computing on WebAssembly; not on WebGPU: no room.');
  const onWebGpu = await simulated().choice.take(wanted({ webgpu: 3, wasm: full }));
  expect(onWebGpu.executor.provider).toBe('webgpu');
  expect(onWebGpu.reason).toBe('Computing on WebGPU; not on WebAssembly: no room.');
});

test('a device lost while it is measured, or kept between two runs, is given up', async () => {
  const loss = Promise.withResolvers<string>();
  const { choice, log } = simulated();
  const mortal: ProviderHome = {
    whyNotWebGpu: () => Promise.resolve(null),
    start: async (provider) =>
      provider === 'webgpu'
        ? { ...(await executorAs('webgpu')), lost: loss.promise }
        : executorAs('wasm'),
  };
  const lost = new ExecutorChoice(mortal).take({
    ...wanted({ wasm: 1 }),
    time: ({ provider }) => {
      if (provider === 'wasm') return Promise.resolve(1);
      loss.resolve('unplugged');
      return new Promise(() => {});
    },
  });
  expect((await lost).reason).toBe('Computing on WebAssembly; not on WebGPU: unplugged.');
  const { executor } = await choice.take(wanted({}, { choice: 'webgpu' }));
  choice.drop(executor);
  expect(log).toEqual(['start webgpu', 'dispose webgpu']);
});

test.each([
  // One network a chunk, one step a call: one call to warm up, then twice three of 60 ms.
  ['steady', () => 60, 7, 600],
  // Twice 100 ms, then four times 40, and four times more to see that it stays so.
  ['faster once it is compiled well', (run: number) => (run <= 3 ? 100 : 40), 11, 400],
])(
  'a step is timed on the graph that would run, for all networks, and nothing is left behind: %s',
  async (_, cost, calls, milliseconds) => {
    const experiment = experimentWith({
      initialisations: 10,
      data: { kind: 'moons', samples: 8000 },
      hiddenSizes: [16],
    });
    const data = await prepareData(experiment, sources);
    let now = 0;
    const compiled: { disposed: boolean }[] = [];
    let runs = 0;
    const cpu = await executorAs('wasm');
    const executor: Executor = {
      ...tapped(cpu, (program, feeds) => {
        runs++;
        now += cost(runs);
        return program.run(feeds);
      }),
    };
    const counted: Executor = {
      ...executor,
      async compile(model) {
        const program = await executor.compile(model);
        const kept = { disposed: false };
        compiled.push(kept);
        return { ...program, dispose: () => (program.dispose(), void (kept.disposed = true)) };
      },
    };
    const time = await measureStep(counted, experiment, data, 1, () => now);
    expect(runs).toBe(calls);
    expect(time).toBe(milliseconds);
    expect(compiled.length).toBeGreaterThan(0);
    expect(compiled.every(({ disposed }) => disposed)).toBe(true);
  },
);

test('what a step costs tells shapes apart, and nothing else does', async () => {
  const shapes = async (changes: object) => {
    const experiment = experimentWith(changes);
    return shapesOf(experiment, await prepareData(experiment, sources));
  };
  const plain = await shapes({});
  expect(await shapes({ seed: 3, learningRate: 0.1, epochs: 7, title: 'Other' })).toBe(plain);
  for (const changes of [
    { hiddenSizes: [9] },
    { initialisations: 7 },
    { batchSize: 8 },
    { optimiser: { kind: 'sgd' } },
  ])
    expect(await shapes(changes)).not.toBe(plain);
});
