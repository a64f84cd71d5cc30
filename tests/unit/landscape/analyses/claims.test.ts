// Verdicts follow from intervals: shown, not shown or the opposite, and never by a number that is not there.
import { describe, expect, it } from 'vitest';
import {
  verdictAbove,
  verdictBelow,
  verdictOfAll,
} from '../../../../src/landscape/analyses/claim.ts';

describe('a verdict', () => {
  it.each([
    [[0.6, 0.9], 'shown'],
    [[0.4, 0.9], 'not shown'],
    [[0.5, 0.9], 'not shown'],
    [[0.1, 0.5], 'not shown'],
    [[0.1, 0.4], 'opposite'],
    [[NaN, NaN], 'not shown'],
  ] as const)('for what should lie above 0.5, of the interval %j: %s', (interval, verdict) => {
    expect(verdictAbove(interval, 0.5)).toBe(verdict);
  });

  it.each([
    [[-0.3, -0.1], 'shown'],
    [[-0.3, 0.1], 'not shown'],
    [[0.1, 0.3], 'opposite'],
    [[NaN, NaN], 'not shown'],
  ] as const)('for what should lie below 0, of the interval %j: %s', (interval, verdict) => {
    expect(verdictBelow(interval, 0)).toBe(verdict);
  });

  it('may ask more for the opposite than for missing the bar', () => {
    expect(verdictAbove([0.1, 0.3], 0.5, 0.2)).toBe('not shown');
    expect(verdictAbove([0.05, 0.15], 0.5, 0.2)).toBe('opposite');
    expect(verdictBelow([0.6, 0.7], 0.5, 0.8)).toBe('not shown');
    expect(verdictBelow([0.85, 0.9], 0.5, 0.8)).toBe('opposite');
  });

  it('of several is theirs only if they agree', () => {
    expect(verdictOfAll(['shown', 'shown'])).toBe('shown');
    expect(verdictOfAll(['opposite', 'opposite'])).toBe('opposite');
    expect(verdictOfAll(['shown', 'opposite'])).toBe('not shown');
    expect(verdictOfAll(['shown', 'not shown'])).toBe('not shown');
    expect(verdictOfAll([])).toBe('not shown');
  });
});
