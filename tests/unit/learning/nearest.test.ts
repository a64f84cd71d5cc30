// Truth: slips of the keyboard, made by hand.
import { describe, expect, it } from 'vitest';
import { nearest } from '../../../src/learning/nearest.ts';

const names = ['learningRate', 'two-weights', 'moons', 'seed'];

describe('nearest', () => {
  it.each([
    ['learning_rate', 'learningRate'],
    ['LEARNINGRATE', 'learningRate'],
    ['lerningRat', 'learningRate'],
    ['twoweights', 'two-weights'],
    ['mons', 'moons'],
    ['sed', 'seed'],
  ])('takes %s for %s', (given, meant) => expect(nearest(given, names)).toBe(meant));

  it.each(['rings', '', 'x'.repeat(100_000), '__proto__'])('takes %.20s for nothing', (given) => {
    expect(nearest(given, names)).toBeNull();
  });

  it('finds nothing among no names', () => expect(nearest('seed', [])).toBeNull());
});
