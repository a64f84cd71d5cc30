// Truth: a seed of its own redraws its one purpose as the one seed would, and leaves the three others bit for bit.
import { describe, expect, it } from 'vitest';
import { batchOrder } from '../../../src/learning/batches.ts';
import { initialPopulation } from '../../../src/learning/initial-weights.ts';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { seedsOf } from '../../../src/learning/seeds.ts';

const noSources = { digits: () => Promise.resolve(''), csv: () => Promise.resolve('') };

/** What each of the four streams gives; points of both parts together do not depend on the split. */
async function drawn(seeds: object) {
  const input = { data: { kind: 'moons', samples: 40 }, normalise: false, hiddenSizes: [3] };
  const experiment = parseExperiment(
    { ...input, batchSize: 5, initialisations: 2, ...seeds },
    'x.json',
  );
  const data = await prepareData(experiment, noSources);
  const points = (values: Float32Array) =>
    Array.from({ length: values.length / 2 }, (_, i) => `${values[2 * i]} ${values[2 * i + 1]}`);
  const [train, test] = [points(data.train.inputs), points(data.test.inputs)];
  const all = [...train, ...test].sort();
  const { initialiser, initialisations } = experiment;
  const { starts } = seedsOf(experiment);
  return {
    data: all,
    split: test.map((point) => all.indexOf(point)).sort(),
    starts: [
      ...initialPopulation(networkShapeOf(experiment, data), initialiser, starts, initialisations),
    ],
    order: [...batchOrder(experiment, data.train, 1)],
  };
}

describe('seedsOf', () => {
  it('gives the one seed to each purpose that has none of its own', () => {
    expect(seedsOf({ seed: 3 })).toEqual({ data: 3, split: 3, starts: 3, order: 3 });
    expect(seedsOf({ seed: 3, startSeed: 0 })).toEqual({ data: 3, split: 3, starts: 0, order: 3 });
  });

  it('is the one seed for settings of today', () => {
    const { dataSeed, splitSeed, startSeed, orderSeed } = parseExperiment({}, 'x.json');
    expect([dataSeed, splitSeed, startSeed, orderSeed]).toEqual(Array(4).fill(undefined));
  });
});

describe('a seed of its own', () => {
  it.each([
    ['startSeed', 'starts'],
    ['orderSeed', 'order'],
    ['dataSeed', 'data'],
  ] as const)('%s draws the %s anew, and nothing else', async (setting, purpose) => {
    const [plain, other, all] = await Promise.all([
      drawn({ seed: 1 }),
      drawn({ seed: 1, [setting]: 2 }),
      drawn({ seed: 2 }),
    ]);
    expect(other[purpose]).toEqual(all[purpose]);
    expect(other[purpose]).not.toEqual(plain[purpose]);
    for (const rest of ['data', 'starts', 'order'] as const)
      if (rest !== purpose) expect(other[rest]).toEqual(plain[rest]);
  });

  it('splitSeed keeps other points aside, of the same points', async () => {
    const [plain, other] = [await drawn({ seed: 1 }), await drawn({ seed: 1, splitSeed: 2 })];
    expect(other.split).not.toEqual(plain.split);
    expect({ ...other, split: null }).toEqual({ ...plain, split: null });
  });
});
