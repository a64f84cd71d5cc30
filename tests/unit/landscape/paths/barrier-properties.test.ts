// Truth: what holds of every barrier, whatever the losses: it is blind to a linear function, and to direction.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { barriersOf } from '../../../../src/landscape/paths/barrier.ts';
import { evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';

const alphas = evenAlphas(9);
const height = fc.double({ min: 0, max: 10, noNaN: true });
const losses = fc.array(height, { minLength: 9, maxLength: 9 });

it('is never negative, does not see a linear function that is added, and is the same both ways', () => {
  fc.assert(
    fc.property(losses, height, height, (loss, offset, slope) => {
      const [barrier] = barriersOf(loss, alphas).barrier;
      const tilted = loss.map((value, t) => value + offset + slope * alphas[t]!);
      expect(barrier).toBeGreaterThanOrEqual(0);
      expect(barriersOf(tilted, alphas).barrier[0]).toBeCloseTo(barrier!, 10);
      expect(barriersOf(loss.toReversed(), alphas).barrier[0]).toBeCloseTo(barrier!, 10);
    }),
  );
});

it('of paths with arches 4 h a (1 - a) upon their lines is h each, whatever their ends', () => {
  const paths = [
    [0.5, 2, 3],
    [2, 0.5, 0.25],
    [1, 1, 7],
  ] as const;
  const arched = paths.flatMap(([start, end, h]) =>
    alphas.map((a) => (1 - a) * start + a * end + 4 * h * a * (1 - a)),
  );
  const { barrier, at } = barriersOf(arched, alphas);
  paths.forEach(([, , h], c) => expect(barrier[c]).toBeCloseTo(h, 12));
  expect([...at]).toEqual([0.5, 0.5, 0.5]);
});

it('is NaN wherever a loss is not finite, at an end or between, of that path alone', () => {
  const found = [NaN, Infinity, -Infinity].flatMap((lost) =>
    [0, 1, 2].map((t) => {
      const path = [0, 0, 0];
      path[t] = lost;
      return [...barriersOf([0, 1, 0, ...path, 0, 2, 0], [0, 0.5, 1]).barrier];
    }),
  );
  expect(found).toEqual(Array.from({ length: 9 }, () => [1, NaN, 2]));
});
