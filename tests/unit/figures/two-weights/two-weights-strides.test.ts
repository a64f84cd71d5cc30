// Which step sizes settle: bands whose borders are known, 2/lambda and a guess where their values say.
import { describe, expect, it } from 'vitest';
import {
  twoWeightsStrides,
  type TwoWeightsStridesData,
} from '../../../../src/figures/two-weights/two-weights-strides.ts';
import { drawStill } from '../drawing.ts';

/** Step sizes of one decade: the lower four settle, the upper two fly off. */
const data: TwoWeightsStridesData = {
  stepSizes: [0.1, 0.2, 0.3, 0.4, 0.9, 1],
  fates: ['settles', 'settles', 'settles', 'settles', 'flies off', 'flies off'],
  stepSize: 0.2,
  criticalStepSize: 0.6,
};
const width = 412;
/** Of a value, on a logarithmic axis from 6 to 406. */
const at = (value: number): number => 6 + 400 * (1 + Math.log10(value));
const startOf = (path: Element): number => Number(path.getAttribute('d')!.slice(1).split(',')[0]);

describe('strides', () => {
  it('draws one band a fate, parted in the middle by ratio', () => {
    const { all } = drawStill(twoWeightsStrides, data, {}, width);
    const bands = all('rect.fate');
    expect(bands).toHaveLength(2);
    // sqrt(0.4 * 0.9) = 0.6.
    expect(Number(bands[1]!.getAttribute('x'))).toBeCloseTo(at(0.6), 0);
  });

  it('names bands that have room, and the others below', () => {
    const { texts } = drawStill(twoWeightsStrides, data, {}, width);
    expect(texts().filter((text) => text === 'settles')).toHaveLength(1);
    expect(texts().filter((text) => text === 'flies off')).toHaveLength(1);
  });

  it('marks 2/lambda, and a guess once there is one', () => {
    const still = drawStill(twoWeightsStrides, data, {}, width);
    expect(startOf(still.all('.strides-critical')[0]!)).toBeCloseTo(at(0.6), 0);
    expect(still.texts()).toContain('2/λ = 0.6');
    expect(still.all('.guess-mark')).toHaveLength(0);
    const guessed = drawStill(twoWeightsStrides, data, { guess: 0.3 }, width);
    expect(startOf(guessed.all('.guess-mark')[0]!)).toBeCloseTo(at(0.3), 0);
    expect(guessed.texts()).toContain('your guess 0.3');
  });

  it('keeps a mark beyond the scale in sight, with an arrow', () => {
    const { texts, all } = drawStill(
      twoWeightsStrides,
      { ...data, criticalStepSize: 5 },
      {},
      width,
    );
    expect(texts()).toContain('2/λ = 5 →');
    expect(all('.strides-critical')).toHaveLength(0);
  });

  it('tells the ranges in words and every step size in a table', () => {
    expect(twoWeightsStrides.describe(data, { guess: 0.3 })).toBe(
      'What becomes of the walker from this start, by step size: from 0.1 to 0.6 it settles, from 0.6 to 1 it flies off. ' +
        '2/λ is 0.6; the walk on the map takes 0.2. Your guess was 0.3.',
    );
    expect(twoWeightsStrides.table!(data, { guess: null }).rows).toHaveLength(6);
  });
});
