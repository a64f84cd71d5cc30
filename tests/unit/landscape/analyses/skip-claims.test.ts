// The verdict on skip connections: only kinds that start alike are held against each other, and only if both learned.
import { describe, expect, it } from 'vitest';
import { skipClaims } from '../../../../src/landscape/analyses/convexity/convexity-claims.ts';
import { skipsOf } from '../../../../src/landscape/analyses/convexity/convexity-derived.ts';
import type {
  ConditionConvexity,
  ConvexityResult,
} from '../../../../src/landscape/analyses/convexity/convexity-result.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';

const networks = [0, 1, 2, 3, 4, 5];

/** Six networks whose ratio is about `ratio`, each at a loss of `loss` in the middle of its plane. */
function kind(residual: boolean, ratio: number, loss = 0.01): ConditionConvexity {
  const ratios = networks.map((n) => ratio + n / 1000);
  const planes = networks.flatMap(() => [1, 1, 1, 1, loss, 1, 1, 1, 1]);
  const estimate = { value: ratio, interval: [ratio, ratio] as const };
  return {
    ...{ networks, residual, depth: 20 },
    axis: numericArray([3], [-1, 0, 1]),
    loss: numericArray([3, 3], planes.slice(0, 9)),
    losses: numericArray([6, 3, 3], planes),
    hessianRatio: numericArray([6, 1, 1], ratios),
    negativeShare: numericArray([6], ratios),
    curvatureRatio: numericArray([6], ratios),
    rise: numericArray([6], ratios),
    means: { negativeShare: estimate, curvatureRatio: estimate },
  } as unknown as ConditionConvexity;
}

/** Conditions named `plain-small` and the like: the last word is how they start. */
function verdictOf(conditions: ConvexityResult['conditions']) {
  const claims = skipClaims({ conditions, skips: skipsOf(conditions, 1) }, (key) => ({
    start: key.split('-')[1]!,
    lossBelow: 0.05,
  }));
  return claims[0]?.verdict;
}

describe('skips smooth deep networks', () => {
  it('is not shown by a small start against a large one', () => {
    expect(verdictOf({ 'plain-large': kind(false, 0.6), 'skips-small': kind(true, 0.2) })).toBe(
      'not shown',
    );
  });

  it('is shown where the start is the same, and smaller with skips', () => {
    const small = { 'plain-small': kind(false, 0.6), 'skips-small': kind(true, 0.2) };
    expect(verdictOf(small)).toBe('shown');
    const large = { 'plain-large': kind(false, 0.6), 'skips-large': kind(true, 0.7) };
    expect(verdictOf(large)).toBe('opposite');
    expect(verdictOf({ ...small, ...large })).toBe('not shown');
  });

  it('is not decided by networks that never learned, whose land is flat', () => {
    const flat = { 'plain-small': kind(false, 0.001, 0.69), 'skips-small': kind(true, 0.2) };
    expect(verdictOf(flat)).toBe('not shown');
  });
});
