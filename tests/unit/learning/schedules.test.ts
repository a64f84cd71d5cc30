// Truth: the published formulas at points where they are known.
import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../../src/learning/schedules.ts';

const at = (schedule: Parameters<typeof learningRateAt>[0], step: number) =>
  learningRateAt(schedule, 0.4, step, 100, 10);

describe('learningRateAt', () => {
  it('stays where it is: constant', () => {
    expect([0, 50, 99].map((step) => at({ kind: 'constant' }, step))).toEqual([0.4, 0.4, 0.4]);
  });

  it('falls by half a cosine: whole at first, the mean half way, the final fraction at the end', () => {
    const schedule = { kind: 'cosine', finalFraction: 0.1 } as const;
    expect(at(schedule, 0)).toBeCloseTo(0.4, 12);
    expect(at(schedule, 50)).toBeCloseTo((0.4 + 0.04) / 2, 12);
    expect(at(schedule, 25)).toBeCloseTo(0.04 + (0.36 * (1 + Math.SQRT1_2)) / 2, 12);
    expect(at(schedule, 100)).toBeCloseTo(0.04, 12);
  });

  it('is multiplied by the factor every so many epochs: step', () => {
    const schedule = { kind: 'step', everyEpochs: 3, factor: 0.5 } as const;
    expect([0, 29, 30, 59, 60, 99].map((step) => at(schedule, step))).toEqual([
      0.4, 0.4, 0.2, 0.2, 0.1, 0.05,
    ]);
  });
});
