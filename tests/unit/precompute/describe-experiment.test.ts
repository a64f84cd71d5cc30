// What a terminal says of an experiment in one line.
import { expect, it } from 'vitest';
import { describeExperiment } from '../../../precompute/describe-experiment.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';

const change = (step: number) => ({ step, learningRate: 0.05 });
const described = (input: object) => describeExperiment(parseExperiment(input, 'a test'));

it('names what is trained, how, and from which seed', () => {
  expect(described({})).toBe(
    '50 networks, moons, hidden 64 tanh, adam at 0.01, 100 epochs, full batch, seed 42',
  );
});

it('names what was placed, given or changed on the way, where anything was', () => {
  const points = Array.from({ length: 8 }, (_, i) => [i, i, i % 2]);
  const data = { kind: 'points', points };
  expect(
    described({ data, start: { path: 'w.safetensors' }, orderSeed: 7, rateChanges: [change(4)] }),
  ).toMatch(
    /^50 networks, 8 points placed by hand, .*, seed 42, batches of seed 7, starting from w.safetensors, rate 0.05 from step 4$/,
  );
  expect(described({ rateChanges: [change(4), change(9)] })).toMatch(
    /, 2 changes of the rate from step 4$/,
  );
});
