import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { createSettler } from '../../../../src/laboratory/form/dependent-settings.ts';
import { experiments } from './experiments.ts';

const base: Record<string, unknown> = { ...parseExperiment({ batchSize: 128 }, 'a test') };

test('snapshots are lowered to what the steps allow, and raised again to what was wanted', () => {
  const settle = createSettler();
  const few = { ...base, batchSize: 'full', epochs: 1 };
  expect(settle(few, 'epochs')).toEqual({ snapshots: 2 });
  expect(settle({ ...few, snapshots: 2, epochs: 10 }, 'epochs')).toEqual({ snapshots: 11 });
  expect(settle({ ...few, snapshots: 11, epochs: 100 }, 'epochs')).toEqual({ snapshots: 21 });
});

test('what the reader sets by hand is left to the schema to judge', () => {
  expect(createSettler()({ ...base, snapshots: 1000 }, 'snapshots')).toEqual({});
  expect(createSettler()({ ...base, batchSize: 5000 }, 'batchSize')).toEqual({});
});

test('fewer points than a batch are learned all at once, until there are enough again', () => {
  const settle = createSettler();
  const points = (samples: number) => ({ kind: 'moons', samples, noise: 0.2 });
  expect(settle({ ...base, data: points(64) }, 'data.samples')).toEqual({ batchSize: 'full' });
  const now = { ...base, batchSize: 'full', data: points(640) };
  expect(settle(now, 'data.samples')).toEqual({ batchSize: 128 });
});

test('the two-weight problem brings its network, and other data bring the usual one back', () => {
  const settle = createSettler();
  const two = { ...base, data: { kind: 'two-weights' } };
  const network = settle(two, 'data.kind');
  expect(() => parseExperiment({ ...two, ...network }, 'a test')).not.toThrow();
  const back = { ...two, ...network, data: { kind: 'moons' } };
  const usual = settle(back, 'data.kind');
  expect(parseExperiment({ ...back, ...usual }, 'a test')).toMatchObject({
    hiddenSizes: [64],
    activation: 'tanh',
    directions: 'pca',
  });
});

test('an experiment that makes sense is left alone, whatever was touched', () => {
  const paths = ['epochs', 'seed', 'testFraction', 'data.samples', 'batchSize', 'snapshots'];
  fc.assert(
    fc.property(experiments, fc.constantFrom(...paths), (experiment, path) => {
      // How many points a file has is known later.
      fc.pre(experiment.data.kind !== 'csv');
      // A batch larger than what is left to train on passes the schema, which does not know the split.
      const settled = createSettler()({ ...experiment }, path);
      fc.pre(!('batchSize' in settled));
      const rest = { ...experiment, ...settled };
      expect(() => parseExperiment(rest, 'a test')).not.toThrow();
      if (experiment.batchSize === 'full') expect(settled).toEqual({});
    }),
  );
});

test('texts that are no settings do not stop it', () => {
  const settle = createSettler();
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...Object.keys(base)), fc.anything()), (odd) => {
      settle({ ...base, ...odd }, 'epochs');
      settle({ ...base, ...odd }, 'data.kind');
    }),
  );
});
