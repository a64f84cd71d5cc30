// Truth: every stop computes what the network did; the first is the network, the last the whole renumbering.
import { describe, expect, it } from 'vitest';
import {
  applySymmetry,
  identitySymmetry,
} from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import {
  numberedUnits,
  renumberFirst,
} from '../../../../src/landscape/symmetry/renumber-stepwise.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { compute, randomWeights, shape } from './networks.ts';
import { randomSymmetry } from './random-symmetry.ts';

describe('renumberFirst', () => {
  const network = shape([2, 6, 5, 2]);
  const target = randomSymmetry(network, randomStream(4, 'target'));
  const units = numberedUnits(network);

  it('goes from the network as it is to the whole renumbering', () => {
    expect(units).toBe(11);
    expect(renumberFirst(network, target, 0)).toEqual(identitySymmetry(network));
    expect(renumberFirst(network, target, units)).toEqual(target);
  });

  it('has the first units in place, and gives the same answers at every stop', async () => {
    const weights = randomWeights(network, 2);
    const stops = Array.from({ length: units + 1 }, (_, done) =>
      renumberFirst(network, target, done),
    );
    for (const [done, { permutations }] of stops.entries()) {
      const placed = [...permutations[0]!, ...permutations[1]!].slice(0, done);
      expect(placed).toEqual(
        [...target.permutations[0]!, ...target.permutations[1]!].slice(0, done),
      );
    }
    const [own, ...others] = await compute(
      network,
      ...stops.map((stop) => applySymmetry(network, weights, stop)),
    );
    for (const other of others)
      for (const [i, output] of other.outputs.entries())
        expect(output).toBeCloseTo(own!.outputs[i]!, 4);
  });
});
