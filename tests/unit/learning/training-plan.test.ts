// What a plan holds and where it stops, without a network.
import { describe, expect, it } from 'vitest';
import { mostRateChanges } from '../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { TrainingPlan } from '../../../src/learning/training-plan.ts';

/** 48 points in batches of 16: 3 steps an epoch. */
const planOf = (input: object = {}) =>
  new TrainingPlan(
    parseExperiment({ batchSize: 16, epochs: 2_000, snapshots: 3, ...input }, 'a test'),
    { count: 48 },
  );

describe('a plan', () => {
  it('tells of the experiment as it was while nothing has changed', () => {
    const experiment = parseExperiment({ epochs: 5 }, 'a test');
    expect(new TrainingPlan(experiment, { count: 48 }).experiment).toEqual(experiment);
  });

  it('stops for records and snapshots until the end, whichever length it has', () => {
    const plan = planOf({ epochs: 8, recordEvery: 3 });
    expect([0, 8, 9, 23].map((step) => plan.nextRecord(step))).toEqual([9, 9, 18, 24]);
    expect([0, 12, 23].map((step) => plan.nextSnapshot(step))).toEqual([12, 24, 24]);
    plan.setEpochs(10, 13);
    expect([18, 27, 29].map((step) => plan.nextRecord(step))).toEqual([27, 30, 30]);
    expect([13, 15].map((step) => plan.nextSnapshot(step))).toEqual([15, 30]);
    expect([0, 12, 15, 24, 30].filter((step) => plan.isSnapshot(step))).toEqual([0, 15, 30]);
  });

  it('has as few snapshots as a shorter run allows, and as many as asked once it is longer', () => {
    const plan = planOf({ epochs: 8, snapshots: 20 });
    plan.setEpochs(2, 0);
    expect(plan.experiment.snapshots).toBe(7);
    plan.setEpochs(8, 0);
    expect(plan.experiment.snapshots).toBe(20);
  });

  it('forgets no change of the rate that a shorter run has no step for', () => {
    const plan = planOf({ epochs: 8 });
    plan.setLearningRate(0.5, 20);
    plan.setEpochs(4, 0);
    expect(plan.experiment).not.toHaveProperty('rateChanges');
    plan.setEpochs(8, 0);
    expect(plan.experiment.rateChanges).toEqual([{ step: 20, learningRate: 0.5 }]);
  });

  it('keeps the first length of a cosine through every later one', () => {
    const plan = planOf({ epochs: 8, schedule: { kind: 'cosine' } });
    plan.setEpochs(8, 0);
    expect(plan.experiment.schedule).not.toHaveProperty('overEpochs');
    const before = Array.from({ length: 24 }, (_, step) => plan.rateAt(step));
    plan.setEpochs(20, 0);
    plan.setEpochs(12, 0);
    expect(plan.experiment.schedule).toMatchObject({ overEpochs: 8 });
    expect(Array.from({ length: 24 }, (_, step) => plan.rateAt(step))).toEqual(before);
  });

  it('holds as many changes of the rate as an experiment may, and says so at the next', () => {
    const plan = planOf();
    for (let step = 0; step < mostRateChanges; step++) plan.setLearningRate(1 + (step % 2), step);
    expect(parseExperiment(plan.experiment, 'a test').rateChanges).toHaveLength(mostRateChanges);
    const { experiment } = plan;
    expect(() => plan.setLearningRate(5, mostRateChanges)).toThrow(
      new RangeError(
        'the learning rate was changed 4000 times already: a run holds no more changes; start a new one from here',
      ),
    );
    expect(plan.experiment).toEqual(experiment);
    plan.setLearningRate(5, mostRateChanges - 1);
    expect(plan.rateAt(mostRateChanges)).toBe(5);
  });
});
