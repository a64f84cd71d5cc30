// The small parts that figures share: numbers, paths, labels, dots, levels and contours.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logarithmicTicks } from '../../../src/figures/kit/axes.ts';
import { levels } from '../../../src/figures/kit/contours.ts';
import { dodge } from '../../../src/figures/kit/dodge.ts';
import { formatNumber } from '../../../src/figures/kit/format.ts';
import { spread } from '../../../src/figures/kit/labels.ts';
import { contourable, levelScale } from '../../../src/figures/kit/level-scale.ts';
import { dotsPath, linePath } from '../../../src/figures/kit/path.ts';
import { interpolateLoss } from '../../../src/figures/kit/relief/loss-colours.ts';

describe('formatNumber', () => {
  it.each([
    [0, '0'],
    [0.1234, '0.123'],
    [-2.5, '−2.5'],
    [1234.6, '1,235'],
    [0.00012, '1.2×10⁻⁴'],
    [9.99e-5, '10⁻⁴'],
    [-3.2e7, '−3.2×10⁷'],
    [NaN, 'not a number'],
    [Infinity, '∞'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });
});

describe('linePath', () => {
  it('draws relative moves whose rounding does not add up', () => {
    const points = Array.from({ length: 200 }, (_, i): [number, number] => [i * 0.333, i * 0.27]);
    const [start, ...moves] = linePath(points).slice(1).split(/[l ]/);
    let [x, y] = start!.split(',').map(Number) as [number, number];
    for (const move of moves) {
      const [dx, dy] = move.split(',').map(Number);
      x += dx!;
      y += dy!;
    }
    expect(x).toBeCloseTo(199 * 0.333, 1);
    expect(y).toBeCloseTo(199 * 0.27, 1);
  });

  it('breaks at a value that is not finite, and closes when asked', () => {
    expect(
      linePath([
        [0, 0],
        [1, 1],
        [NaN, 0],
        [2, 2],
        [3, 3],
      ]),
    ).toBe('M0,0l1,1M2,2l1,1');
    expect(
      linePath(
        [
          [0, 0],
          [1, 0],
          [1, 1],
        ],
        { closed: true },
      ),
    ).toBe('M0,0l1,0 0,1z');
    expect(
      linePath(
        [
          [0.1, 0],
          [1.26, 0.52],
        ],
        { grain: 2 },
      ),
    ).toBe('M0.2,0l1,0.6');
    expect(linePath([[4, 5]])).toBe('M4,5h0');
    expect(
      dotsPath([
        [1, 2],
        [NaN, 0],
        [3, 4],
      ]),
    ).toBe('M1,2h0M3,4h0');
  });
});

describe('spread', () => {
  it('keeps the gap, the order and the bounds wherever there is room', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 300, noNaN: true }), { minLength: 1, maxLength: 8 }),
        (wanted) => {
          const places = spread(wanted, 20, 0, 300);
          const sorted = [...places].sort((a, b) => a - b);
          expect(sorted[0]).toBeGreaterThanOrEqual(0);
          expect(sorted.at(-1)).toBeLessThanOrEqual(300);
          for (let i = 1; i < sorted.length; i++)
            expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThanOrEqual(20 - 1e-9);
          for (const [i, a] of wanted.entries())
            for (const [j, b] of wanted.entries())
              if (a < b) expect(places[i]).toBeLessThan(places[j]!);
        },
      ),
    );
  });

  it('leaves labels alone that are far enough apart', () => {
    expect(spread([80, 10, 40], 20, 0, 100)).toEqual([80, 10, 40]);
  });
});

describe('dodge', () => {
  it('lets no two dots overlap', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 }),
        (places) => {
          const heights = dodge(places, 10);
          for (let i = 0; i < places.length; i++)
            for (let j = 0; j < i; j++)
              expect(
                Math.hypot(places[i]! - places[j]!, heights[i]! - heights[j]!),
              ).toBeGreaterThanOrEqual(10 - 1e-3);
        },
      ),
    );
  });

  it('piles equal values up by whole diameters', () => {
    expect(dodge([5, 5, 5], 10)).toEqual([0, 10, 20]);
  });
});

describe('levels', () => {
  it('draws the unit circle of a paraboloid at its radius', () => {
    const xs = Array.from({ length: 41 }, (_, i) => (i - 20) / 10);
    const values = xs.flatMap((y) => xs.map((x) => -(x * x + y * y)));
    const [level] = levels({ values, xs, ys: xs, x: (v) => 100 * v, y: (v) => 100 * v }, [-1]);
    const [start, ...moves] = level!.path.slice(1, -1).split(/[l ]/);
    let [x, y] = start!.split(',').map(Number) as [number, number];
    const radii = [Math.hypot(x, y)];
    for (const move of moves) {
      const [dx, dy] = move.split(',').map(Number);
      x += dx!;
      y += dy!;
      radii.push(Math.hypot(x, y));
    }
    // Linear interpolation of a parabola over cells of 0.1 is off by at most 0.1^2 / 8 / 2 in radius.
    for (const radius of radii) expect(Math.abs(radius - 100)).toBeLessThan(0.4);
  });
});

describe('levelScale', () => {
  it('takes round values between the limits, and low loss is dark', () => {
    const scale = levelScale([0.05, 8], { logarithmic: true });
    expect(scale.thresholds.every((value) => value > 0.05 && value < 8)).toBe(true);
    expect(scale.thresholds).toContain(1);
    expect(scale.bands).toHaveLength(scale.thresholds.length + 1);
    expect(scale.colour(0.05)).toBe(interpolateLoss(0));
    expect(scale.colour(8)).toBe(interpolateLoss(1));
  });

  it('turns the colours round for accuracy', () => {
    const scale = levelScale([0.5, 1], { logarithmic: false, highIsDark: true });
    expect(scale.colour(1)).toBe(interpolateLoss(0));
  });

  it('gives an exact zero and a lost value a place at the ends', () => {
    const scale = levelScale([0, 1, 100, NaN, Infinity], { logarithmic: true });
    expect(scale.minimum).toBeGreaterThan(0);
    const [zero, , , lost, infinite] = contourable([0, 1, 100, NaN, Infinity], scale);
    expect(zero).toBeCloseTo(Math.log(scale.minimum), 12);
    expect(lost).toBeCloseTo(Math.log(100), 12);
    expect(infinite).toBeCloseTo(Math.log(100), 12);
  });

  it('survives a flat surface', () => {
    const scale = levelScale([2, 2, 2], { logarithmic: true });
    expect(scale.maximum).toBeGreaterThan(scale.minimum);
    expect(scale.bands.length).toBeGreaterThan(0);
  });
});

describe('logarithmicTicks', () => {
  it('takes 1-2-5 steps where they fit, else powers of ten', () => {
    expect(logarithmicTicks([0.05, 1], 8)).toEqual(
      [0.05, 0.1, 0.2, 0.5, 1].map((v) => expect.closeTo(v, 12)),
    );
    expect(logarithmicTicks([1e-6, 1], 4)).toHaveLength(4);
  });
});
