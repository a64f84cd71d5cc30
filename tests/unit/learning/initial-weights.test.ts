// Truth: each initialiser's published variance, and bounds where it is uniform; recorded bits.
import { describe, expect, it } from 'vitest';
import { initialisers } from '../../../src/learning/experiment.ts';
import { initialPopulation, initialWeights } from '../../../src/learning/initial-weights.ts';
import { parameterCount, type NetworkShape } from '../../../src/learning/network-shape.ts';

const shape: NetworkShape = {
  sizes: [100, 300, 2],
  activation: 'tanh',
  residual: false,
  bias: true,
};
const weightsOfFirst = (weights: Float32Array) => weights.subarray(0, 100 * 300);
const biasesOfFirst = (weights: Float32Array) => weights.subarray(100 * 300, 100 * 300 + 300);
const variance = (w: Float32Array) => w.reduce((sum, x) => sum + x * x, 0) / w.length;

/** Of the first layer, fan-in 100 and fan-out 300. */
const published: Record<string, { variance: number; bound?: number }> = {
  'xavier-uniform': { variance: 2 / 400, bound: Math.sqrt(6 / 400) },
  'xavier-normal': { variance: 2 / 400 },
  'he-uniform': { variance: 2 / 100, bound: Math.sqrt(6 / 100) },
  'he-normal': { variance: 2 / 100 },
  'lecun-normal': { variance: 1 / 100 },
  'pytorch-default': { variance: 1 / 300, bound: 1 / 10 },
  normal: { variance: 1 },
};

describe.each(Object.entries(published))('%s', (kind, truth) => {
  const initialiser = { kind: kind as (typeof initialisers)[number], scale: 1 };
  const weights = initialWeights(shape, initialiser, 42, 0);

  it('has the published variance', () => {
    // The relative standard error of a variance is at most sqrt(2 / n), the normal's.
    const within = 5 * Math.sqrt(2 / 30_000);
    expect(Math.abs(variance(weightsOfFirst(weights)) / truth.variance - 1)).toBeLessThan(within);
  });

  it('stays within the published bound where it is uniform', () => {
    const largest = Math.max(...weightsOfFirst(weights).map(Math.abs));
    if (truth.bound) {
      expect(largest).toBeLessThanOrEqual(Math.fround(truth.bound));
      expect(largest).toBeGreaterThan(truth.bound * 0.99);
    } else expect(largest).toBeGreaterThan(3 * Math.sqrt(truth.variance));
  });

  it('multiplies weights by the scale, and never biases', () => {
    const scaled = initialWeights(shape, { ...initialiser, scale: 4 }, 42, 0);
    expect(weightsOfFirst(scaled)).toEqual(weightsOfFirst(weights).map((w) => 4 * w));
    expect(biasesOfFirst(scaled)).toEqual(biasesOfFirst(weights));
  });

  it('starts biases at zero, but for the PyTorch default', () => {
    const biases = biasesOfFirst(weights);
    if (kind === 'pytorch-default') {
      expect(Math.abs(variance(biases) * 300 - 1)).toBeLessThan(5 * Math.sqrt(2 / 300));
      expect(Math.max(...biases.map(Math.abs))).toBeLessThanOrEqual(Math.fround(0.1));
    } else expect(biases.every((b) => b === 0)).toBe(true);
  });
});

describe('initialPopulation', () => {
  const small: NetworkShape = { sizes: [2, 8, 2], activation: 'relu', residual: false, bias: true };
  const initialiser = { kind: 'he-normal', scale: 1 } as const;

  it('holds initialisation i of the seed at row i, however many are drawn', () => {
    const P = parameterCount(small);
    const many = initialPopulation(small, initialiser, 42, 50);
    expect(many).toHaveLength(50 * P);
    for (const i of [0, 17, 49]) {
      expect(many.subarray(i * P, (i + 1) * P)).toEqual(initialWeights(small, initialiser, 42, i));
    }
    expect(initialPopulation(small, initialiser, 42, 3)).toEqual(many.subarray(0, 3 * P));
  });

  it('holds networks that differ, and others for another seed', () => {
    const rows = [0, 1, 2].map((i) => initialWeights(small, initialiser, 42, i).join());
    expect(new Set([...rows, initialWeights(small, initialiser, 43, 0).join()]).size).toBe(4);
  });

  it('is all zeros where asked', () => {
    const zeros = initialPopulation(small, { kind: 'zeros', scale: 1 }, 42, 2);
    expect(zeros.every((w) => Object.is(w, 0))).toBe(true);
  });

  it('has no biases where the network has none', () => {
    const bare = { ...small, bias: false };
    expect(initialWeights(bare, initialiser, 42, 0)).toHaveLength(2 * 8 + 8 * 2);
  });

  it('has the bits it always had', () => {
    const bits = (kind: 'xavier-uniform' | 'he-normal') =>
      Array.from(
        new Uint32Array(initialWeights(small, { kind, scale: 1 }, 42, 17).buffer).subarray(0, 4),
      );
    expect({ uniform: bits('xavier-uniform'), normal: bits('he-normal') }).toEqual({
      uniform: [1060867574, 3199797806, 3201783814, 1053065699],
      normal: [1061123833, 3209810270, 3174559353, 3204325883],
    });
  });
});
