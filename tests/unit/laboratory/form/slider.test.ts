import fc from 'fast-check';
import { expect, test } from 'vitest';
import { experimentSchema } from '../../../../src/learning/experiment.ts';
import { describeSchema } from '../../../../src/laboratory/form/describe-schema.ts';
import type { NumberField } from '../../../../src/laboratory/form/form-field.ts';
import { visitFields } from '../../../../src/laboratory/form/leaves.ts';
import { sliderOf, stepOf } from '../../../../src/laboratory/form/slider.ts';

const numbers: NumberField[] = [];
const kinds = ['moons', 'circles', 'spirals', 'blobs'];
for (const kind of kinds)
  for (const optimiser of ['momentum', 'rmsprop', 'adam'])
    visitFields(
      describeSchema(experimentSchema),
      {
        data: { kind },
        optimiser: { kind: optimiser },
        schedule: { kind: 'step' },
        initialiser: {},
        grid: {},
        converged: {},
      },
      (field) => {
        if (field.kind === 'number') numbers.push(field);
      },
    );
const field = (path: string) => numbers.find((one) => one.path === path)!;

test('every position of every slider stands for a value that the schema takes', () => {
  let sliders = 0;
  for (const one of numbers) {
    const slider = sliderOf(one);
    if (!slider) continue;
    sliders++;
    for (let at = slider.minimum; at <= slider.maximum + 1e-9; at += slider.step) {
      const value = slider.fromPosition(at);
      const { minimum, maximum, isMinimumExcluded, isMaximumExcluded, isWhole, path } = one;
      const isInside =
        (minimum === null || (isMinimumExcluded ? value > minimum : value >= minimum)) &&
        (maximum === null || (isMaximumExcluded ? value < maximum : value <= maximum));
      expect(isInside, `${path} at ${at}: ${value}`).toBe(true);
      if (isWhole) expect(Number.isInteger(value)).toBe(true);
    }
  }
  expect(sliders).toBeGreaterThan(30);
});

test('a larger value never stands farther left', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...numbers.filter(sliderOf)),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (one, a, b) => {
        const slider = sliderOf(one)!;
        const [low, high] = [one.minimum ?? 0, one.maximum ?? 100];
        const [less, more] = [Math.min(a, b), Math.max(a, b)].map((x) => low + x * (high - low));
        expect(slider.toPosition(less!)).toBeLessThanOrEqual(slider.toPosition(more!));
      },
    ),
  );
});

test('rates are set by magnitude, shares by difference, seeds by typing alone', () => {
  const rate = sliderOf(field('learningRate'))!;
  const apart = (a: number, b: number) => rate.toPosition(b) - rate.toPosition(a);
  expect(Math.abs(apart(0.001, 0.01) - apart(0.1, 1))).toBeLessThanOrEqual(1);
  expect(sliderOf(field('testFraction'))!.isLogarithmic).toBe(false);
  expect(sliderOf(field('seed'))).toBeNull();
  expect(sliderOf(field('weightDecay'))!.fromPosition(0)).toBe(0);
});

test('an arrow key moves a typed rate by a tenth of its magnitude', () => {
  expect(stepOf(field('learningRate'), 0.01)).toBe(0.001);
  expect(stepOf(field('epochs'), 100)).toBe(1);
  expect(stepOf(field('data.noise'), 0.2)).toBe(0.05);
});
