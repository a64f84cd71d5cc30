// Turning one plane into another: the ends are the given planes, every plane between is one, and angles are those of a known turn.
import { describe, expect, it } from 'vitest';
import {
  degreesBetweenPlanes,
  turnedDirections,
} from '../../../../src/landscape/directions/turned-frames.ts';
import { dot, orthonormaliseRow } from '../../../../src/landscape/orthonormal.ts';
import { randomStream } from '../../../../src/learning/random.ts';

const P = 50;
function plane(seed: number): Float64Array {
  const random = randomStream(seed, 'test');
  const rows = Float64Array.from({ length: 2 * P }, () => random.normal());
  for (const row of [0, 1]) orthonormaliseRow(rows, row, P);
  return rows;
}
/** Two of the unit axes. */
const axes = (first: number, second: number): Float64Array =>
  Float64Array.from({ length: 2 * P }, (_, i) => Number(i === first || i === P + second));

describe('turned planes', () => {
  it('begin and end at the given directions', () => {
    const [a, b] = [plane(1), plane(2)];
    expect(turnedDirections(a, b, 0)).toEqual(a);
    expect(turnedDirections(a, b, 1)).toEqual(b);
  });

  it('are spanned by orthonormal directions all the way', () => {
    for (const t of [0.01, 0.3, 0.5, 0.77, 0.99]) {
      const turned = turnedDirections(plane(1), plane(2), t);
      const [first, second] = [turned.subarray(0, P), turned.subarray(P)];
      expect(dot(first, first)).toBeCloseTo(1, 12);
      expect(dot(second, second)).toBeCloseTo(1, 12);
      expect(dot(first, second)).toBeCloseTo(0, 12);
    }
  });

  it('turn evenly between planes at a right angle', () => {
    const [a, b] = [axes(0, 1), axes(2, 3)];
    for (const t of [0, 0.2, 0.5, 0.9, 1])
      expect(degreesBetweenPlanes(a, turnedDirections(a, b, t))).toBeCloseTo(90 * t, 6);
  });

  it('know no angle between two bases of one plane, and the larger of two', () => {
    const [a, c, s] = [axes(0, 1), Math.cos(0.4), Math.sin(0.4)];
    const turnedWithin = Float64Array.from(a, (_, i) =>
      i < P ? c * a[i]! + s * a[i + P]! : c * a[i]! - s * a[i - P]!,
    );
    expect(degreesBetweenPlanes(a, turnedWithin)).toBeCloseTo(0, 5);
    // One direction is shared, the other turned by 0.4.
    const tilted = axes(0, 1);
    tilted[P + 1] = c;
    tilted[P + 2] = s;
    expect(degreesBetweenPlanes(a, tilted)).toBeCloseTo((0.4 * 180) / Math.PI, 6);
  });

  it('refuse planes of other networks', () => {
    expect(() => turnedDirections(plane(1), new Float64Array(2 * P + 2), 0.5)).toThrow(
      'the same networks',
    );
  });
});
