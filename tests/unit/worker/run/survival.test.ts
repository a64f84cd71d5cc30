// What can go wrong while the laboratory trains, provoked: each ends with a sentence, and with the run as it was saved.
import { expect, test } from 'vitest';
import { DownloadError } from '../../../../src/engine/runtime/download.ts';
import {
  executorAs,
  experimentWith,
  serve,
  mortalExecutor,
  tapped,
  trained,
} from './service-in-node.ts';

const twoProviders = (webgpu: Awaited<ReturnType<typeof mortalExecutor>>['executor']) => ({
  whyNotWebGpu: () => Promise.resolve(null),
  start: (provider: 'webgpu' | 'wasm') =>
    provider === 'webgpu' ? Promise.resolve(webgpu) : executorAs('wasm'),
});

/** WebAssembly is measured to be slow, so that 'auto' takes the device that will be lost. */
async function onMortalDevice() {
  const { executor, lose } = await mortalExecutor();
  const home = twoProviders(executor);
  let isFirst = true;
  return {
    lose,
    home: {
      ...home,
      async start(provider: 'webgpu' | 'wasm') {
        if (provider === 'webgpu') return executor;
        const wasm = await executorAs('wasm');
        if (!isFirst) return wasm;
        isFirst = false;
        return tapped(wasm, async (program, feeds) => {
          await new Promise((resolve) => setTimeout(resolve, 160));
          return program.run(feeds);
        });
      },
    },
  };
}

test('a device lost while playing: training goes on from the last saved state on WebAssembly, and ends as if nothing had been', async () => {
  const { home, lose } = await onMortalDevice();
  const run = serve(home);
  const experiment = experimentWith({ epochs: 60 });
  await run.open({ provider: 'auto', experiment });
  expect(run.ofKind('provider')[0]).toMatchObject({ provider: 'webgpu' });
  for (let k = 0; k < 5; k++) run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 5);
  run.service.send({ kind: 'set-learning-rate', learningRate: 0.02 });
  await run.message((said) => said.kind === 'frame' && said.frame.learningRate === 0.02);
  run.service.send({ kind: 'play' });
  await run.phase('playing');
  lose();
  const heard = run.messages.length;
  await run.phase('ended', heard);
  expect(run.ofKind('fallback')).toEqual([
    {
      kind: 'fallback',
      sentence:
        'The graphics device was lost, so training goes on from step 5, which was saved, on WebAssembly.',
    },
  ]);
  expect(run.ofKind('provider').at(-1)).toMatchObject({ provider: 'wasm' });
  const saved = run.saved()!;
  expect(saved.experiment.rateChanges).toEqual([{ step: 5, learningRate: 0.02 }]);
  const whole = await trained(saved.experiment);
  expect(saved.state).toEqual(await whole.state());
  expect(saved.history).toEqual(whole.history());
  const data = run.messages.findLastIndex(({ kind }) => kind === 'data');
  const steps = run.messages
    .slice(data)
    .flatMap((said) => (said.kind === 'frame' ? [...said.frame.newRecords.steps] : []));
  expect(steps).toEqual(Array.from({ length: 61 }, (_, k) => k));
});

test('a device lost while paused leaves the run paused, on WebAssembly', async () => {
  const { home, lose } = await onMortalDevice();
  const run = serve(home);
  await run.open({ provider: 'auto' });
  run.service.send({ kind: 'step' });
  await run.phase('paused');
  const heard = run.messages.length;
  lose();
  await run.phase('paused', heard);
  expect(run.frames().at(-1)!.step).toBe(1);
  run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 2, heard);
});

test('a device lost where WebGPU was asked for: told with a way on, and what was saved goes on elsewhere', async () => {
  const { executor, lose } = await mortalExecutor();
  const run = serve(twoProviders(executor));
  await run.open({ provider: 'webgpu' });
  for (let k = 0; k < 4; k++) run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 4);
  run.service.send({ kind: 'play' });
  lose();
  expect(await run.message(({ kind }) => kind === 'failed')).toEqual({
    kind: 'failed',
    failure: {
      kind: 'device-lost',
      sentence:
        'The graphics device was lost while training (unplugged); train again on WebAssembly, which computes the same.',
    },
  });
  const heard = run.messages.length;
  await run.open({ provider: 'wasm', resume: run.saved()! });
  run.service.send({ kind: 'play' });
  await run.phase('ended', heard);
  expect(run.saved()!.state).toEqual(await (await trained(experimentWith())).state());
});

test('no memory left while training: told in a sentence, and what was saved goes on', async () => {
  let isFull = false;
  const run = serve({
    start: async () =>
      tapped(await executorAs('wasm'), (program, feeds) =>
        isFull ? Promise.reject(new Error('std::bad_alloc')) : program.run(feeds),
      ),
  });
  await run.open();
  for (let k = 0; k < 3; k++) run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 3);
  isFull = true;
  run.service.send({ kind: 'play' });
  const failed = await run.message(({ kind }) => kind === 'failed');
  expect(failed).toMatchObject({
    failure: { kind: 'memory', sentence: expect.stringMatching(/no memory left.*fewer/) },
  });
  expect(await run.service.save()).toBeNull();
  isFull = false;
  const resume = run.saved()!;
  expect(await run.open({ resume })).toMatchObject({ kind: 'opened' });
  expect(run.frames().at(-1)!.step).toBe(3);
});

test('no memory left while opening: the outcome says it', async () => {
  const run = serve({
    start: async () =>
      tapped(await executorAs('wasm'), () =>
        Promise.reject(new RangeError('Array buffer allocation failed')),
      ),
  });
  expect(await run.open()).toMatchObject({ kind: 'failed', failure: { kind: 'memory' } });
});

test.each(['wasm', 'auto'] as const)(
  'a download broken off (%s): told in a sentence, and the next try works',
  async (provider) => {
    let tries = 0;
    const run = serve({
      whyNotWebGpu: () => Promise.resolve(null),
      start: async (name) => {
        if (tries++ === 0)
          throw new DownloadError('The file x.wasm could not be loaded (broke off)');
        return executorAs(name);
      },
    });
    expect(await run.open({ provider })).toEqual({
      kind: 'failed',
      failure: {
        kind: 'download',
        sentence:
          'The runtime or the data could not be loaded (The file x.wasm could not be loaded (broke off)); check the connection and train again.',
      },
    });
    expect(await run.open({ provider })).toMatchObject({ kind: 'opened' });
  },
);

test('a page that draws nothing holds up neither training nor pausing nor saving, and draws again when it can', async () => {
  let isHidden = false;
  const visible = Promise.withResolvers<void>();
  const run = serve({}, (message) =>
    isHidden && message.kind === 'frame' ? visible.promise : undefined,
  );
  const experiment = experimentWith({ epochs: 400 });
  await run.open({ experiment });
  isHidden = true;
  run.service.send({ kind: 'play' });
  await run.phase('ended');
  expect(run.saved()!.state.step).toBe(400);
  const frames = run.frames().length;
  expect(run.frames().at(-1)!.step).toBeLessThan(400);
  isHidden = false;
  visible.resolve();
  await run.message((said) => said.kind === 'frame' && said.frame.step === 400);
  expect(run.frames().length).toBe(frames + 1);
  const steps = run.frames().flatMap(({ newRecords }) => [...newRecords.steps]);
  expect(steps).toEqual(Array.from({ length: 401 }, (_, k) => k));
});

test(
  'training that nobody saw is told once the page draws again',
  { timeout: 20_000 },
  async () => {
    let isHidden = true;
    const run = serve({}, async (message) => {
      if (message.kind !== 'frame' || message.frame.step === 0 || !isHidden) return;
      await new Promise((resolve) => setTimeout(resolve, 3200));
      isHidden = false;
    });
    await run.open({ experiment: experimentWith({ epochs: 100_000 }) });
    run.service.send({ kind: 'play' });
    const note = await run.message(({ kind }) => kind === 'note');
    expect(note).toMatchObject({
      sentence: expect.stringMatching(
        /^Training went on while the page drew nothing: \d+ steps in \d+ s\.$/,
      ),
    });
    run.service.close();
  },
);

test('a page that cannot show what it is told ends nothing', async () => {
  const run = serve({}, () => Promise.reject(new Error('the page is broken')));
  expect(await run.open()).toMatchObject({ kind: 'opened' });
  run.service.send({ kind: 'play' });
  await run.phase('ended');
});
