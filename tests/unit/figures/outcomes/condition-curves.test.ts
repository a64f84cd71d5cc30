// The curves of conditions show medians and middle halves, names at their ends, the guess, and the network picked.
import { expect, test } from 'vitest';
import { conditionCurves } from '../../../../src/figures/outcomes/condition-curves.ts';
import { curvesStudy, lossAt } from '../descent-study.ts';
import { drawStill } from '../drawing.ts';

const data = curvesStudy();
const lastOf = (d: string): string => d.slice(d.lastIndexOf('M'));

test('names each line at its end with the median reached there', () => {
  const { texts } = drawStill(conditionCurves, data, { show: 'optimiser' });
  // Medians of 1, 2, 3, 4 times 2^(-4c): 2.5, 0.156, 0.0098.
  for (const name of ['SGD2.5', 'momentum0.156', 'Adam0.00977']) expect(texts()).toContain(name);
  expect(texts().some((text) => text.includes('step 3'))).toBe(false);
});

test('keeps names at least a line apart, however close the ends are', () => {
  const { all } = drawStill(conditionCurves, data, { until: 0 });
  const labels = all('.layer-labels text').map((text) => Number(text.getAttribute('y')));
  expect(labels).toHaveLength(5);
  const sorted = labels.sort((a, b) => a - b);
  for (let i = 1; i < sorted.length; i++) expect(sorted[i]! - sorted[i - 1]!).toBeGreaterThan(14);
});

test('draws a band for the middle half, and every network of the condition in focus', () => {
  const still = drawStill(conditionCurves, data, { show: 'optimiser' });
  expect(still.all('.half')).toHaveLength(3);
  expect(still.all('.all')).toHaveLength(0);
  const focused = drawStill(conditionCurves, data, { show: 'optimiser', focus: 'adam' });
  expect(focused.all('.half')).toHaveLength(1);
  const [lines] = focused.all('.all');
  expect(lines!.getAttribute('d')!.match(/M/g)).toHaveLength(4);
});

test('shows training up to a record, and in between', () => {
  const points = (until: number) => {
    const { all } = drawStill(conditionCurves, data, { show: 'batchSize', until });
    const d = all('.layer-medians .line')[0]!.getAttribute('d')!;
    return lastOf(d).split(' ').length;
  };
  expect(points(1)).toBe(1);
  expect(points(1.5)).toBe(2);
  expect(points(4)).toBe(4);
});

test('draws the guess at the line it names, and nothing of it before', () => {
  expect(drawStill(conditionCurves, data).texts().join()).not.toContain('guess');
  const { all } = drawStill(conditionCurves, data, { show: 'optimiser', guess: 'momentum' });
  expect(all('text.accent').map((text) => text.textContent)).toEqual(['your guess: momentum']);
});

test('draws a picked network in every condition shown', () => {
  const { all } = drawStill(conditionCurves, data, { show: 'optimiser', selected: 2 });
  expect(all('.layer-selected .line')).toHaveLength(3);
});

test('says and tabulates medians and quartiles', () => {
  const state = { ...conditionCurves.initial, show: 'batchSize' as const, until: 2 };
  expect(conditionCurves.describe(data, state)).toContain(
    'At epoch 4 the medians are: sgd in full, 2.5',
  );
  const { rows } = conditionCurves.table!(data, state);
  expect(rows).toHaveLength(6);
  // Network values at record 2 of condition 4 are n 2^-8: quartiles of 1, 2, 3, 4 are 1.75, 2.5, 3.25.
  const unit = lossAt(4, 2, 0);
  expect(rows.at(-1)).toEqual(['full in full', 4, 2.5 * unit, 1.75 * unit, 3.25 * unit]);
});

test('offers no quantity that the study lacks, and null for the end of training', () => {
  const controls = conditionCurves.controls!(data);
  const quantity = controls.find(({ key }) => key === 'quantity')!;
  expect(quantity.options.map(({ value }) => value)).toEqual([
    'trainLoss',
    'testLoss',
    'gradientNorm',
  ]);
  const until = controls.find(({ key }) => key === 'until')!;
  expect(until.kind).toBe('play');
  expect(until.options.at(-1)).toEqual({ value: null, text: '8' });
});

test('says what is missing instead of drawing it', () => {
  const { texts } = drawStill(conditionCurves, data, { quantity: 'testAccuracy' });
  expect(texts().join(' ')).toContain('This study has no test accuracy to draw.');
});

test('makes room for every network that it draws, so that none is cut off', () => {
  // Of SGD, constant in this study, the networks are at 1, 2, 3 and 4; the middle half ends at 3.25.
  const { all } = drawStill(conditionCurves, data, { show: 'batchSize', focus: 'sgd' });
  const tops = [
    ...all('.all')[0]!
      .getAttribute('d')!
      .matchAll(/M[\d.]+,([\d.]+)/g),
  ].map(([, y]) => Number(y));
  expect(tops).toHaveLength(4);
  expect(new Set(tops).size).toBe(4);
  expect(Math.min(...tops)).toBeGreaterThan(30);
});
