// Which option a control stands at, how it is laid out, and how long it plays.
import { describe, expect, it } from 'vitest';
import type { FigureControl } from '../../../../src/figures/kit/figure.ts';
import {
  isSegmented,
  optionAt,
  stepMilliseconds,
  strideOf,
} from '../../../../src/elements/figure-controls/control-model.ts';

const control = (
  values: readonly (string | number | null)[],
  kind: FigureControl['kind'] = 'choice',
): FigureControl => ({
  key: 'until',
  name: 'Epoch',
  kind,
  options: values.map((value) => ({ value, text: String(value) })),
});

describe('the option that a state stands at', () => {
  it('is the one of its value', () => {
    expect(optionAt(control(['log', 'linear']), { until: 'linear' })).toBe(1);
    expect(optionAt(control([null, 'adam', 'sgd']), { until: null })).toBe(0);
  });

  it('is the last for null, where no option is null: the end of a training', () => {
    expect(optionAt(control([0, 1, 2, 3]), { until: null })).toBe(3);
    expect(optionAt(control([0, 1, 2, 3]), {})).toBe(3);
  });

  it('is the nearest where a number lies between two, as the author of a step may set it', () => {
    expect(optionAt(control([0, 10, 20, null]), { until: 12 })).toBe(1);
    expect(optionAt(control([0, 10, 20]), { until: 16 })).toBe(2);
  });

  it('is the first for a word that no option has', () => {
    expect(optionAt(control(['a', 'b']), { until: 'turned' })).toBe(0);
  });
});

it('few short options stand side by side, many or long ones are a list', () => {
  expect(isSegmented(control(['log', 'linear']))).toBe(true);
  expect(isSegmented(control(['a', 'b', 'c', 'd', 'e', 'f']))).toBe(false);
  expect(isSegmented(control(['every single network', 'only the difference to the first']))).toBe(
    false,
  );
  expect(isSegmented(control([0, 1], 'range'))).toBe(false);
});

describe('playing', () => {
  it('takes seven seconds for a hundred steps, and no less than a glance for each of a few', () => {
    expect(stepMilliseconds(101, 1) * 100).toBeCloseTo(7000, 6);
    expect(stepMilliseconds(4, 1)).toBe(900);
  });

  it('takes twice and four times as long when slowed', () => {
    expect(stepMilliseconds(101, 0.5)).toBe(2 * stepMilliseconds(101, 1));
    expect(stepMilliseconds(101, 0.25)).toBe(4 * stepMilliseconds(101, 1));
  });

  it('stops about a dozen times under reduced motion', () => {
    expect(strideOf(101)).toBe(9);
    expect(strideOf(5)).toBe(1);
    expect(strideOf(1)).toBe(1);
  });
});
