// Verdicts on walks whose fate is known, and the flow against its closed form.
import { describe, expect, it } from 'vitest';
import {
  fateOf,
  flowPath,
  mostSteps,
  stridesFrom,
  walkFrom,
} from '../../../../src/elements/two-weights/two-weights-walk.ts';

describe('walkFrom', () => {
  it('converges with small steps, to where the flow ends', () => {
    const walk = walkFrom([2, 0.2], 0.01);
    expect(walkFrom([2, 0.2], 0.1).verdict).toBe('converges');
    expect(walk.flowEnd[0] * walk.flowEnd[1]).toBeCloseTo(1, 12);
    expect(walk.flowEnd[0] ** 2 - walk.flowEnd[1] ** 2).toBeCloseTo(4 - 0.04, 10);
  });

  it('zigzags between 1/λ and 2/λ, diverges or is thrown out beyond', () => {
    // On a = b the sharpness at (1, 1) is 2: 1/λ = 0.5, 2/λ = 1.
    expect(walkFrom([1.1, 1.1], 0.3).verdict).toBe('converges');
    expect(walkFrom([1.1, 1.1], 0.8).verdict).toBe('converges in a zigzag');
    expect(walkFrom([1.1, 1.1], 0.8).criticalStepSize).toBeCloseTo(1, 12);
    // Beyond 1 the diagonal map a - s a (a^2 - 1) first cycles, then leaves.
    expect(walkFrom([1.1, 1.1], 1.1).verdict).toBe('oscillates');
    expect(walkFrom([2, 2], 1.5).verdict).toBe('diverges');
  });

  it('tells of a sharp minimum left for a flatter one', () => {
    // At a^2 - b^2 = 8.75 the flow ends with sharpness 8.98, over 2 / 0.3.
    const walk = walkFrom([3, 0.5], 0.3);
    expect(walk.criticalStepSize).toBeLessThan(0.3);
    if (walk.verdict.startsWith('converges')) expect(walk.reason).toContain('flatter');
    else expect(['diverges', 'oscillates']).toContain(walk.verdict);
  });

  it('is held by the saddle on the line a = -b, and rests at a minimum', () => {
    expect(walkFrom([1, -1], 0.1).verdict).toBe('stuck at the saddle');
    expect(walkFrom([0, 0], 0.1).verdict).toBe('stuck at the saddle');
    expect(walkFrom([2, 0.5], 0.1).verdict).toBe('at a minimum');
  });

  it('admits that tiny steps have not arrived', () => {
    const walk = walkFrom([1.5, 0.2], 0.005);
    expect(walk.verdict).toBe('still on its way');
    expect(walk.points).toHaveLength(mostSteps + 1);
  });
});

describe('flowPath', () => {
  it.each([
    [2, 0.2],
    [-0.5, 2],
    [1.9, -1.6],
    [1, -1],
    [1.3, 1.3],
  ] as const)('keeps a^2 - b^2 all the way from (%f, %f)', (a, b) => {
    const points = flowPath([a, b]);
    expect(points[0]![0]).toBeCloseTo(a, 12);
    expect(points[0]![1]).toBeCloseTo(b, 12);
    for (const [x, y] of points) expect(x * x - y * y).toBeCloseTo(a * a - b * b, 10);
  });
});

describe('stridesFrom', () => {
  const borderOf = (start: [number, number], fate: string): number => {
    const { stepSizes, fates } = stridesFrom(start, [0.005, 2], 400);
    return stepSizes[fates.findIndex((each) => each === fate)]!;
  };

  it('finds that a walker beside (1, 1) rests up to 2/λ = 1, and never beyond', () => {
    expect(borderOf([1.2, 1.2], 'never rests')).toBeCloseTo(1, 1);
    expect(fateOf(walkFrom([1.2, 1.2], 0.99), 0.99)).toBe('settles');
  });

  it('finds that beyond 2/λ of a sharp minimum the walker settles elsewhere, then flies off', () => {
    const { criticalStepSize } = walkFrom([2.4, 0.5], 0.1);
    expect(borderOf([2.4, 0.5], 'settles elsewhere')).toBeGreaterThan(criticalStepSize);
    expect(borderOf([2.4, 0.5], 'settles elsewhere')).toBeLessThan(1.1 * criticalStepSize);
    expect(fateOf(walkFrom([2.4, 0.5], 0.75), 0.75)).toBe('flies off');
  });

  it('finds the saddle on the line a = -b', () => {
    expect(fateOf(walkFrom([1.5, -1.5], 0.1), 0.1)).toBe('rests on the saddle');
  });

  it('says of tiny steps that they are still going', () => {
    expect(fateOf(walkFrom([1.5, 0.2], 0.005), 0.005)).toBe('still going');
  });
});

it('says of a zigzag that closes in slowly that it is on its way, not that it will never rest', () => {
  const walk = walkFrom([1.2, 1.2], 0.99);
  expect(walk.verdict).toBe('still on its way');
  expect(walk.reason).toContain('a little less each time');
  expect(walkFrom([1.2, 1.2], 1.05).verdict).toBe('oscillates');
});
