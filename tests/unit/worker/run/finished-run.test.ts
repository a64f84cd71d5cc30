// A run as the article's widget leads it: watched on a known plane or its own, never saved, finished with its landscape.
import { expect, test } from 'vitest';
import { boundaryGrid, buildBoundaries } from '../../../../src/landscape/build-boundaries.ts';
import { buildLandscape } from '../../../../src/landscape/build-landscape.ts';
import { projectOntoPlane } from '../../../../src/landscape/plane.ts';
import { createEvaluator, createPredictor } from '../../../../src/learning/evaluator.ts';
import { initialWeights } from '../../../../src/learning/initial-weights.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { weightsChecksum } from '../../../../src/worker/checksum.ts';
import { boundarySize } from '../../../../src/worker/limits.ts';
import type {
  FinishedRun,
  RunMessage,
  RunRequest,
  TrainingService,
} from '../../../../src/worker/run/run-messages.ts';
import type { TrainingHome } from '../../../../src/worker/run/training-service.ts';
import { cpu } from '../cpu-executor.ts';
import {
  experimentWith,
  mortalExecutor,
  executorAs,
  serve,
  sources,
  trained,
} from './service-in-node.ts';

const experiment = experimentWith({ initialisations: 20, grid: { size: 9 } });

type Act = (message: RunMessage, service: TrainingService) => void | Promise<void>;

/** Plays it to its end, or until `act` ends it, and finishes it. */
async function trainLive(
  changes: Partial<RunRequest> = {},
  act: Act = () => {},
  home: Partial<TrainingHome> = {},
) {
  const run = serve(home, async (message) => {
    if (message.kind === 'phase' && message.phase === 'ended') run.service.send({ kind: 'finish' });
    await act(message, run.service);
  });
  const request = { experiment, isSaved: false, automatic: 'webgpu-first', selected: 3 } as const;
  const outcome = await run.open({ ...request, ...changes });
  if (outcome.kind !== 'opened') throw new Error(JSON.stringify(outcome));
  run.service.send({ kind: 'play' });
  const finished = async (): Promise<FinishedRun> => {
    const message = await run.message(({ kind }) => kind === 'finished');
    run.service.close();
    return (message as RunMessage & { kind: 'finished' }).run;
  };
  return { ...run, finished };
}

test('it is the run that a trainer makes, record by record, and nothing of it is saved', async () => {
  const run = await trainLive();
  const { frame } = await run.finished();
  const { curves } = (await trained(experiment)).history();
  const frames = [...run.frames(), frame];
  const records = (pick: 'steps' | 'trainLoss') =>
    frames.flatMap(({ newRecords }) => [...newRecords[pick]]);
  expect(records('steps')).toEqual([...curves.steps]);
  expect(records('trainLoss')).toEqual([...curves.trainLoss]);
  expect(frame.statistics).not.toBeNull();
  expect(run.ofKind('saved')).toEqual([]);
});

test('its landscape and boundaries are those of its history', async () => {
  const { landscape, boundaries } = await (await trainLive()).finished();
  const executor = await cpu();
  const data = await prepareData(experiment, sources);
  const trainer = await trained(experiment);
  const { network } = trainer;
  const common = { executor, network, loss: experiment.loss };
  const [onTrain, onTest] = await Promise.all(
    [data.train, data.test].map((samples) => createEvaluator({ ...common, samples })),
  );
  const expected = await buildLandscape({
    experiment,
    history: trainer.history(),
    evaluateTrain: (weights) => onTrain!.evaluate(weights),
    evaluateTest: (weights) => onTest!.evaluate(weights),
  });
  expect(landscape).toEqual(expected.landscape);
  const { inputs } = boundaryGrid(data, boundarySize);
  const predictor = await createPredictor({ executor, network, inputs, count: boundarySize ** 2 });
  const theirs = await buildBoundaries({
    predict: (weights) => predictor.predict(weights),
    ...{ data, networks: 20, weights: await trainer.weights(), size: boundarySize },
  });
  expect(boundaries).toEqual(theirs);
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
  const short = experimentWith({ initialisations: 20, grid: { size: 9 }, epochs: 1, snapshots: 2 });
  const run = await trainLive({ experiment: short, knownPlane });
  const { positions } = (await run.finished()).frame;
  expect(run.ofKind('surface')).toEqual([]);
  const { coordinates, offPlane } = projectOntoPlane(plane, await (await trained(short)).weights());
  expect(positions?.coordinates).toEqual(coordinates);
  expect(positions?.offPlane).toEqual(offPlane);
  expect(positions?.step).toBe(1);
});

test('without a known plane the walkers start inside a surface over the plane of their starts', async () => {
  const run = await trainLive();
  await run.finished();
  const { xs, ys, loss } = run.ofKind('surface')[0]!.surface;
  expect(loss.length).toBe(xs.length * ys.length);
  expect([...loss].every(Number.isFinite)).toBe(true);
  const { coordinates } = run.frames()[0]!.positions!;
  for (let n = 0; n < 20; n++) {
    expect(coordinates[2 * n]).toBeGreaterThan(xs[0]!);
    expect(coordinates[2 * n]).toBeLessThan(xs.at(-1)!);
    expect(coordinates[2 * n + 1]).toBeGreaterThan(ys[0]!);
    expect(coordinates[2 * n + 1]).toBeLessThan(ys.at(-1)!);
  }
});

test("the checksum is that of network 17's initial weights", async () => {
  const run = await trainLive();
  await run.finished();
  const shape = { sizes: [2, 8, 2], activation: 'tanh', residual: false, bias: true } as const;
  const weights = initialWeights(shape, experiment.initialiser, experiment.seed, 17);
  expect(run.ofKind('data')[0]!.initialChecksum).toBe(await weightsChecksum(weights));
});

test('the next frame waits until the page has shown the last', async () => {
  let isShowing = false;
  let mostAtOnce = 0;
  const run = await trainLive({}, async (message) => {
    if (message.kind !== 'frame') return;
    mostAtOnce = Math.max(mostAtOnce, isShowing ? 2 : 1);
    isShowing = true;
    await new Promise((resolve) => setTimeout(resolve, 30));
    isShowing = false;
  });
  await run.finished();
  expect(mostAtOnce).toBe(1);
  expect(run.frames().length).toBeLessThan(31);
});

test('a paused run stands still, shows another network when asked, and goes on', async () => {
  const long = { ...experiment, epochs: 400 };
  let pausedAt: number | null = null;
  const run = await trainLive({ experiment: long }, (message, service) => {
    if (message.kind === 'phase' && message.phase === 'paused')
      service.send({ kind: 'select', network: 5 });
    if (message.kind !== 'frame') return;
    const { step, boundary } = message.frame;
    if (step > 0 && run.ofKind('phase').at(-1)!.phase === 'playing') {
      if (pausedAt === null) service.send({ kind: 'pause' });
      pausedAt ??= step;
    } else if (boundary!.network === 5) service.send({ kind: 'play' });
  });
  const { frame } = await run.finished();
  expect(pausedAt).toBeLessThan(400);
  expect(frame.step).toBe(400);
  const chosen = run.frames().find(({ boundary }) => boundary?.network === 5)!;
  const paused = run.frames()[run.frames().indexOf(chosen) - 1]!;
  expect(paused.boundary!.network).toBe(3);
  expect(chosen.step).toBe(paused.step);
});

test('a run finished early ends at a record, with the landscape of the weights it had there', async () => {
  const long = experimentWith({ epochs: 100_000, recordEvery: 50, grid: { size: 9 } });
  const run = await trainLive({ experiment: long }, (message, service) => {
    if (message.kind === 'frame' && message.frame.step > 0) service.send({ kind: 'finish' });
  });
  const { frame, landscape } = await run.finished();
  expect(frame.step).toBeLessThan(100_000);
  expect(frame.step % 50).toBe(0);
  expect(landscape!.snapshotSteps.at(-1)).toBe(frame.step);
});

test('a run finished before it has opened ends where it began', async () => {
  const run = serve();
  const opening = run.open({ experiment, isSaved: false });
  run.service.send({ kind: 'finish' });
  await opening;
  const message = await run.message(({ kind }) => kind === 'finished');
  expect((message as RunMessage & { kind: 'finished' }).run.frame.step).toBe(0);
  run.service.close();
});

test('leaving the landscape out keeps the run', async () => {
  const large = { ...experiment, grid: { size: 401, margin: 0.15 } };
  const run = await trainLive({ experiment: large }, (message, service) => {
    if (message.kind === 'landscape') service.send({ kind: 'skip-landscape' });
  });
  const { landscape, boundaries, frame } = await run.finished();
  expect(landscape).toBeNull();
  expect(boundaries).not.toBeNull();
  expect(frame.step).toBe(30);
});

test('a run that is closed while its landscape is computed is not heard any more', async () => {
  const large = { ...experiment, grid: { size: 401, margin: 0.15 } };
  const run = await trainLive({ experiment: large }, (message, service) => {
    if (message.kind === 'landscape') service.close();
  });
  await run.message(({ kind }) => kind === 'landscape');
  // Runs share the runtime: another opens once the first has let go of it.
  await run.open({ experiment });
  expect(run.ofKind('finished')).toEqual([]);
  expect(run.ofKind('failed')).toEqual([]);
  run.service.close();
});

test('WebGPU is taken wherever it runs, without measuring', async () => {
  const run = await trainLive({ provider: 'auto' }, undefined, {
    whyNotWebGpu: () => Promise.resolve(null),
  });
  await run.finished();
  expect(run.ofKind('provider')).toMatchObject([
    { provider: 'webgpu', reason: 'Computing on WebGPU.', times: null },
  ]);
});

/** The first device is lost as soon as the test says so. */
async function mortalHome() {
  const { executor, lose } = await mortalExecutor();
  const home: Partial<TrainingHome> = {
    whyNotWebGpu: () => Promise.resolve(null),
    start: (provider) => (provider === 'webgpu' ? Promise.resolve(executor) : executorAs(provider)),
  };
  return { home, lose };
}

test.each(['frame', 'landscape'] as const)(
  'a device lost at a %s begins the same run again on WebAssembly where the choice was left open',
  async (kind) => {
    const { home, lose } = await mortalHome();
    const large = { ...experiment, grid: { size: 101, margin: 0.15 } };
    const isTime = (message: RunMessage) =>
      message.kind === kind && !(message.kind === 'frame' && message.frame.step === 0);
    const run = await trainLive(
      { provider: 'auto', experiment: large },
      (message) => void (isTime(message) && lose()),
      home,
    );
    const { frame, provider } = await run.finished();
    expect(run.ofKind('fallback')).toEqual([
      {
        kind: 'fallback',
        sentence:
          'The graphics device was lost, so the same run begins again, from the same first weights, on WebAssembly.',
      },
    ]);
    expect([provider, frame.step]).toEqual(['wasm', 30]);
    const [first, second] = run.ofKind('data');
    expect(second!.initialChecksum).toBe(first!.initialChecksum);
  },
);
