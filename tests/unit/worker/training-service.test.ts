import { expect, test } from 'vitest';
import { buildLandscape } from '../../../src/landscape/build-landscape.ts';
import { projectOntoPlane } from '../../../src/landscape/plane.ts';
import { initialWeights } from '../../../src/learning/initial-weights.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createEvaluator } from '../../../src/learning/evaluator.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';
import { weightsChecksum } from '../../../src/worker/checksum.ts';
import type { Outcome, TrainedRun } from '../../../src/worker/messages.ts';
import { cpu, createTestService, keepMessages, request, smallExperiment } from './service.ts';

const noSources = { digits: () => Promise.resolve(''), csv: () => Promise.resolve('') };

function trained(outcome: Outcome): TrainedRun {
  if (outcome.kind !== 'trained') throw new Error(JSON.stringify(outcome));
  return outcome.run;
}

test('a run in the worker is the run that a trainer makes, record by record', async () => {
  const { listener, ofKind } = keepMessages();
  const run = trained(await createTestService().train(request(), listener));

  const data = await prepareData(smallExperiment, noSources);
  const trainer = await createTrainer({ experiment: smallExperiment, data, executor: await cpu() });
  while (await trainer.advance());
  const { curves } = trainer.history();
  const frames = [...ofKind('frame').map(({ frame }) => frame), run.frame];
  const losses = frames.flatMap(({ newRecords }) => [...newRecords.trainLoss]);
  const steps = frames.flatMap(({ newRecords }) => [...newRecords.steps]);
  expect(steps).toEqual([...curves.steps]);
  expect(losses).toEqual([...curves.trainLoss]);
});

test('its landscape is the landscape of its history', async () => {
  const run = trained(await createTestService().train(request(), keepMessages().listener));
  const executor = await cpu();
  const data = await prepareData(smallExperiment, noSources);
  const trainer = await createTrainer({ experiment: smallExperiment, data, executor });
  while (await trainer.advance());
  const common = { executor, network: trainer.network, loss: smallExperiment.loss };
  const [onTrain, onTest] = await Promise.all(
    [data.train, data.test].map((samples) => createEvaluator({ ...common, samples })),
  );
  const { landscape } = await buildLandscape({
    experiment: smallExperiment,
    history: trainer.history(),
    evaluateTrain: (weights) => onTrain!.evaluate(weights),
    evaluateTest: (weights) => onTest!.evaluate(weights),
  });
  expect(run.landscape).toEqual(landscape);
});

test('walkers are where the projection of their weights on the known plane puts them', async () => {
  const parameters = 2 * 8 + 8 + 8 * 2 + 2;
  const directions = new Float32Array(2 * parameters);
  directions[3] = 1;
  directions[parameters + 20] = 1;
  const plane = { origin: new Float32Array(parameters).fill(0.25), directions };
  const facts = {
    kind: 'pca' as const,
    method: 'gram' as const,
    explainedVariance: [],
    nullExplainedVariance: [],
  };
  const knownPlane = { plane, facts, xs: [-9, 9] as const, ys: [-9, 9] as const };
  const { listener, ofKind } = keepMessages();
  const experiment = { ...smallExperiment, epochs: 1, snapshots: 2 };
  const run = trained(
    await createTestService().train(request({ experiment, knownPlane }), listener),
  );
  expect(ofKind('surface')).toEqual([]);
  const { positions } = run.frame;
  const data = await prepareData(experiment, noSources);
  const trainer = await createTrainer({ experiment, data, executor: await cpu() });
  while (await trainer.advance());
  const { coordinates, offPlane } = projectOntoPlane(plane, await trainer.weights());
  expect(positions?.coordinates).toEqual(coordinates);
  expect(positions?.offPlane).toEqual(offPlane);
  expect(positions?.step).toBe(1);
});

test('without a known plane the walkers start inside a surface over the plane of their starts', async () => {
  const { listener, ofKind } = keepMessages();
  await createTestService().train(request(), listener);
  const [first] = ofKind('surface');
  const { xs, ys, loss } = first!.surface;
  expect(loss.length).toBe(xs.length * ys.length);
  expect([...loss].every(Number.isFinite)).toBe(true);
  const coordinates = ofKind('frame')[0]!.frame.positions!.coordinates;
  for (let n = 0; n < 20; n++) {
    expect(coordinates[2 * n]).toBeGreaterThan(xs[0]!);
    expect(coordinates[2 * n]).toBeLessThan(xs.at(-1)!);
    expect(coordinates[2 * n + 1]).toBeGreaterThan(ys[0]!);
    expect(coordinates[2 * n + 1]).toBeLessThan(ys.at(-1)!);
  }
});

test("the checksum is that of network 17's initial weights", async () => {
  const { listener, ofKind } = keepMessages();
  await createTestService().train(request(), listener);
  const shape = { sizes: [2, 8, 2], activation: 'tanh', residual: false, bias: true } as const;
  const weights = initialWeights(shape, smallExperiment.initialiser, smallExperiment.seed, 17);
  expect(ofKind('data')[0]!.initialChecksum).toBe(await weightsChecksum(weights));
});

test('the next frame waits until the page has shown the last', async () => {
  let isShowing = false;
  let mostAtOnce = 0;
  const { listener, ofKind } = keepMessages(async (message) => {
    if (message.kind !== 'frame') return;
    mostAtOnce = Math.max(mostAtOnce, isShowing ? 2 : 1);
    isShowing = true;
    await new Promise((resolve) => setTimeout(resolve, 30));
    isShowing = false;
  });
  await createTestService().train(request(), listener);
  expect(mostAtOnce).toBe(1);
  expect(ofKind('frame').length).toBeLessThan(31);
});

test('a paused run stands still, shows another network when asked, and goes on', async () => {
  const service = createTestService();
  const stepsWhilePaused: number[] = [];
  let asked = false;
  const { listener, ofKind } = keepMessages(async (message) => {
    if (message.kind !== 'frame') return;
    if (!asked) {
      asked = true;
      service.pause();
      setTimeout(() => service.select(5), 60);
      setTimeout(() => service.resume(), 120);
    } else if (ofKind('frame').length <= 3) stepsWhilePaused.push(message.frame.step);
  });
  const run = trained(await service.train(request(), listener));
  expect(new Set(stepsWhilePaused).size).toBe(1);
  expect(run.frame.step).toBe(30);
  const networks = ofKind('frame').map(({ frame }) => frame.boundary?.network);
  expect(networks[0]).toBe(3);
  expect(networks).toContain(5);
});

test('a run stopped early ends with the landscape of the weights it had', async () => {
  const service = createTestService();
  const experiment = { ...smallExperiment, epochs: 100_000, recordEvery: 1 };
  const { listener } = keepMessages((message) => {
    if (message.kind === 'frame') service.stop();
  });
  const run = trained(await service.train(request({ experiment }), listener));
  expect(run.stopped).toBe(true);
  expect(run.frame.step).toBeLessThan(100_000);
  expect(run.landscape!.snapshotSteps.at(-1)).toBe(run.frame.step);
});

test('stopping while the landscape is drawn leaves it out and keeps the run', async () => {
  const service = createTestService();
  const experiment = { ...smallExperiment, grid: { size: 401, margin: 0.15 } };
  const { listener } = keepMessages((message) => {
    if (message.kind === 'landscape') service.stop();
  });
  const run = trained(await service.train(request({ experiment }), listener));
  expect(run.landscape).toBeNull();
  expect(run.stopped).toBe(false);
  expect(run.frame.step).toBe(30);
});

test('a reset run is abandoned', async () => {
  const service = createTestService();
  const { listener } = keepMessages((message) => {
    if (message.kind === 'frame') service.abandon();
  });
  expect((await service.train(request(), listener)).kind).toBe('abandoned');
});

test('a lost device begins the same run again on WebAssembly where the choice was left open', async () => {
  const service = createTestService(dyingOnce());
  const { listener, ofKind } = keepMessages();
  const run = trained(await service.train(request(), listener));
  expect(ofKind('fallback')).toHaveLength(1);
  expect(run.frame.step).toBe(30);
  const [first, second] = ofKind('data');
  expect(second!.initialChecksum).toBe(first!.initialChecksum);
});

test('a lost device is told in a sentence where WebGPU was asked for', async () => {
  const service = createTestService(dyingOnce());
  const outcome = await service.train(request({ provider: 'webgpu' }), keepMessages().listener);
  expect(outcome).toEqual({
    kind: 'failed',
    failure: {
      kind: 'device-lost',
      sentence:
        'The graphics device was lost while training (unplugged); train again on WebAssembly, which computes the same.',
    },
  });
});

test('an experiment that cannot fit is refused with its estimate', async () => {
  const experiment = { ...smallExperiment, hiddenSizes: [4096, 4096], initialisations: 1000 };
  const outcome = await createTestService().train(request({ experiment }), keepMessages().listener);
  if (outcome.kind !== 'failed') throw new Error('expected a refusal');
  expect(outcome.failure.kind).toBe('experiment');
  expect(outcome.failure.sentence).toMatch(/needs at least .* GB/);
});

/** The first executor loses its device after some programs have run; the next is sound. */
function dyingOnce() {
  let made = 0;
  return async () => {
    const executor = await cpu();
    if (made++ > 0) return executor;
    let runs = 0;
    const lost = Promise.withResolvers<string>();
    return {
      ...executor,
      lost: lost.promise,
      async compile(model: Parameters<typeof executor.compile>[0]) {
        const program = await executor.compile(model);
        return {
          ...program,
          async run(feeds: Parameters<typeof program.run>[0]) {
            if (++runs < 25) return program.run(feeds);
            lost.resolve('unplugged');
            return new Promise<never>(() => {});
          },
        };
      },
    };
  };
}
