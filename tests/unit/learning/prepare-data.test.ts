// Truth: mean 0 and variance 1 of the training part; the test part seen through the same normalisation.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { CsvError } from '../../../src/learning/csv.ts';
import { ExperimentError, parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData, type DataSources } from '../../../src/learning/prepare-data.ts';

const files: Record<string, string> = {
  'pets.csv': 'a,b,kind\n1,2,cat\n3,4,dog\n5,5,cat\n7,0,dog\n',
};
const sources: DataSources = {
  digits: () =>
    Promise.resolve(gunzipSync(readFileSync('public/datasets/digits.csv.gz')).toString('utf8')),
  csv: (path) => Promise.resolve(files[path] ?? ''),
};
const prepare = (input: object) => prepareData(parseExperiment(input, 'x.json'), sources);
const column = (values: Float32Array, width: number, c: number) =>
  values.filter((_, i) => i % width === c);
const mean = (values: Float32Array) => values.reduce((a, b) => a + b, 0) / values.length;
const meanSquare = (values: Float32Array) => mean(values.map((x) => x * x));

describe('prepareData', () => {
  it('normalises by the training part alone', async () => {
    const data = await prepare({ data: { kind: 'moons' } });
    for (const f of [0, 1]) {
      const train = column(data.train.inputs, 2, f);
      expect(mean(train)).toBeCloseTo(0, 5);
      expect(meanSquare(train)).toBeCloseTo(1, 5);
      expect(Math.abs(mean(column(data.test.inputs, 2, f)))).toBeGreaterThan(1e-4);
    }
  });

  it('undoes to the data as they were', async () => {
    const normal = await prepare({ data: { kind: 'moons' } });
    const plain = await prepare({ data: { kind: 'moons' }, normalise: false });
    expect([...plain.normalisation.mean, ...plain.normalisation.scale]).toEqual([0, 0, 1, 1]);
    for (const part of ['train', 'test'] as const) {
      normal[part].inputs.forEach((x, i) => {
        const { mean: means, scale } = normal.normalisation;
        const back = x * scale[i % 2]! + means[i % 2]!;
        expect(back).toBeCloseTo(plain[part].inputs[i]!, 5);
      });
    }
  });

  it.each(['cross-entropy', 'mean-squared-error'])('gives one-hot targets for %s', async (loss) => {
    const { train, outputs } = await prepare({ data: { kind: 'blobs', classes: 4 }, loss });
    train.labels!.forEach((label, i) => {
      const row = [...train.targets.subarray(i * outputs, (i + 1) * outputs)];
      expect(row).toEqual([0, 1, 2, 3].map((c) => (c === label ? 1 : 0)));
    });
  });

  it('parts the digits into 1,348 and 449, every part with all classes', async () => {
    const data = await prepare({ data: { kind: 'digits' } });
    expect([data.train.count, data.test.count]).toEqual([1348, 449]);
    expect([data.features, data.outputs]).toEqual([64, 10]);
    expect(new Set(data.test.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
    // The first pixel is always empty: it keeps scale 1 and becomes 0.
    expect(data.normalisation.scale[0]).toBe(1);
    expect(column(data.test.inputs, 64, 0).every((x) => x === 0)).toBe(true);
    expect(data.train.inputs.every(Number.isFinite)).toBe(true);
  });

  it('learns the two-weight problem whole and as it is', async () => {
    const data = await prepare({
      data: { kind: 'two-weights' },
      hiddenSizes: [1],
      activation: 'linear',
      bias: false,
      loss: 'mean-squared-error',
      testFraction: 0.5,
    });
    expect(data.train).toEqual({
      count: 1,
      inputs: Float32Array.of(Math.SQRT1_2),
      targets: Float32Array.of(Math.SQRT1_2),
      labels: null,
    });
    expect(data.test.count).toBe(0);
    expect(data.classNames).toEqual([]);
  });

  it('reads a CSV file by its path', async () => {
    const data = await prepare({ data: { kind: 'csv', path: 'pets.csv' }, testFraction: 0 });
    expect(data.classNames).toEqual(['cat', 'dog']);
    expect(data.featureNames).toEqual(['a', 'b']);
    expect([data.train.count, data.test.count]).toEqual([4, 0]);
  });

  it('is the same for the same seed, whatever is trained on it', async () => {
    const once = await prepare({ seed: 5 });
    expect(await prepare({ seed: 5, hiddenSizes: [3], epochs: 9, initialisations: 2 })).toEqual(
      once,
    );
    expect((await prepare({ seed: 6 })).train.inputs).not.toEqual(once.train.inputs);
  });

  it('says what does not suit the data once it is read', async () => {
    const pets = { name: 'pets', data: { kind: 'csv', path: 'pets.csv' }, testFraction: 0 };
    await expect(prepare({ ...pets, batchSize: 5 })).rejects.toThrow(
      new ExperimentError(
        'batchSize is 5: there are 4 points to train on, so expected at most 4, or "full" (experiment pets)',
      ),
    );
    await expect(prepare({ ...pets, directions: 'weights' })).rejects.toThrow('this one has 322');
    await expect(prepare({ ...pets, epochs: 3, batchSize: 2, snapshots: 8 })).rejects.toThrow(
      'snapshots is 8: training takes 6 steps, so expected at most 7',
    );
    const rateChanges = [{ step: 6, learningRate: 0.1 }];
    await expect(prepare({ ...pets, epochs: 3, batchSize: 2, rateChanges })).rejects.toThrow(
      'rateChanges[0].step is 6: training takes 6 steps, so expected at most 5, the last one',
    );
    await expect(prepare({ data: { kind: 'csv', path: 'no.csv' } })).rejects.toThrow(CsvError);
  });
});
