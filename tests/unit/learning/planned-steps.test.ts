// The steps that settings give are those at which a run records losses and keeps weights.
import { expect, it } from 'vitest';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { plannedSteps } from '../../../src/learning/planned-steps.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';

it.each([
  { epochs: 7, recordEvery: 3, snapshots: 5, batchSize: 8 },
  { epochs: 2, recordEvery: 1, snapshots: 2, batchSize: 'full' },
  { epochs: 5, recordEvery: 10, snapshots: 4, batchSize: 16 },
])('are those of the run: %o', async (settings) => {
  const experiment = parseExperiment(
    {
      name: 'steps',
      data: { kind: 'moons', samples: 40 },
      hiddenSizes: [2],
      initialisations: 1,
      ...settings,
    },
    'a test',
  );
  const none = () => Promise.reject(new Error('not used'));
  const data = await prepareData(experiment, { digits: none, csv: none });
  const executor = await createNodeExecutor({ provider: 'cpu' });
  try {
    const trainer = await createTrainer({ experiment, data, executor });
    while (await trainer.advance());
    const { curves, snapshotSteps } = trainer.history();
    trainer.dispose();
    const planned = plannedSteps(experiment, data.train);
    expect(planned.records).toEqual([...curves.steps]);
    expect(planned.snapshots).toEqual([...snapshotSteps]);
    const epochs = planned.records.map((step) => Math.fround(step / planned.stepsPerEpoch));
    expect(epochs).toEqual([...curves.epochs]);
  } finally {
    executor.dispose();
  }
});
