// Truth: the published formulas at points where they are known.
import { describe, expect, it } from 'vitest';
import { learningRateAt, rateOf } from '../../../src/learning/schedules.ts';

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

  it('falls over the epochs named, whatever the length of the run, and then stays: cosine', () => {
    const over = { kind: 'cosine', finalFraction: 0.1, overEpochs: 4 } as const;
    // 4 epochs of 10 steps fall as a run of 40 steps does.
    for (let step = 0; step <= 40; step++) {
      const { overEpochs: _, ...whole } = over;
      expect(at(over, step)).toBe(learningRateAt(whole, 0.4, step, 40, 10));
    }
    expect([40, 41, 99, 1000].map((step) => at(over, step))).toEqual(
      new Array(4).fill(at(over, 40)),
    );
    expect(at(over, 40)).toBeCloseTo(0.04, 12);
    // A fall longer than the run is cut off by its end.
    const longer = { ...over, overEpochs: 20 };
    expect(at(longer, 50)).toBe(learningRateAt({ ...over, overEpochs: 20 }, 0.4, 50, 200, 10));
    expect(at(longer, 100)).toBeCloseTo((0.4 + 0.04) / 2, 12);
  });
});

describe('rateOf', () => {
  const schedule = { kind: 'step', everyEpochs: 1, factor: 0.5 } as const;
  const rateChanges = [
    { step: 15, learningRate: 0.3 },
    { step: 18, learningRate: 0.2 },
  ];
  const rate = (step: number) =>
    rateOf({ schedule, learningRate: 0.4, rateChanges }, step, 100, 10);

  it('is what the schedule says until the first change, and then that of the last change', () => {
    expect([0, 10, 14].map(rate)).toEqual([0.4, 0.2, 0.2]);
    expect([15, 17, 18, 40, 99].map(rate)).toEqual([0.3, 0.3, 0.2, 0.2, 0.2]);
    expect(rateOf({ schedule, learningRate: 0.4 }, 20, 100, 10)).toBe(0.1);
  });
});
