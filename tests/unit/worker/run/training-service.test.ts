// A run in the training worker: led step by step, it is the run that a trainer makes.
import { expect, test } from 'vitest';
import type { Curves } from '../../../../src/learning/history.ts';
import { historyToNow } from '../../../../src/worker/history-to-now.ts';
import type { SavedTraining } from '../../../../src/worker/run/run-messages.ts';
import { experimentWith, serve, trained } from './service-in-node.ts';

/** Epochs of four steps, records far apart. */
const inBatches = { batchSize: 12, recordEvery: 3, epochs: 12 };

async function endOf(run: ReturnType<typeof serve>): Promise<SavedTraining> {
  run.service.send({ kind: 'play' });
  await run.phase('ended');
  return run.saved()!;
}

test('a run that is played is the run that a trainer makes, record by record', async () => {
  const run = serve();
  expect(await run.open()).toEqual({ kind: 'opened', totalSteps: 30, stepsPerEpoch: 1 });
  const saved = await endOf(run);
  const trainer = await trained(experimentWith());
  expect(saved.history).toEqual(trainer.history());
  expect(saved.state).toEqual(await trainer.state());
  const records = (pick: (curves: Curves) => Iterable<number>) =>
    run.frames().flatMap(({ newRecords }) => [...pick(newRecords)]);
  const { curves } = trainer.history();
  expect(records(({ steps }) => steps)).toEqual([...curves.steps]);
  expect(records(({ trainLoss }) => trainLoss)).toEqual([...curves.trainLoss]);
});

test('an opened run waits at step 0, with its data, its surface and a frame', async () => {
  const run = serve();
  await run.open();
  const kinds = run.messages.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind !== 'stage')).toEqual([
    'provider',
    'data',
    'surface',
    'frame',
    'phase',
  ]);
  const [frame] = run.frames();
  expect(frame).toMatchObject({ step: 0, totalSteps: 30, learningRate: 0.05 });
  expect(frame!.statistics).not.toBeNull();
  expect(frame!.boundary?.network).toBe(2);
  expect([...frame!.divergedAt]).toEqual(Array(6).fill(-1));
  expect(frame!.silentUnits).toHaveLength(6);
  expect(run.ofKind('phase').map(({ phase }) => phase)).toEqual(['ready']);
});

test('a step is one step, then a pause with a frame that shows it and a state to keep', async () => {
  const run = serve();
  await run.open({ experiment: experimentWith(inBatches) });
  run.service.send({ kind: 'step' });
  await run.phase('paused');
  expect(run.frames().at(-1)!.step).toBe(1);
  expect(run.frames().at(-1)!.positions!.step).toBe(1);
  expect(run.saved()!.state.step).toBe(1);
  const heard = run.messages.length;
  run.service.send({ kind: 'step' });
  run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 3, heard);
  expect(run.frames().at(-1)!.step).toBe(3);
});

test('a pause is heard between records that are far apart, and leaves no record of its own', async () => {
  const run = serve({}, (message) => {
    if (message.kind === 'frame' && message.frame.step > 0) run.service.send({ kind: 'pause' });
  });
  const experiment = experimentWith({
    ...inBatches,
    epochs: 30_000,
    recordEvery: 30_000,
    snapshots: 2,
  });
  await run.open({ experiment });
  run.service.send({ kind: 'play' });
  await run.phase('paused');
  const { state, history } = run.saved()!;
  expect(state.step).toBeGreaterThan(0);
  expect(state.step).toBeLessThan(120_000);
  expect([...history.curves.steps]).toEqual([0]);
  const toNow = historyToNow(run.saved()!);
  expect([...toNow.snapshotSteps]).toEqual([0, state.step]);
  expect(toNow.snapshots.slice(-state.weights.length)).toEqual(state.weights);
});

test.each([
  ['full batches', {}],
  ['batches, between two records', inBatches],
])(
  'paused, saved, opened again and finished, it is the run that was never stopped: %s',
  async (_, changes) => {
    const experiment = experimentWith({ ...changes, optimiser: { kind: 'adam' } });
    const before = serve();
    await before.open({ experiment });
    for (let k = 0; k < 7; k++) before.service.send({ kind: 'step' });
    const whole = await trained(experiment);
    const resume = (await before.service.save())!;
    before.service.close();

    const after = serve();
    await after.open({ experiment, resume: structuredClone(resume) });
    expect(after.frames()[0]!.step).toBe(resume.state.step);
    expect(after.frames()[0]!.newRecords).toEqual(resume.history.curves);
    const saved = await endOf(after);
    expect(saved.state).toEqual(await whole.state());
    expect(saved.history.snapshots).toEqual(whole.history().snapshots);
    expect(saved.history.curves.trainLoss.slice(-6)).toEqual(
      whole.history().curves.trainLoss.slice(-6),
    );
  },
);

test('a run played, paused anywhere and opened again keeps the whole history bit for bit', async () => {
  const experiment = experimentWith({ ...inBatches, epochs: 3_000, recordEvery: 100 });
  const before = serve({}, (message) => {
    if (message.kind === 'frame' && message.frame.step > 0) before.service.send({ kind: 'pause' });
  });
  await before.open({ experiment });
  before.service.send({ kind: 'play' });
  await before.phase('paused');
  const resume = before.saved()!;
  expect(resume.state.step).toBeLessThan(12_000);
  const after = serve();
  await after.open({ experiment, resume });
  const saved = await endOf(after);
  const whole = await trained(experiment);
  expect(saved.state).toEqual(await whole.state());
  expect(saved.history).toEqual(whole.history());
});

test('the learning rate changes while it trains, is in the frames, and a fresh run of the experiment repeats it', async () => {
  const run = serve();
  await run.open();
  for (let k = 0; k < 3; k++) run.service.send({ kind: 'step' });
  await run.message((said) => said.kind === 'saved' && said.training.state.step === 3);
  run.service.send({ kind: 'set-learning-rate', learningRate: 0.2 });
  await run.message((said) => said.kind === 'frame' && said.frame.learningRate === 0.2);
  const saved = await endOf(run);
  expect(saved.experiment.rateChanges).toEqual([{ step: 3, learningRate: 0.2 }]);
  const again = await trained(saved.experiment);
  expect(saved.state.weights).toEqual((await again.state()).weights);
});

test('a change that cannot be made is told in a sentence and stops nothing', async () => {
  const run = serve();
  await run.open();
  run.service.send({ kind: 'set-learning-rate', learningRate: -1 });
  const note = await run.message(({ kind }) => kind === 'note');
  expect(note).toEqual({
    kind: 'note',
    sentence: 'The learning rate is -1: expected more than 0 and at most 100.',
  });
  expect((await endOf(run)).state.step).toBe(30);
});

test('a run that has ended goes on for more epochs, and is the longer run', async () => {
  const run = serve();
  await run.open();
  await endOf(run);
  const heard = run.messages.length;
  run.service.send({ kind: 'set-epochs', epochs: 45 });
  run.service.send({ kind: 'play' });
  await run.phase('ended', heard);
  const saved = run.saved()!;
  expect(saved.experiment.epochs).toBe(45);
  expect(run.frames().at(-1)).toMatchObject({ step: 45, totalSteps: 45 });
  expect(saved.state.weights).toEqual((await (await trained(saved.experiment)).state()).weights);
});

test('more epochs asked for at the end leave it paused until it is played', async () => {
  const run = serve();
  await run.open();
  await endOf(run);
  run.service.send({ kind: 'set-epochs', epochs: 40 });
  await run.phase('paused');
  expect(run.frames().at(-1)).toMatchObject({ step: 30, totalSteps: 40 });
});

test('a fork starts from the weights it is given, and goes another way with other noise', async () => {
  const experiment = experimentWith(inBatches);
  const whole = await trained(experiment);
  const start = await whole.weights();
  const forked = experimentWith({ ...inBatches, orderSeed: 7 });
  const [run, other] = [serve(), serve()];
  await run.open({ experiment: forked, startWeights: start });
  await other.open({ experiment, startWeights: start });
  expect(run.frames()[0]!.newRecords.trainLoss).toEqual(other.frames()[0]!.newRecords.trainLoss);
  const ended = await endOf(run);
  expect(ended.history.snapshots.slice(0, start.length)).toEqual(start);
  expect(ended.state.weights).toEqual(await (await trained(forked, start)).weights());
  expect(ended.state.weights).not.toEqual((await endOf(other)).state.weights);
});

test.each([
  [
    'starting weights of another shape',
    { startWeights: new Float32Array(12) },
    /^The starting weights are 12 numbers, but 6 networks of 42 weights need 252: set hiddenSizes/,
  ],
  [
    'a file of starting weights that is not there',
    { experiment: experimentWith({ start: { path: 'mine.safetensors' } }) },
    /^The experiment starts from the weights in mine\.safetensors, which the page does not have;/,
  ],
  [
    'an experiment that cannot fit',
    { experiment: experimentWith({ hiddenSizes: [4096, 4096], initialisations: 1000 }) },
    /needs at least .* GB/,
  ],
])('%s: refused in a sentence before anything is loaded', async (_, changes, sentence) => {
  let started = 0;
  const run = serve({ start: () => (started++, Promise.reject(new Error('unused'))) });
  const outcome = await run.open(changes);
  if (outcome.kind !== 'failed') throw new Error('expected a refusal');
  expect(outcome.failure.kind).toBe('experiment');
  expect(outcome.failure.sentence).toMatch(sentence);
  expect(started).toBe(0);
});

test('a saved run that does not fit its experiment is refused in a sentence', async () => {
  const before = serve();
  await before.open();
  const resume = (await before.service.save())!;
  const broken = { ...resume, state: { ...resume.state, weights: new Float32Array(5) } };
  const outcome = await serve().open({ resume: broken });
  expect(outcome).toMatchObject({
    kind: 'failed',
    failure: {
      kind: 'experiment',
      sentence: expect.stringMatching(/weights of the state are 5 where/),
    },
  });
});

test('networks that diverge are named with their step', async () => {
  const run = serve();
  const experiment = experimentWith({
    learningRate: 100,
    optimiser: { kind: 'sgd' },
    activation: 'relu',
    loss: 'mean-squared-error',
    initialiser: { kind: 'normal', scale: 3 },
    epochs: 60,
  });
  await run.open({ experiment });
  const { history } = await endOf(run);
  const frame = run.frames().at(-1)!;
  expect(frame.divergedAt).toEqual(history.divergedAt);
  expect(Math.max(...frame.divergedAt)).toBeGreaterThan(0);
  frame.divergedAt.forEach((step, n) => {
    if (step !== -1) expect(frame.silentUnits![n]).toBe(0);
  });
});

test('another network is drawn as soon as it is picked, also while paused', async () => {
  const run = serve();
  await run.open();
  run.service.send({ kind: 'select', network: 5 });
  await run.message((said) => said.kind === 'frame' && said.frame.boundary?.network === 5);
  expect(run.frames().at(-1)!.step).toBe(0);
});

test('a pause of a run that has not moved saves it', async () => {
  const run = serve();
  await run.open();
  run.service.send({ kind: 'pause' });
  await run.phase('paused');
  expect(run.saved()!.state.step).toBe(0);
});

test('opening a run closes the one before, and closing ends an opening', async () => {
  const run = serve();
  await run.open();
  const saving = run.service.save();
  const second = run.open({ experiment: experimentWith({ epochs: 4 }) });
  await saving;
  expect(await second).toMatchObject({ kind: 'opened', totalSteps: 4 });
  const third = run.open();
  run.service.close();
  expect(await third).toEqual({ kind: 'closed' });
  expect(await run.service.save()).toBeNull();
});

test('while it plays it is saved now and then', async () => {
  const run = serve();
  await run.open({ experiment: experimentWith({ epochs: 100_000, recordEvery: 10 }) });
  run.service.send({ kind: 'play' });
  const said = await run.message(({ kind }) => kind === 'saved');
  const step = said.kind === 'saved' ? said.training.state.step : 0;
  expect(step).toBeGreaterThan(0);
  expect(run.ofKind('phase').at(-1)!.phase).toBe('playing');
  run.service.close();
});
