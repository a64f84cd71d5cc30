// Truth: barriers written down by hand, and parabolas in closed form.
import { describe, expect, it } from 'vitest';
import { barriersOf, errorsOf } from '../../../../src/landscape/paths/barrier.ts';
import { evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { valleyWidth } from '../../../../src/landscape/paths/valley-width.ts';

describe('barriersOf', () => {
  const alphas = [0, 0.25, 0.5, 0.75, 1];

  it('is the highest rise above the line between the ends, and says where', () => {
    // The line from 1 to 3 passes 1.5, 2, 2.5: the rises are 0, 1.5, 3, -0.5, 0.
    const { barrier, at } = barriersOf([1, 3, 5, 2, 3], alphas);
    expect([...barrier]).toEqual([3]);
    expect([...at]).toEqual([0.5]);
  });

  it('is 0 for what lies below the line: a convex loss has no barrier', () => {
    const convex = alphas.map((alpha) => (alpha - 0.3) ** 2);
    expect([...barriersOf(convex, alphas).barrier]).toEqual([0]);
  });

  it('takes path after path, and tells of one that is not finite', () => {
    const { barrier } = barriersOf([0, 1, 0, 0, 0, 0, 0, NaN, 9, 0, 0, 0, 2, 0, 0], alphas);
    expect([...barrier]).toEqual([1, NaN, 2]);
  });

  it('of a bump a (1 - a) on a slope is a quarter of its size', () => {
    const fine = evenAlphas(101);
    const losses = fine.map((alpha) => 0.2 + 0.5 * alpha + 8 * alpha * (1 - alpha));
    expect(barriersOf(losses, fine).barrier[0]).toBeCloseTo(2, 12);
  });

  it('refuses what is no path, in a sentence', () => {
    expect(() => barriersOf([1, 2, 3], alphas)).toThrow(
      '3 losses are not those of whole paths of 5 points',
    );
    expect(() => barriersOf([1, 2], [0, 0.9])).toThrow(
      'a barrier on a path from 0 to 0.9: expected its ends, 0 and 1, among the points',
    );
    expect(() => evenAlphas(1)).toThrow('a line of 1 points: expected at least its two ends');
  });
});

it('errors are what is left of accuracy', () =>
  expect([...errorsOf(Float32Array.of(1, 0.75))]).toEqual([0, 0.25]));

describe('valleyWidth', () => {
  const alphas = Array.from({ length: 401 }, (_, t) => -1 + t / 100);
  /** Of curvature 2k about `centre`: it rises by `rise` within sqrt(rise / k) on either side. */
  const parabola = (centre: number, k: number) =>
    alphas.map((alpha) => 5 + k * (alpha - centre) ** 2);

  it.each([
    [0, 1, 0.25],
    [1, 4, 0.09],
    [1, 0.5, 0.02],
  ])('of a parabola about %d with curvature 2 * %d is twice sqrt(rise / k)', (centre, k, rise) => {
    const width = valleyWidth(parabola(centre, k), alphas, centre, rise);
    expect(width).toBeCloseTo(2 * Math.sqrt(rise / k), 3);
  });

  it('adds a steep side and a flat one', () => {
    const losses = alphas.map((alpha) => (alpha < 0 ? -4 * alpha : alpha));
    expect(valleyWidth(losses, alphas, 0, 0.5)).toBeCloseTo(0.5 / 4 + 0.5, 6);
  });

  it('ends where the loss is not finite', () => {
    const losses = alphas.map((alpha) => (alpha > 0.495 ? NaN : Math.abs(alpha)));
    expect(valleyWidth(losses, alphas, 0, 0.8)).toBeCloseTo(0.8 + 0.49, 6);
  });

  it('is unknown where the line is too short, and refused off the grid', () => {
    expect(valleyWidth(parabola(0, 0.1), alphas, 0, 1)).toBeNull();
    expect(() => valleyWidth(parabola(0, 1), alphas, 0.005, 1)).toThrow(
      /a valley around 0\.005 on a line sampled from -1 to 3: expected 0\.005 among its points/,
    );
  });
});
