// The ways of rules of descent: one start, ends where they are, names apart, and what the map gets wrong.
import { expect, test } from 'vitest';
import {
  epochsOf,
  shadowsApart,
  shownPaths,
} from '../../../../src/figures/slices/descent-path-data.ts';
import { descentPaths } from '../../../../src/figures/slices/descent-paths.ts';
import { placeLabels } from '../../../../src/figures/kit/label-places.ts';
import { pathsStudy } from '../descent-study.ts';
import { drawStill } from '../drawing.ts';

const data = pathsStudy();
const wide = 700;

test('measures how far shadows are apart, and when snapshots were taken', () => {
  const plane = shownPaths(data, 'all')!;
  const [sgd, , , , full] = plane.paths;
  // Ends at (-2, -3) and (2, -3).
  expect(shadowsApart(plane, sgd!, full!)).toBeCloseTo(4, 6);
  expect(epochsOf(plane)).toEqual([0, 4, 8]);
});

test('draws one hollow start, and a solid end and a name for every condition shown', () => {
  const { all, texts } = drawStill(descentPaths, data, { show: 'optimiser' }, wide);
  expect(all('.layer-paths .hollow')).toHaveLength(1);
  const ends = all('.layer-paths .outlined');
  expect(ends).toHaveLength(3);
  // Ends at x = -2, -1, 0: as far apart as the axis's ticks say.
  const [a, b, c] = ends.map((end) => Number(end.getAttribute('cx')));
  expect(b! - a!).toBeCloseTo(c! - b!, 0);
  for (const name of ['SGD', 'momentum', 'Adam', 'epoch 8']) expect(texts()).toContain(name);
});

test('shows the ways up to a snapshot', () => {
  const { all, texts } = drawStill(descentPaths, data, { until: 1 }, wide);
  const d = all('.layer-paths .line')[0]!.getAttribute('d')!;
  expect(d.split(' ')).toHaveLength(1);
  expect(texts()).toContain('epoch 4');
});

test('puts own loss beside the ground drawn, and the distance off the plane', () => {
  const { all } = drawStill(descentPaths, data, { show: 'batchSize' }, wide);
  const rows = all('.loss-pair');
  expect(rows).toHaveLength(2);
  // Condition 4 is 4 off the plane; its own loss, half of the ground, lies left of the bar.
  const full = rows.find((row) => row.textContent!.startsWith('full batch'))!;
  expect(full.textContent).toBe('full batch4');
  const bar = full.querySelector('.ink')!.getAttribute('d')!;
  const [, own, ground] = bar.match(/M([\d.]+),[\d.]+H([\d.]+)/)!;
  expect(Number(own)).toBeLessThan(Number(ground));
});

test('says the same in a line where there is no room for rows', () => {
  const { all, texts } = drawStill(descentPaths, data, { show: 'batchSize', focus: 'full' }, 360);
  expect(all('.loss-pair')).toHaveLength(0);
  expect(texts().join(' ')).toContain(
    'full batch: own loss 6.55, ground drawn under it 13.1, 4 off the plane',
  );
});

test('lets one condition stand out', () => {
  const { all } = drawStill(descentPaths, data, { show: 'optimiser', focus: 'adam' }, wide);
  const faint = all('.layer-paths > g').filter((own) => own.getAttribute('opacity') === '0.3');
  expect(faint).toHaveLength(2);
});

test('says and tabulates the numbers, and how far the plane can be trusted', () => {
  const state = { ...descentPaths.initial, show: 'batchSize' as const };
  const words = descentPaths.describe(data, state);
  expect(words).toContain('full in full: own loss 6.55, on the plane 13.1, 4 off it');
  expect(words).toContain('batch 16 and full batch are farthest apart: at least 4');
  const { rows } = descentPaths.table!(data, state);
  expect(rows).toHaveLength(6);
  expect(rows.at(-1)).toEqual([
    'full in full',
    8,
    20,
    Math.fround(6.55),
    Math.fround(13.1),
    4,
    2,
    -3,
  ]);
  const fidelity = descentPaths.fidelity!(data, state).join(' ');
  expect(fidelity).toContain('75.0%');
  expect(fidelity).toContain('9 × 9 grid points');
});

test('keeps names inside, off each other and off the marks', () => {
  const box = { left: 0, right: 300, top: 0, bottom: 200 };
  const marks = Array.from({ length: 6 }, (_, i) => ({
    at: [150 + 3 * i, 100 + 2 * i] as const,
    text: `condition ${i}`,
  }));
  const places = placeLabels(marks, box).map(({ x, y, side }) => {
    const width = 11 * 12 * 0.54;
    const left = side === 'start' ? x : x - width;
    return { left, right: left + width, top: y - 11, bottom: y + 3 };
  });
  for (const [i, a] of places.entries()) {
    expect(a.left).toBeGreaterThan(0);
    expect(a.right).toBeLessThan(300);
    for (const b of places.slice(i + 1))
      expect(a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom).toBe(
        false,
      );
    for (const { at } of marks)
      expect(at[0] > a.left && at[0] < a.right && at[1] > a.top && at[1] < a.bottom).toBe(false);
  }
});
