// The exported tables, read back by a CSV reader, hold the numbers to the last bit of their 32.
import Papa from 'papaparse';
import { describe, expect, it } from 'vitest';
import {
  curvesTable,
  gridTable,
  networksTable,
  statisticsTable,
  trajectoriesTable,
} from '../../../../src/artifact/exports/tables.ts';
import { convergenceStatistics } from '../../../../src/landscape/statistics.ts';
import { trainedRun } from './trained-run.ts';

const run = await trainedRun({ epochs: 8, initialisations: 3, grid: { size: 5 }, snapshots: 3 });
// One network is lost on the way.
const { curves, divergedAt } = run.history;
divergedAt[1] = 5;
for (let record = 5; record <= 8; record++) curves.trainLoss[record * 3 + 1] = NaN;
const lost = {
  ...run,
  statistics: convergenceStatistics(run.history, run.experiment, divergedAt),
};

const rowsOf = (text: string | null) => {
  const { data, errors } = Papa.parse<Record<string, string>>(text ?? '', { header: true });
  expect(errors.filter(({ code }) => code !== 'TooFewFields')).toEqual([]);
  expect(text).toMatch(/\r\n$/);
  return data.slice(0, -1);
};

describe('tables of an export', () => {
  it('have a line for each record of each network', () => {
    const rows = rowsOf(curvesTable(lost));
    expect(rows).toHaveLength(9 * 3);
    expect(rows[4 * 3 + 2]).toMatchObject({ step: '4', epoch: '4', network: '2' });
    rows.forEach((row, i) => {
      const [loss, exact] = [row['train_loss'], curves.trainLoss[i]!];
      if (Number.isNaN(exact)) expect(loss).toBe('');
      else expect(Math.fround(Number(loss))).toBe(exact);
    });
    expect(Object.keys(rows[0]!)).toEqual([
      'step',
      'epoch',
      'network',
      'train_loss',
      'test_loss',
      'train_accuracy',
      'test_accuracy',
      'gradient_norm',
    ]);
  });

  it('leave out what a run does not have', async () => {
    const whole = await trainedRun({ testFraction: 0, epochs: 2, grid: { size: 2 } });
    expect(curvesTable(whole).split('\r\n')[0]).not.toContain('test');
    expect(gridTable(whole)?.split('\r\n')[0]).toBe('x,y,loss,accuracy');
    expect(gridTable({ ...whole, landscapeInPlane: null })).toBeNull();
    expect(trajectoriesTable({ ...whole, landscapeInPlane: null })).toBeNull();
  });

  it('have the statistics in full', () => {
    const rows = rowsOf(statisticsTable(lost));
    const { mean, medianInterval, count } = lost.statistics.trainLoss;
    const row = rows.find(({ quantity }) => quantity === 'train_loss')!;
    expect([Number(row['mean']), Number(row['count']), row['missing']]).toEqual([mean, count, '1']);
    expect(Number(row['median_high_95'])).toBe(medianInterval[1]);
  });

  it('say how each network ended', () => {
    const rows = rowsOf(networksTable(lost));
    expect(rows.map(({ outcome }) => outcome)).toEqual(lost.statistics.outcomeOf);
    expect(rows[1]).toMatchObject({
      outcome: 'diverged',
      diverged_at_step: '5',
      train_loss: '',
    });
    expect(rows[0]).toMatchObject({ diverged_at_step: '' });
  });

  it('have the surface and the ways over it', () => {
    const { landscape } = run.landscapeInPlane!;
    const rows = rowsOf(gridTable(run));
    expect(rows).toHaveLength(25);
    // Rows of the grid run along x, one y after the other.
    const [third, seventh] = [rows[2]!, rows[7]!];
    expect(Math.fround(Number(third['x']))).toBe(landscape.xs[2]);
    expect(Math.fround(Number(seventh['y']))).toBe(landscape.ys[1]);
    expect(Math.fround(Number(seventh['test_loss']))).toBe(landscape.testLoss![7]);
    const ways = rowsOf(trajectoriesTable(run));
    expect(ways).toHaveLength(3 * 3);
    expect(ways[3 + 2]).toMatchObject({ network: '2', step: '4' });
    expect(Math.fround(Number(ways[5]!['y']))).toBe(landscape.coordinates[2 * 5 + 1]);
  });
});
