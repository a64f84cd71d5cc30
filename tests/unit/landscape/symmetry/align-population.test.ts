// Truth: reordered copies of one network become one; every pair alone gives the same as all together.
import { describe, expect, it } from 'vitest';
import { alignPair, alignPopulation } from '../../../../src/landscape/symmetry/align-population.ts';
import type { AlignmentMethod } from '../../../../src/landscape/symmetry/align-population.ts';
import {
  applySymmetry,
  identitySymmetry,
} from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, count, randomWeights, shape } from './networks.ts';
import { randomSymmetry } from './random-symmetry.ts';

const network = shape([2, 6, 5, 2]);
const P = parameterCount(network);
const M = 5;
const byWeights: AlignmentMethod = { kind: 'weights', seed: 1 };
const row = (values: Float32Array, index: number) => values.slice(index * P, (index + 1) * P);

/** M copies of one network, each reordered in its own way. */
function copies(): Float32Array {
  const weights = new Float32Array(M * P);
  const one = randomWeights(network, 1);
  for (let m = 0; m < M; m++)
    weights.set(
      applySymmetry(network, one, randomSymmetry(network, randomStream(m, 'copies'))),
      m * P,
    );
  return weights;
}

describe('alignPopulation', () => {
  it.each(['weights', 'activations'] as const)(
    'makes reordered copies one, by %s',
    async (kind) => {
      const weights = copies();
      const computed = await compute(
        network,
        ...Array.from({ length: M }, (_, m) => row(weights, m)),
      );
      // `[M, count, units]`, as a reader gives them for all networks at once.
      const activations = [0, 1].map((layer) =>
        Float32Array.from(computed.flatMap((one) => [...one.activations[layer]!])),
      );
      const method: AlignmentMethod = kind === 'weights' ? byWeights : { kind, activations, count };
      const done: number[] = [];
      const aligned = await alignPopulation(network, weights, {
        to: 2,
        method,
        onProgress: (each, total) => done.push(each / total),
      });
      for (let m = 0; m < M; m++) {
        expect(row(aligned.weights, m).every((value, p) => value === weights[2 * P + p])).toBe(
          true,
        );
        expect(aligned.weights.subarray(m * P, (m + 1) * P)).toEqual(
          applySymmetry(network, row(weights, m), aligned.symmetries[m]!),
        );
      }
      expect([...aligned.distanceAfter]).toEqual([0, 0, 0, 0, 0]);
      expect([...aligned.distanceBefore].map((distance) => distance > 1)).toEqual([
        true,
        true,
        false,
        true,
        true,
      ]);
      expect(done).toEqual([0.2, 0.4, 0.6, 0.8, 1]);
    },
  );

  it('stops between two networks when it is aborted', async () => {
    const controller = new AbortController();
    let done = 0;
    const aligning = alignPopulation(network, copies(), {
      to: 0,
      method: byWeights,
      signal: controller.signal,
      onProgress: (each) => {
        done = each;
        if (each === 2) controller.abort(new Error('enough'));
      },
    });
    await expect(aligning).rejects.toThrow('enough');
    expect(done).toBe(2);
  });
});

it('leaves the reference as it is, even where its units cannot be told apart', () => {
  const weights = copies();
  // Activations of zero: every order of units is as near as any other.
  const activations = [new Float32Array(M * count * 6), new Float32Array(M * count * 5)];
  const own = alignPair(network, weights, 2, 2, { kind: 'activations', activations, count });
  expect(own).toEqual({
    symmetry: identitySymmetry(network),
    weights: row(weights, 2),
    distanceBefore: 0,
    distanceAfter: 0,
    sweeps: 0,
  });
});

it('bad input is told in a sentence', async () => {
  const weights = copies();
  expect(() => alignPair(network, weights, 0, M, byWeights)).toThrow(
    'there is no network 5 to align among 5',
  );
  await expect(
    alignPopulation(network, weights.with(3 * P + 7, NaN), { to: 0, method: byWeights }),
  ).rejects.toThrow('weight 7 of network 3 is NaN: leave networks that diverged out');
  await expect(
    alignPopulation(network, weights.subarray(1), { to: 0, method: byWeights }),
  ).rejects.toThrow(`are not whole networks of 2-6-5-2 units with ${P} weights each`);
});
