// The sharpness along training: thresholds, the crossing, rises of the loss, and the guess, where they are.
import { expect, test } from 'vitest';
import { sharpnessAlong } from '../../../../src/figures/curvature/sharpness-along.ts';
import {
  crossingOf,
  risesOf,
  sharpnessConditions,
} from '../../../../src/figures/curvature/sharpness-along-data.ts';
import { sharpnessStudy } from '../descent-study.ts';
import { drawStill } from '../drawing.ts';

const data = sharpnessStudy();
const [sgd, momentum] = sharpnessConditions(data) as [never, never];

test('finds the first snapshot above the threshold, and none where there is no threshold', () => {
  // 2 + 2s + m is above 5 first at s = 2.
  expect(crossingOf(sgd, 0)).toBe(2);
  expect(crossingOf(sgd, 1)).toBe(2);
  expect(crossingOf(momentum, 0)).toBeNull();
});

test('finds the snapshots at which the loss rose', () => {
  expect(risesOf(sgd, 0)).toEqual([]);
  expect(risesOf(sgd, 1)).toEqual([3]);
});

test('draws each threshold with its number, unless it is held back', () => {
  const shown = drawStill(sharpnessAlong, data);
  expect(shown.all('.threshold')).toHaveLength(1);
  expect(shown.texts()).toContain('2/η = 5');
  const held = drawStill(sharpnessAlong, data, { thresholds: false, selected: 1 });
  expect(held.all('.threshold')).toHaveLength(0);
  expect(held.all('.crossing')).toHaveLength(0);
});

test('rings the crossing on the line, once it has happened', () => {
  const late = drawStill(sharpnessAlong, data, { selected: 1, focus: 'sgd' });
  const [ring] = late.all('.crossing');
  const edge = Number(
    late
      .all('.threshold')[0]!
      .getAttribute('d')!
      .match(/,([\d.]+)H/)![1],
  );
  // Sharpness 7 at the crossing lies above the threshold of 5.
  expect(Number(ring!.getAttribute('cy'))).toBeLessThan(edge);
  const early = drawStill(sharpnessAlong, data, { selected: 1, focus: 'sgd', until: 1 });
  expect(early.all('.crossing')).toHaveLength(0);
});

test('marks the rise of the picked network in both panels, and none where the loss only falls', () => {
  const rising = drawStill(sharpnessAlong, data, { selected: 1, focus: 'sgd' });
  expect(rising.all('.moments')[0]!.getAttribute('d')!.match(/M/g)).toHaveLength(1);
  expect(rising.all('.rises')[0]!.getAttribute('d')).toMatch(/^M/);
  const falling = drawStill(sharpnessAlong, data, { selected: 0, focus: 'sgd' });
  expect(falling.all('.moments')[0]!.getAttribute('d')).toBe('');
});

test('draws the guess as a line at its own height, and nothing of it before', () => {
  expect(drawStill(sharpnessAlong, data).all('.guess')).toHaveLength(0);
  const guessed = drawStill(sharpnessAlong, data, { guess: 5 });
  const heightOf = (selector: string) =>
    guessed
      .all(selector)[0]!
      .getAttribute('d')!
      .match(/,([\d.]+)H/)![1];
  expect(heightOf('.guess')).toBe(heightOf('.threshold'));
  expect(guessed.texts()).toContain('your guess: 5');
});

test('says and tabulates the numbers', () => {
  const state = { ...sharpnessAlong.initial, focus: 'sgd' };
  const words = sharpnessAlong.describe(data, state);
  // Medians of the two networks: 2.5 at the start, 10.5 at the end; 40 steps are 8 epochs.
  expect(words).toContain('the median sharpness goes from 2.5 to 10.5, 2/η is 5');
  expect(words).toContain('2 of 2 networks have crossed it, the first at epoch 4');
  expect(words).toContain('the loss rose between 1 pair of snapshots');
  const { rows } = sharpnessAlong.table!(data, state);
  expect(rows).toHaveLength(10);
  expect(rows[2]).toEqual(['sgd in full', 0, 4, 6, 5, Math.fround(0.2)]);
});
