// Truth: a run that is paused, saved, stepped or changed on its way is the run that was never touched, bit for bit.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Experiment, ExperimentInput } from '../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer, type Resumed, type Trainer } from '../../../src/learning/trainer.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { noFiles } from '../../fixtures/no-files.ts';

/** 48 points to train on: 3 steps an epoch. */
const small: ExperimentInput = {
  data: { kind: 'moons', samples: 64 },
  hiddenSizes: [5],
  batchSize: 16,
  epochs: 8,
  initialisations: 5,
  snapshots: 4,
};
const optimisers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const;

const executor = await cpuExecutor(1);

const experimentOf = (input: ExperimentInput) => parseExperiment({ ...small, ...input }, 'test');

interface Opened {
  readonly resume?: Resumed;
  readonly memoryBudget?: number;
  readonly lanes?: number;
}

async function open(experiment: Experiment, opened: Opened = {}): Promise<Trainer> {
  const { lanes = executor.lanes, ...options } = opened;
  const data = await prepareData(experiment, noFiles);
  return createTrainer({ experiment, data, executor: { ...executor, lanes }, ...options });
}

async function finished(trainer: Trainer) {
  while (await trainer.advance());
  const [history, state] = [trainer.history(), await trainer.state()];
  trainer.dispose();
  return { history, state };
}

const whole = async (experiment: Experiment, opened?: Opened) =>
  finished(await open(experiment, opened));

async function until(trainer: Trainer, step: number): Promise<void> {
  for (;;) {
    const progress = await trainer.advance();
    if (!progress || progress.step >= step) return;
  }
}

/** What another trainer goes on from, as it would come out of a file: nothing of it is shared. */
const saved = async (trainer: Trainer): Promise<Resumed> =>
  structuredClone({ state: await trainer.state(), history: trainer.history() });

describe.each(optimisers)('%s', (kind) => {
  const experiment = () => experimentOf({ optimiser: { kind }, weightDecay: 0.01 });

  it('goes on in a new trainer as if it had never stopped', async () => {
    const first = await open(experiment());
    await until(first, 12);
    const resume = await saved(first);
    first.dispose();
    expect(await whole(experiment(), { resume })).toEqual(await whole(experiment()));
  });

  it('takes the same steps one at a time, saved after each', async () => {
    const short = { ...experiment(), epochs: 3 };
    const uninterrupted = await whole(short);
    let trainer = await open(short);
    while (await trainer.advance(1)) {
      const resume = await saved(trainer);
      trainer.dispose();
      trainer = await open(trainer.experiment, { resume });
    }
    const { history, state } = await finished(trainer);
    expect(state).toEqual(uninterrupted.state);
    expect(history.snapshots).toEqual(uninterrupted.history.snapshots);
    expect([...history.curves.steps]).toEqual(Array.from({ length: 10 }, (_, step) => step));
    uninterrupted.history.curves.steps.forEach((step, record) => {
      const row = (losses: Float32Array, at: number) => losses.slice(at * 5, (at + 1) * 5);
      for (const quantity of ['trainLoss', 'testAccuracy', 'gradientNorm'] as const) {
        expect(row(history.curves[quantity]!, step)).toEqual(
          row(uninterrupted.history.curves[quantity]!, record),
        );
      }
    });
  });

  it('takes the rates that it was given on its way when it is run afresh', async () => {
    const trainer = await open(experiment());
    await until(trainer, 3);
    await trainer.advance(1);
    trainer.setLearningRate(0.05);
    await until(trainer, 15);
    trainer.setLearningRate(0.001);
    expect(trainer.learningRate).toBe(0.001);
    const steered = await finished(trainer);
    expect(trainer.experiment.rateChanges).toEqual([
      { step: 4, learningRate: 0.05 },
      { step: 15, learningRate: 0.001 },
    ]);
    const afresh = await whole(trainer.experiment);
    expect(afresh.state).toEqual(steered.state);
    expect(afresh.state).not.toEqual((await whole(experiment())).state);
  });
});

describe.each([
  ['of a full batch', { batchSize: 'full', epochs: 24 }, {}],
  ['in chunks of one network', {}, { memoryBudget: 1 }],
  ['in unevenly filled chunks on two lanes', {}, { memoryBudget: 40_000, lanes: 2 }],
] satisfies [string, ExperimentInput, Opened][])('a run %s', (_, input, opened) => {
  it('goes on in a new trainer as if it had never stopped, stepped in between', async () => {
    const experiment = experimentOf(input);
    const first = await open(experiment, opened);
    await until(first, 9);
    await first.advance(2);
    const resume = await saved(first);
    first.dispose();
    const resumed = await whole(experiment, { ...opened, resume });
    const uninterrupted = await whole(experiment, opened);
    expect(resumed.state).toEqual(uninterrupted.state);
    expect(resumed.history.snapshots).toEqual(uninterrupted.history.snapshots);
    expect(resumed.history.curves.steps).toContain(11);
  });
});

describe('another number of epochs', () => {
  it.each([
    ['constant', { kind: 'constant' }],
    ['step', { kind: 'step', everyEpochs: 3, factor: 0.5 }],
    ['cosine', { kind: 'cosine', finalFraction: 0.1 }],
  ] satisfies [string, ExperimentInput['schedule']][])(
    'after the end is the longer run from its start: %s',
    async (kind, schedule) => {
      const trainer = await open(experimentOf({ schedule, epochs: 10 }));
      while (await trainer.advance());
      trainer.setEpochs(20);
      expect(trainer.totalSteps).toBe(60);
      const { history, state } = await finished(trainer);
      const fallen = kind === 'cosine' ? { schedule: { ...schedule, overEpochs: 10 } } : {};
      const longer = experimentOf({ schedule, epochs: 20, ...fallen });
      expect(trainer.experiment).toEqual(longer);
      const afresh = await whole(longer);
      expect(state).toEqual(afresh.state);
      expect(history.curves).toEqual(afresh.history.curves);
    },
  );

  it('on the way keeps what was made, and goes on at the new cadence to the new end', async () => {
    const trainer = await open(experimentOf({ recordEvery: 4 }));
    await until(trainer, 12);
    trainer.setEpochs(14);
    const { history } = await finished(trainer);
    // Made: 0 and 8 of [0, 8, 16, 24]; planned anew: [0, 14, 28, 42].
    expect([...history.snapshotSteps]).toEqual([0, 8, 14, 28, 42]);
    expect([...history.curves.steps]).toEqual([0, 12, 24, 36, 42]);
  });

  it('may end the run where it stands, with its last snapshot', async () => {
    const trainer = await open(experimentOf({ snapshots: 20 }));
    await until(trainer, 9);
    trainer.setEpochs(3);
    const { history, state } = await finished(trainer);
    expect(state.step).toBe(9);
    expect(history.snapshotSteps.at(-1)).toBe(9);
    expect(history.snapshots.slice(-state.weights.length)).toEqual(state.weights);
    expect([...history.curves.steps]).toEqual([0, 3, 6, 9]);
    expect(trainer.experiment).toMatchObject({ epochs: 3, snapshots: 10 });
    expect((await whole(trainer.experiment)).state).toEqual(state);
  });

  it('may come nearer while the run is on its way there', async () => {
    const trainer = await open(experimentOf({ recordEvery: 8 }));
    await trainer.advance();
    const underWay = trainer.advance();
    trainer.setEpochs(4);
    expect((await underWay)?.step).toBe(12);
    const { history, state } = await finished(trainer);
    expect(state).toEqual((await whole({ ...experimentOf({}), epochs: 4 })).state);
    expect(history.snapshotSteps.at(-1)).toBe(12);
  });

  it('cannot be fewer than training has reached, nor anything but a whole number', async () => {
    const trainer = await open(experimentOf({}));
    await until(trainer, 6);
    await trainer.advance(1);
    for (const epochs of [2, 0, -1, 3.5, NaN, Infinity, 100_001]) {
      expect(() => trainer.setEpochs(epochs)).toThrow(
        new RangeError(
          `epochs is ${epochs}: expected a whole number from 3, which training has reached, to 100000`,
        ),
      );
    }
    expect(trainer.totalSteps).toBe(24);
    trainer.dispose();
  });
});

describe('another learning rate', () => {
  it('given while steps are under way counts from the first that has not begun', async () => {
    const trainer = await open(experimentOf({ recordEvery: 2 }));
    await trainer.advance();
    const underWay = trainer.advance();
    // The call that is under way takes 3 steps at once.
    await new Promise((resolve) => setTimeout(resolve));
    trainer.setLearningRate(0.2);
    await underWay;
    const steered = await finished(trainer);
    expect(trainer.experiment.rateChanges?.[0]?.step).toBeGreaterThanOrEqual(3);
    expect((await whole(trainer.experiment)).state).toEqual(steered.state);
  });

  it('given twice before a step is the last one given, and one that is in force already is no change', async () => {
    const trainer = await open(experimentOf({}));
    await until(trainer, 3);
    trainer.setLearningRate(0.5);
    trainer.setLearningRate(0.25);
    await until(trainer, 6);
    trainer.setLearningRate(0.25);
    expect(trainer.experiment.rateChanges).toEqual([{ step: 3, learningRate: 0.25 }]);
    trainer.dispose();
  });

  it('leaves later changes that were planned as they are', async () => {
    const planned = experimentOf({ rateChanges: [{ step: 9, learningRate: 0.001 }] });
    const trainer = await open(planned);
    await until(trainer, 6);
    trainer.setLearningRate(0.1);
    await until(trainer, 9);
    expect(trainer.learningRate).toBe(0.001);
    const steered = await finished(trainer);
    expect((await whole(trainer.experiment)).state).toEqual(steered.state);
  });

  it('given at the end counts once the run goes on, and until then is not in the experiment', async () => {
    const trainer = await open(experimentOf({}));
    while (await trainer.advance());
    trainer.setLearningRate(0.3);
    expect(trainer.experiment).toEqual(experimentOf({}));
    trainer.setEpochs(9);
    expect(trainer.experiment.rateChanges).toEqual([{ step: 24, learningRate: 0.3 }]);
    trainer.dispose();
  });

  it.each([0, -1, NaN, 101])('of %s is refused', async (rate) => {
    const trainer = await open(experimentOf({}));
    expect(() => trainer.setLearningRate(rate)).toThrow(
      new RangeError(`the learning rate is ${rate}: expected more than 0 and at most 100`),
    );
    trainer.dispose();
  });
});

describe('whatever is done to a run on its way', () => {
  const epochs = fc.integer({ min: 1, max: 9 }).map((to) => ({ kind: 'epochs', to }) as const);
  const rate = fc.constantFrom(0.1, 0.01, 0.002).map((to) => ({ kind: 'rate', to }) as const);
  const steps = fc.integer({ min: 1, max: 7 }).map((to) => ({ kind: 'steps', to }) as const);
  const acts = fc.array(
    fc.oneof(steps, steps, rate, epochs, fc.constant({ kind: 'elsewhere' } as const)),
    {
      maxLength: 12,
    },
  );
  const schedules = fc.constantFrom<NonNullable<ExperimentInput['schedule']>>(
    { kind: 'constant' },
    { kind: 'cosine', finalFraction: 0.2 },
    { kind: 'step', everyEpochs: 2, factor: 0.5 },
  );

  it('a fresh run of the experiment that comes of it ends with the same weights', async () => {
    await fc.assert(
      fc.asyncProperty(
        schedules,
        fc.constantFrom(...optimisers),
        acts,
        async (schedule, kind, all) => {
          const input = {
            schedule,
            optimiser: { kind },
            epochs: 5,
            initialisations: 2,
            snapshots: 3,
          };
          let trainer = await open(experimentOf(input));
          for (const act of all) {
            if (act.kind === 'steps') await trainer.advance(act.to);
            if (act.kind === 'rate') trainer.setLearningRate(act.to);
            if (act.kind === 'epochs') {
              const { step } = await trainer.state();
              trainer.setEpochs(Math.max(act.to, Math.ceil(step / trainer.stepsPerEpoch)));
            }
            if (act.kind === 'elsewhere') {
              const resume = await saved(trainer);
              trainer.dispose();
              trainer = await open(trainer.experiment, { resume });
            }
          }
          const { history, state } = await finished(trainer);
          const { experiment } = trainer;
          // It is one that a file could hold.
          expect(parseExperiment(JSON.parse(JSON.stringify(experiment)), 'test')).toEqual(
            experiment,
          );
          expect((await whole(experiment)).state).toEqual(state);
          expect(history.snapshots.slice(-state.weights.length)).toEqual(state.weights);
          expect([...history.snapshotSteps]).toEqual(
            [...new Set(history.snapshotSteps)].sort((a, b) => a - b),
          );
          expect(history.curves.steps.at(-1)).toBe(state.step);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('another seed of the batches', () => {
  it('changes their order and nothing else', async () => {
    const [one, other] = [experimentOf({}), experimentOf({ orderSeed: 7 })];
    expect(await prepareData(other, noFiles)).toEqual(await prepareData(one, noFiles));
    const [runOfOne, runOfOther] = [await whole(one), await whole(other)];
    const starts = ({ history }: typeof runOfOne) => history.snapshots.slice(0, 5 * 27);
    expect(starts(runOfOther)).toEqual(starts(runOfOne));
    expect(runOfOther.state).not.toEqual(runOfOne.state);
  });

  it('changes nothing where it is the seed itself, or every batch is full', async () => {
    const { seed } = experimentOf({});
    expect(await whole(experimentOf({ orderSeed: seed }))).toEqual(await whole(experimentOf({})));
    const full = { batchSize: 'full' } as const;
    expect(await whole(experimentOf({ ...full, orderSeed: 7 }))).toEqual(
      await whole(experimentOf(full)),
    );
  });
});

describe('a network that is lost', () => {
  it('is known to be when the run goes on elsewhere', async () => {
    const experiment = experimentOf({
      learningRate: 80,
      optimiser: { kind: 'sgd' },
      activation: 'relu',
      loss: 'mean-squared-error',
    });
    const uninterrupted = await whole(experiment);
    expect(Math.max(...uninterrupted.history.divergedAt)).toBeGreaterThan(0);
    const first = await open(experiment);
    await until(first, 12);
    const resume = await saved(first);
    first.dispose();
    expect(await whole(experiment, { resume })).toEqual(uninterrupted);
  });
});

describe('what cannot be resumed', () => {
  it.each([
    [
      'another step',
      (r: Resumed) => ({ ...r, state: { ...r.state, step: 99 } }),
      'the state to resume is at step 99: expected a whole number from 0 to 24',
    ],
    [
      'half a step',
      (r: Resumed) => ({ ...r, state: { ...r.state, step: 1.5 } }),
      'the state to resume is at step 1.5: expected a whole number from 0 to 24',
    ],
    [
      'a history of the future',
      (r: Resumed) => ({ ...r, state: { ...r.state, step: 1 } }),
      "the history to resume goes on to step 3: expected none after its state's, 1",
    ],
    [
      'fewer weights',
      (r: Resumed) => ({ ...r, state: { ...r.state, weights: new Float32Array(27) } }),
      'the run to resume does not fit its experiment: weights of the state are 27 where 135 were expected',
    ],
    [
      "another optimiser's state",
      (r: Resumed) => ({ ...r, state: { ...r.state, slots: [] } }),
      'the run to resume does not fit its experiment: slots of the optimiser are 0 where 2 were expected',
    ],
    [
      'no test losses',
      (r: Resumed) => ({
        ...r,
        history: { ...r.history, curves: { ...r.history.curves, testLoss: null } },
      }),
      'the run to resume does not fit its experiment: test losses are 0 where 10 were expected',
    ],
  ])('%s, is refused in a sentence', async (_, spoil, message) => {
    const trainer = await open(experimentOf({}));
    await until(trainer, 3);
    const resume = spoil(await saved(trainer));
    trainer.dispose();
    await expect(open(experimentOf({}), { resume })).rejects.toThrow(new RangeError(message));
  });

  it('nor can an experiment start from a file that nobody has read', async () => {
    const experiment = { ...experimentOf({}), start: { path: 'w.safetensors' } };
    await expect(open(experiment)).rejects.toThrow(
      'experiment custom starts from the weights in w.safetensors: expected them as initialWeights',
    );
  });

  it('nor does a run advance by less than a step', async () => {
    const trainer = await open(experimentOf({}));
    await expect(trainer.advance(0)).rejects.toThrow('mostSteps is 0: expected 1 or more');
    trainer.dispose();
  });
});
