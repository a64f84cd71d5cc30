// Truth: the byte lengths of the arrays themselves; monotony.
import { describe, expect, it } from 'vitest';
import { checkMemory, estimateMemory, formatBytes } from '../../../src/learning/memory.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';

const data = { features: 2, outputs: 2, train: { count: 384 }, test: { count: 128 } };
const experiment = (input: object) => parseExperiment(input, 'x.json');

describe('estimateMemory', () => {
  it('counts the arrays that must be held', () => {
    const P = 2 * 64 + 64 + 64 * 2 + 2;
    const { fixed } = estimateMemory(experiment({}), data);
    const arrays = [
      new Float32Array(3 * 50 * P), // weights and Adam's two moments
      new Float32Array(21 * 50 * P), // snapshots
      new Float32Array(101 * 50 * 5), // records
      new Float64Array(3 * P * P), // PCA of the covariance, P being less than 21 * 50
      new Float32Array(4 * 101 * 101),
      new Float32Array(512 * 4),
    ];
    expect(fixed).toBe(arrays.reduce((sum, { byteLength }) => sum + byteLength, 0));
  });

  it('counts at least the activations of a step and the gradient', () => {
    const { perNetwork } = estimateMemory(experiment({}), data);
    expect(perNetwork).toBeGreaterThanOrEqual((2 * 384 * (64 + 2) + 322) * 4);
  });

  it.each([
    { initialisations: 100 },
    { snapshots: 22 },
    { epochs: 101 },
    { hiddenSizes: [65] },
    { hiddenSizes: [64, 64] },
    { grid: { size: 102 } },
  ])('grows with %o', (change) => {
    const least = estimateMemory(experiment({}), data).bytes;
    expect(estimateMemory(experiment(change), data).bytes).toBeGreaterThan(least);
  });

  it('shrinks with an optimiser that remembers nothing', () => {
    const most = estimateMemory(experiment({}), data).bytes;
    const sgd = estimateMemory(experiment({ optimiser: { kind: 'sgd' } }), data).bytes;
    expect(most - sgd).toBe(2 * 50 * 322 * 4);
  });

  it('names its parts, the largest first', () => {
    const { explanation } = estimateMemory(experiment({ snapshots: 101, grid: { size: 2 } }), data);
    expect(explanation).toMatch(
      /^6\.5 MB for 101 snapshots of 50 networks of 322 weights, 2\.5 MB for the principal components/,
    );
  });
});

describe('checkMemory', () => {
  it('accepts what just fits and refuses one byte less', () => {
    const { bytes } = estimateMemory(experiment({}), data);
    expect(() => checkMemory(experiment({}), data, bytes)).not.toThrow();
    expect(() => checkMemory(experiment({}), data, bytes - 1)).toThrow('needs at least 4.5 MB');
  });

  it('says what takes most and how to lower it', () => {
    const huge = experiment({
      name: 'huge',
      hiddenSizes: [4096, 4096],
      initialisations: 1000,
      snapshots: 100,
    });
    expect(() => checkMemory(huge, data, 512e6)).toThrow(
      'experiment huge needs at least 7.2 TB, of which 6.7 TB for 100 snapshots of 1000 networks of 16801794 weights: expected at most the memory budget of 512 MB; lower snapshots, initialisations or hiddenSizes, or raise the budget',
    );
  });

  it('refuses more records than fit', () => {
    const endless = experiment({ epochs: 100_000, initialisations: 1_000 });
    expect(() => checkMemory(endless, data, 1e9)).toThrow(
      'of which 2.0 GB for 100001 records of 1000 networks: expected at most the memory budget of 1.0 GB; raise recordEvery or lower epochs or initialisations, or raise the budget',
    );
  });

  it('refuses a single network that cannot fit', () => {
    const wide = experiment({
      hiddenSizes: new Array(32).fill(64),
      initialisations: 1,
      snapshots: 2,
    });
    const many = { ...data, train: { count: 50_000 } };
    expect(() => checkMemory(wide, many, 100e6)).toThrow(
      /822 MB for a pass of one network over all samples: .* lower hiddenSizes or use fewer samples/,
    );
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1500, '1.5 kB'],
    [12_300_000, '12 MB'],
    [2e9, '2.0 GB'],
    [7.3e18, '7300 PB'],
  ])('%d', (bytes, text) => expect(formatBytes(bytes)).toBe(text));
});
