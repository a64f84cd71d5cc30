import { expect, test } from 'vitest';
import { bytesOf, saveEvery } from '../../../../src/worker/run/save-interval.ts';
import { experimentWith, trained } from './service-in-node.ts';

test('small runs are saved every two seconds, larger ones more rarely, the largest only where they pause', () => {
  expect(saveEvery(0)).toBe(2000);
  expect(saveEvery(8e6)).toBe(2000);
  expect(saveEvery(40e6)).toBe(10_000);
  expect(saveEvery(300e6)).toBe(Infinity);
});

test('the bytes of a run are those of its arrays', async () => {
  const experiment = experimentWith();
  const trainer = await trained(experiment);
  const training = { experiment, state: await trainer.state(), history: trainer.history() };
  const floats = 6 * 42 * (3 + 5) + 31 * (2 + 6 * 5);
  expect(bytesOf(training)).toBe(4 * floats);
});
