// A small run that can go on: two networks of 2-2-2 after 6 of 8 steps of Adam, with what it would be kept with.
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import type { SavedTraining } from '../../../../src/worker/run/run-messages.ts';

const networks = 2;
const parameters = 12;
const size = networks * parameters;

const random = randomStream(3, 'a training for tests');
const values = (count: number) => Float32Array.from({ length: count }, () => random.normal());

export const training: SavedTraining = {
  experiment: parseExperiment(
    {
      data: { kind: 'moons', samples: 32 },
      hiddenSizes: [2],
      epochs: 8,
      initialisations: networks,
      snapshots: 3,
    },
    'the test',
  ),
  state: { step: 6, weights: values(size), slots: [values(size), values(size)] },
  history: {
    networks,
    parameters,
    curves: {
      steps: Int32Array.of(0, 3, 6),
      epochs: Float32Array.of(0, 3, 6),
      trainLoss: values(6),
      trainAccuracy: values(6),
      testLoss: values(6),
      testAccuracy: values(6),
      gradientNorm: values(6),
    },
    snapshotSteps: Int32Array.of(0, 4),
    snapshots: values(2 * size),
    divergedAt: Int32Array.of(-1, 5),
  },
};
// What a diverged network leaves behind.
training.history.curves.trainLoss[5] = NaN;
training.state.weights[parameters] = Infinity;
training.state.weights[0] = -0;
