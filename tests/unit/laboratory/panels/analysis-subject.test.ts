// A run is asked about with the weights that it has now, and an answer says which moment it is of.
import { describe, expect, it } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import type { TrainingHistory } from '../../../../src/learning/history.ts';
import { versionOf, whatHasChanged } from '../../../../src/laboratory/panels/staleness.ts';
import { historyToNow } from '../../../../src/worker/history-to-now.ts';

const experiment = parseExperiment({ epochs: 30 }, 'a test');
const history: TrainingHistory = {
  networks: 2,
  parameters: 3,
  curves: {
    steps: Int32Array.of(0, 10),
    epochs: Float32Array.of(0, 10),
    trainLoss: new Float32Array(4),
    trainAccuracy: null,
    testLoss: null,
    testAccuracy: null,
    gradientNorm: new Float32Array(4),
  },
  snapshotSteps: Int32Array.of(0, 10),
  snapshots: Float32Array.from({ length: 12 }, (_, i) => i),
  divergedAt: Int32Array.of(-1, -1),
};
const trainingAt = (step: number, settings = experiment) => ({
  experiment: settings,
  state: { step, weights: Float32Array.of(20, 21, 22, 23, 24, 25), slots: [] },
  history,
});

describe('the history that is asked about', () => {
  it('ends with the weights of now, where the last snapshot is older', () => {
    const whole = historyToNow(trainingAt(14));
    expect([...whole.snapshotSteps]).toEqual([0, 10, 14]);
    expect([...whole.snapshots.slice(-6)]).toEqual([20, 21, 22, 23, 24, 25]);
    expect([...whole.snapshots.slice(0, 12)]).toEqual([...history.snapshots]);
  });

  it('is the history itself where the last snapshot is of now', () => {
    expect(historyToNow(trainingAt(10))).toBe(history);
  });
});

it('tells runs apart whose rate was changed before the moment of the answer, and only those', () => {
  const at = (rateChanges: { step: number; learningRate: number }[]) => {
    const training = trainingAt(1200);
    return versionOf({ training: { ...training, experiment: { ...experiment, rateChanges } } });
  };
  const then = at([{ step: 100, learningRate: 0.1 }]);
  expect(whatHasChanged(then, versionOf({ training: trainingAt(1200) }), 1200)).toContain(
    'earlier run',
  );
  const later = { step: 1200, learningRate: 0.5 };
  expect(whatHasChanged(then, at([{ step: 100, learningRate: 0.1 }, later]), 1200)).toBeNull();
});

describe('what has changed since an answer', () => {
  const then = versionOf({ training: trainingAt(1200) });

  it('is nothing while the run stands where it was, whatever is still to come', () => {
    const longer = versionOf({ training: trainingAt(1200, { ...experiment, epochs: 5000 }) });
    expect(whatHasChanged(then, longer, 1200)).toBeNull();
  });

  it('is said with the step that the answer is of', () => {
    const now = versionOf({ training: trainingAt(1500) });
    expect(whatHasChanged(then, now, 1500)).toBe(
      'Of the run as it was at step 1,200; it has gone on since.',
    );
    expect(whatHasChanged(then, now, 20)).toBe('This is an earlier run, as it was at step 1,200.');
  });

  it('is another run where a setting that decides it is another', () => {
    const other = versionOf({ training: trainingAt(1200, { ...experiment, seed: 7 }) });
    expect(whatHasChanged(then, other, 1200)).toMatch(
      /^This is an earlier run, with other settings/,
    );
  });
});
