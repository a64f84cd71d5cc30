// Truth: reordered copies become one again; no single reordering, tried one by one, brings a network nearer to the others.
import { describe, expect, it } from 'vitest';
import {
  alignJointly,
  meanSquaredDistance,
} from '../../../../src/landscape/symmetry/align-jointly.ts';
import { alignPopulation } from '../../../../src/landscape/symmetry/align-population.ts';
import { weightDistance } from '../../../../src/landscape/symmetry/alignment.ts';
import { applySymmetry } from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, randomWeights, shape, symmetriesOf } from './networks.ts';
import { randomSymmetry } from './random-symmetry.ts';

const row = (values: Float32Array, P: number, m: number) => values.slice(m * P, (m + 1) * P);

function together(P: number, all: readonly Float32Array[]): Float32Array {
  const weights = new Float32Array(all.length * P);
  for (const [m, one] of all.entries()) weights.set(one, m * P);
  return weights;
}

describe('alignJointly', () => {
  it('makes one of reordered copies of one network, of two hidden layers too', async () => {
    const network = shape([2, 6, 5, 2]);
    const P = parameterCount(network);
    const one = randomWeights(network, 1);
    const copies = Array.from({ length: 6 }, (_, m) =>
      applySymmetry(network, one, randomSymmetry(network, randomStream(m, 'copies'))),
    );
    const joint = await alignJointly(network, together(P, copies), { seed: 3 });
    expect(meanSquaredDistance(joint.weights, 6)).toBeCloseTo(0, 8);
    expect(joint.rounds).toBe(1);
  });

  it('leaves no network that another order would bring nearer to the others', async () => {
    const network = shape([2, 3, 2]);
    const P = parameterCount(network);
    const M = 7;
    const weights = together(
      P,
      Array.from({ length: M }, (_, m) => randomWeights(network, m)),
    );
    const { weights: aligned } = await alignJointly(network, weights, { seed: 1 });
    const least = meanSquaredDistance(aligned, M);
    for (let m = 0; m < M; m++)
      for (const order of symmetriesOf(network, [0], true)) {
        const other = aligned.slice();
        other.set(applySymmetry(network, row(aligned, P, m), order), m * P);
        expect(meanSquaredDistance(other, M)).toBeGreaterThan(least - 1e-6);
      }
  });

  it('brings them nearer than a common reference does, and changes no answer', async () => {
    const network = shape([2, 8, 2]);
    const P = parameterCount(network);
    const M = 9;
    const all = Array.from({ length: M }, (_, m) => randomWeights(network, m));
    const weights = together(P, all);
    const joint = await alignJointly(network, weights, { seed: 1 });
    const star = await alignPopulation(network, weights, {
      to: 0,
      method: { kind: 'weights', seed: 1 },
    });
    expect(meanSquaredDistance(joint.weights, M)).toBeLessThan(
      meanSquaredDistance(star.weights, M),
    );
    for (let m = 0; m < M; m++) {
      const own = row(joint.weights, P, m);
      expect(own).toEqual(applySymmetry(network, all[m]!, joint.symmetries[m]!));
      const [before, after] = await compute(network, all[m]!, own);
      for (const [i, output] of after!.outputs.entries())
        expect(output).toBeCloseTo(before!.outputs[i]!, 4);
    }
  });

  it('measures the mean squared distance as all pairs one by one give it', () => {
    const network = shape([2, 3, 2]);
    const P = parameterCount(network);
    const all = Array.from({ length: 4 }, (_, m) => randomWeights(network, m));
    const pairs = all.flatMap((a, i) => all.slice(i + 1).map((b) => weightDistance(a, b) ** 2));
    const mean = pairs.reduce((sum, each) => sum + each, 0) / pairs.length;
    expect(meanSquaredDistance(together(P, all), 4)).toBeCloseTo(mean, 5);
  });

  it('stops when it is told to', async () => {
    const network = shape([2, 3, 2]);
    const weights = together(parameterCount(network), [randomWeights(network, 1)]);
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(alignJointly(network, weights, { seed: 1, signal })).rejects.toThrow('stop');
  });
});
