// Contour lines against closed forms.
import { describe, expect, it } from 'vitest';
import { chained, contourSegments } from '../../../../src/figures/surface/surface-contours.ts';

const field = (size: number, value: (column: number, row: number) => number): number[] =>
  Array.from({ length: size * size }, (_, i) => value(i % size, Math.floor(i / size)));

describe('contour lines', () => {
  it('of a cone are one closed circle', () => {
    const size = 41;
    const values = field(size, (c, r) => Math.hypot(c - 20, r - 20));
    const lines = chained(contourSegments(values, size, size, [12]));
    expect(lines).toHaveLength(1);
    const [line] = lines;
    expect(line?.[0]).toEqual(line?.at(-1));
    for (const [c, r] of line ?? []) expect(Math.hypot(c - 20, r - 20)).toBeCloseTo(12, 1);
  });

  it('of a plane are straight lines from rim to rim', () => {
    const values = field(11, (c) => c);
    const lines = chained(contourSegments(values, 11, 11, [2.5, 7.5]).filter((s) => s.index === 1));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toHaveLength(11);
    for (const [c] of lines[0] ?? []) expect(c).toBeCloseTo(7.5, 12);
  });

  it('pass a saddle on the sides that its centre says', () => {
    // Corners 1 0 / 0 1: the centre, 0.5, is above 0.4, so the high corners are joined.
    const above = contourSegments([1, 0, 0, 1], 2, 2, [0.4]);
    const below = contourSegments([1, 0, 0, 1], 2, 2, [0.6]);
    const nearest = ({ from, to }: (typeof above)[number]) =>
      [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2].map(Math.round).join();
    expect(above.map(nearest).sort()).toEqual(['0,1', '1,0']);
    expect(below.map(nearest).sort()).toEqual(['0,0', '1,1']);
  });

  it('stop at a hole', () => {
    expect(contourSegments([0, NaN, 1, 1], 2, 2, [0.5])).toEqual([]);
  });
});
