// Lines of zero through a grid: a circle closes, a straight line ends at the rim, a saddle keeps its two branches apart.
import { describe, expect, it } from 'vitest';
import { levels } from '../../../../src/figures/kit/contours.ts';
import { zeroLines } from '../../../../src/figures/kit/zero-lines.ts';

const size = 21;
const gridOf = (value: (x: number, y: number) => number): Float64Array =>
  Float64Array.from({ length: size * size }, (_, at) => value(at % size, Math.floor(at / size)));

describe('lines of zero', () => {
  it('are where a plane is zero, from rim to rim', () => {
    const lines = zeroLines(
      gridOf((x, y) => x + 2 * y - 30.5),
      size,
      size,
    );
    expect(lines).toHaveLength(1);
    for (const [x, y] of lines[0]!) expect(x + 2 * y).toBeCloseTo(30.5, 10);
    for (const end of [lines[0]![0]!, lines[0]!.at(-1)!])
      expect(end.some((value) => value === 0 || value === size - 1)).toBe(true);
  });

  it('close around a hill, at its radius to within what a straight piece of cell can miss', () => {
    const lines = zeroLines(
      gridOf((x, y) => 49 - (x - 10) ** 2 - (y - 10) ** 2),
      size,
      size,
    );
    expect(lines).toHaveLength(1);
    const [ring] = lines;
    expect(ring!.at(-1)).toEqual(ring![0]);
    for (const [x, y] of ring!) expect(Math.hypot(x - 10, y - 10)).toBeCloseTo(7, 1);
  });

  it('keep two branches apart at a saddle, and are none where nothing changes its sign', () => {
    const saddle = gridOf((x, y) => (x - 10.2) * (y - 9.7) - 0.3);
    expect(zeroLines(saddle, size, size)).toHaveLength(2);
    expect(zeroLines(new Float64Array(size * size).fill(1), size, size)).toEqual([]);
  });

  it('are as long as those of d3 on a wild grid', () => {
    const wild = gridOf((x, y) => Math.sin(0.7 * x + 0.3 * y) + Math.cos(0.5 * y - 0.2 * x) - 0.21);
    const lengthOf = (points: readonly (readonly [number, number])[]): number =>
      points
        .slice(1)
        .reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i]![0], y - points[i]![1]), 0);
    const own = zeroLines(wild, size, size).reduce((sum, line) => sum + lengthOf(line), 0);
    // d3 draws a path; its moves are relative, so that the sum of their lengths is the line's.
    const axis = Array.from({ length: size }, (_, i) => i);
    const [level] = levels(
      { values: wild, xs: axis, ys: axis, x: (v) => 10 * v, y: (v) => 10 * v },
      [0],
    );
    const moves = [...level!.line.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
    const starts = new Set(
      [...level!.line.matchAll(/M(-?[\d.]+),(-?[\d.]+)/g)].map((m) => m.index + 1),
    );
    const theirs = moves
      .filter(({ index }) => !starts.has(index))
      .reduce((sum, [, dx, dy]) => sum + Math.hypot(Number(dx), Number(dy)), 0);
    expect(own / (theirs / 10)).toBeGreaterThan(0.97);
    expect(own / (theirs / 10)).toBeLessThan(1.03);
  });
});
