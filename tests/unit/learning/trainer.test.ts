// Training: N networks at once are N networks one at a time, and what is recorded is what happened.
import { describe, expect, it } from 'vitest';
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import { twoWeightDescend } from '../../../src/landscape/two-weights.ts';
import { createEvaluator, createPredictor } from '../../../src/learning/evaluator.ts';
import type { ExperimentInput } from '../../../src/learning/experiment.ts';
import type { TrainingHistory } from '../../../src/learning/history.ts';
import { initialPopulation } from '../../../src/learning/initial-weights.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { noFiles } from '../../fixtures/no-files.ts';

const small: ExperimentInput = {
  data: { kind: 'moons', samples: 64 },
  hiddenSizes: [5],
  epochs: 6,
  initialisations: 4,
  snapshots: 4,
};

/** 1/2 (ab - 1)^2. */
const twoWeights = {
  data: { kind: 'two-weights' },
  hiddenSizes: [1],
  activation: 'linear',
  bias: false,
  loss: 'mean-squared-error',
  optimiser: { kind: 'sgd' },
  initialiser: { kind: 'normal', scale: 1 },
  normalise: false,
  testFraction: 0,
  directions: 'weights',
} satisfies ExperimentInput;

const executor = await cpuExecutor(1);

const prepare = async (input: ExperimentInput) => {
  const experiment = parseExperiment({ ...small, ...input }, 'test');
  return { experiment, data: await prepareData(experiment, noFiles) };
};

async function train(input: ExperimentInput, memoryBudget?: number): Promise<TrainingHistory> {
  const trainer = await createTrainer({ ...(await prepare(input)), executor, memoryBudget });
  while (await trainer.advance());
  const history = trainer.history();
  trainer.dispose();
  return history;
}

const largestDifference = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, k) => Math.abs(value - (b[k] as number))));

describe.each([
  ['full batch', {}],
  ['minibatches', { batchSize: 16 }],
  [
    'cosine schedule, AdamW, decay',
    {
      optimiser: { kind: 'adamw' },
      weightDecay: 0.1,
      schedule: { kind: 'cosine' },
    },
  ],
  [
    'residual ReLU, momentum',
    {
      hiddenSizes: [5, 5],
      residual: true,
      activation: 'relu',
      optimiser: { kind: 'momentum' },
    },
  ],
] satisfies [string, ExperimentInput][])('%s', (_, input) => {
  it('trains N networks at once as it trains them one at a time', async () => {
    const together = await train(input);
    // A budget of one byte leaves one network to a chunk.
    const alone = await train(input, 1);
    expect(largestDifference(together.snapshots, alone.snapshots)).toBeLessThan(1e-5);
    expect(largestDifference(together.curves.trainLoss, alone.curves.trainLoss)).toBeLessThan(1e-5);
  });

  it('gives a network the same fate however many others train beside it', async () => {
    const four = await train(input);
    const two = await train({ ...input, initialisations: 2 });
    const { parameters } = four;
    const last = (history: TrainingHistory) =>
      history.snapshots.subarray(-history.networks * parameters);
    expect(largestDifference(last(two), last(four).subarray(0, 2 * parameters))).toBeLessThan(1e-5);
  });
});

describe('records', () => {
  it('has a record for every cadence step, from before training to its end', async () => {
    const { curves } = await train({ epochs: 7, recordEvery: 3, batchSize: 16 });
    expect([...curves.steps]).toEqual([0, 9, 18, 21]);
    expect([...curves.epochs]).toEqual([0, 3, 6, 7]);
    expect(curves.trainLoss).toHaveLength(4 * 4);
  });

  it('keeps the initial weights bit for bit, and as many snapshots as asked', async () => {
    const { experiment, data } = await prepare({});
    const trainer = await createTrainer({ experiment, data, executor });
    while (await trainer.advance());
    const history = trainer.history();
    const initial = initialPopulation(trainer.network, experiment.initialiser, experiment.seed, 4);
    expect(history.snapshots.subarray(0, initial.length)).toEqual(initial);
    expect([...history.snapshotSteps]).toEqual([0, 2, 4, 6]);
    expect(history.snapshots.subarray(-initial.length)).toEqual(await trainer.weights());
    trainer.dispose();
  });

  it('agrees with an evaluation of the snapshots by the evaluator', async () => {
    const { experiment, data } = await prepare({ recordEvery: 2, snapshots: 4 });
    const trainer = await createTrainer({ experiment, data, executor });
    while (await trainer.advance());
    const history = trainer.history();
    const evaluator = await createEvaluator({
      executor,
      network: trainer.network,
      loss: experiment.loss,
      samples: data.train,
    });
    const { loss, accuracy } = await evaluator.evaluate(history.snapshots);
    expect(largestDifference(loss, history.curves.trainLoss)).toBeLessThan(1e-6);
    expect(largestDifference(accuracy!, history.curves.trainAccuracy!)).toBeLessThan(1e-6);
  });

  it('takes the accuracy that argmax of the outputs gives', async () => {
    const { experiment, data } = await prepare({ data: { kind: 'blobs', samples: 60 } });
    const trainer = await createTrainer({ experiment, data, executor });
    while (await trainer.advance());
    const predictor = await createPredictor({
      executor,
      network: trainer.network,
      inputs: data.train.inputs,
      count: data.train.count,
    });
    const outputs = await predictor.predict(await trainer.weights());
    const { count, labels } = data.train;
    const { trainAccuracy } = trainer.history().curves;
    for (let network = 0; network < 4; network++) {
      let correct = 0;
      for (let sample = 0; sample < count; sample++) {
        const row = outputs.subarray(
          (network * count + sample) * 3,
          (network * count + sample + 1) * 3,
        );
        if (row.indexOf(Math.max(...row)) === labels![sample]) correct++;
      }
      expect(trainAccuracy!.at(-4 + network)).toBeCloseTo(correct / count, 6);
    }
  });

  it('counts equal outputs for the first class, as argmax does', async () => {
    const { trainAccuracy } = (await train({ initialiser: { kind: 'zeros' } })).curves;
    expect(trainAccuracy![0]).toBeCloseTo(0.5, 1);
  });
});

describe('divergence', () => {
  it('marks the step at which a network was lost, and lets the others go on', async () => {
    // 1/2 (ab - 1)^2 from widely spread starts: some are past the largest stable step, some are not.
    const history = await train({
      ...twoWeights,
      initialiser: { kind: 'normal', scale: 2 },
      learningRate: 0.4,
      epochs: 200,
      initialisations: 30,
    });
    const { divergedAt, curves } = history;
    const lost = [...divergedAt].filter((step) => step >= 0);
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(30);
    [...divergedAt].forEach((step, network) => {
      curves.steps.forEach((at, record) => {
        const loss = curves.trainLoss[record * 30 + network];
        expect(Number.isFinite(loss)).toBe(step === -1 || at < step);
      });
    });
  });
});

describe('the two-weight problem', () => {
  it('takes the steps of gradient descent in closed form', async () => {
    const { snapshots, curves } = await train({
      ...twoWeights,
      initialiser: { kind: 'normal', scale: 1 },
      learningRate: 0.1,
      epochs: 100,
      snapshots: 101,
      initialisations: 8,
    });
    for (let network = 0; network < 8; network++) {
      const start = [snapshots[2 * network]!, snapshots[2 * network + 1]!] as const;
      const { points, losses } = twoWeightDescend(start, 0.1, 100);
      expect(points).toHaveLength(101);
      points.forEach(([a, b], step) => {
        const at = 2 * (step * 8 + network);
        expect(snapshots[at]).toBeCloseTo(a, 5);
        expect(snapshots[at + 1]).toBeCloseTo(b, 5);
        expect(curves.trainLoss[step * 8 + network]).toBeCloseTo(losses[step]!, 5);
      });
    }
  });

  it.each([
    ['adds lambda w to the gradient: SGD', { kind: 'sgd' }],
    ['shrinks the weights by eta lambda: AdamW', { kind: 'adamw' }],
  ] satisfies [string, object][])(
    'decays at the minimum, where there is no gradient: %s',
    async (_, optimiser) => {
      // From (0, 0) nothing moves; from elsewhere one step of decay is known wherever the gradient is.
      const options = { ...twoWeights, optimiser, learningRate: 0.01, epochs: 1, snapshots: 2 };
      const plain = (await train(options as ExperimentInput)).snapshots;
      const decayed = (await train({ ...options, weightDecay: 0.5 } as ExperimentInput)).snapshots;
      for (let i = 0; i < 8; i++)
        expect(decayed[8 + i]! - plain[8 + i]!).toBeCloseTo(-0.01 * 0.5 * plain[i]!, 6);
    },
  );
});

describe('given weights', () => {
  it('are where training starts, chunked or not, and are left as they were', async () => {
    const { experiment, data } = await prepare({});
    const drawn = initialPopulation(
      { sizes: [2, 5, 2], activation: 'tanh', residual: false, bias: true },
      experiment.initialiser,
      experiment.seed + 1,
      4,
    );
    const initialWeights = drawn.slice();
    const trainFrom = async (memoryBudget?: number) => {
      const options = { experiment, data, executor, initialWeights, memoryBudget };
      const trainer = await createTrainer(options);
      while (await trainer.advance());
      const history = trainer.history();
      trainer.dispose();
      return history;
    };
    const [together, alone] = [await trainFrom(), await trainFrom(1)];
    expect(together.snapshots.subarray(0, drawn.length)).toEqual(drawn);
    expect(initialWeights).toEqual(drawn);
    expect(largestDifference(together.snapshots, alone.snapshots)).toBeLessThan(1e-5);
    // The same run as that of the seed which draws these weights.
    const seeded = await createTrainer({
      experiment: { ...experiment, seed: experiment.seed + 1 },
      data,
      executor,
    });
    while (await seeded.advance());
    expect(seeded.history().snapshots).toEqual(together.snapshots);
    seeded.dispose();
  });

  it('of another size are refused in a sentence', async () => {
    const { experiment, data } = await prepare({});
    await expect(
      createTrainer({ experiment, data, executor, initialWeights: new Float32Array(27) }),
    ).rejects.toThrow(
      'initialWeights has 27 values: 4 networks of 27 weights need 108, one network after the other',
    );
  });
});

describe('records without snapshots', () => {
  it('are those of the history', async () => {
    const trainer = await createTrainer({ ...(await prepare({})), executor });
    await trainer.advance();
    await trainer.advance();
    const { curves, divergedAt } = trainer.history();
    expect(trainer.records()).toEqual({ curves, divergedAt });
    trainer.dispose();
  });
});

describe('a failure', () => {
  it('of one chunk ends the step, and what was computed can be disposed', async () => {
    let runs = 0;
    const failing: Executor = {
      ...executor,
      lanes: 2,
      compile: async (model) => {
        const program = await executor.compile(model);
        return {
          ...program,
          run: (feeds) =>
            ++runs === 3 ? Promise.reject(new Error('the device is gone')) : program.run(feeds),
        };
      },
    };
    const trainer = await createTrainer({
      ...(await prepare({})),
      executor: failing,
      memoryBudget: 1,
    });
    await expect(trainer.advance()).rejects.toThrow('the device is gone');
    trainer.dispose();
  });
});
