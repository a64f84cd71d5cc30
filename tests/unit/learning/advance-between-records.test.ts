// Stopping between two records, without one: the run is the same as if it had not stopped.
import { expect, test } from 'vitest';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';
import type { Resumed, Trainer } from '../../../src/learning/trainer.ts';

const experiment = parseExperiment(
  {
    data: { kind: 'moons', samples: 64 },
    hiddenSizes: [6],
    initialisations: 3,
    batchSize: 8,
    epochs: 6,
    recordEvery: 2,
    snapshots: 4,
  },
  'a test',
);

async function trainer(resume?: Resumed): Promise<Trainer> {
  const data = await prepareData(experiment, {
    digits: () => Promise.reject(new Error('no digits')),
    csv: () => Promise.reject(new Error('no file')),
  });
  const executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
  return createTrainer({ experiment, data, executor, resume });
}

test('stops without records leave no trace, also where the run is saved and goes on elsewhere', async () => {
  const whole = await trainer();
  while (await whole.advance());

  let stopping = await trainer();
  const stops: number[] = [];
  for (let k = 0; ; k++) {
    const progress = await stopping.advance(5, false);
    if (!progress) break;
    stops.push(progress.step);
    if (k === 2) {
      const saved = { state: await stopping.state(), history: stopping.history() };
      expect(saved.state.step).not.toBe(saved.history.curves.steps.at(-1));
      stopping = await trainer(saved);
    }
  }
  expect(stops.length).toBeGreaterThan(whole.records().curves.steps.length);
  expect(stopping.history()).toEqual(whole.history());
  expect((await stopping.state()).weights).toEqual((await whole.state()).weights);
});
