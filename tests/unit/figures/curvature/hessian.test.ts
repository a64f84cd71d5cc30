// Spectra of Hessians and measures of curvature: what is counted, what is marked, what is said.
import { describe, expect, it } from 'vitest';
import {
  binsOf,
  heightOfOne,
  hessianSpectrumOf,
} from '../../../../src/figures/curvature/hessian-spectrum-data.ts';
import { hessianMeasures } from '../../../../src/figures/curvature/hessian-measures.ts';
import { hessianSpectrum } from '../../../../src/figures/curvature/hessian-spectrum.ts';
import { bareStudy, batchCurvatureStudy, spectrumStudy } from './curvature-study.ts';
import { drawStill } from '../drawing.ts';

const study = spectrumStudy();

describe('bins of eigenvalues', () => {
  it('count each value once, and begin one at 0', () => {
    const bins = binsOf([-0.5, -0.1, 0, 0.1, 0.9], [-1, 1], 4);
    expect(bins.map(({ from, count }) => [from, count])).toEqual([
      [-1, 0],
      [-0.5, 2],
      [0, 2],
      [0.5, 1],
    ]);
  });

  it('leave out what lies outside', () => {
    const total = binsOf([-3, 0.5, 7], [-1, 1], 4).reduce((sum, { count }) => sum + count, 0);
    expect(total).toBe(1);
  });
});

describe('a spectrum', () => {
  it('of one eigenvalue alone is as high as a Gaussian', () => {
    expect(heightOfOne(1, 1)).toBeCloseTo(0.39894, 5);
    expect(hessianSpectrumOf(study)).toMatchObject({ count: 20 });
  });

  it('is drawn below and above zero in two colours', () => {
    const fills = drawStill(hessianSpectrum, study)
      .all('.spectrum-area')
      .map((area) => area.getAttribute('fill'));
    expect(new Set(fills).size).toBe(2);
  });

  it('marks the largest eigenvalues by value, and tells their mean', () => {
    const texts = drawStill(hessianSpectrum, study).texts();
    expect(texts).toContain('1');
    expect(texts).toContain('0.5');
    expect(texts.join(' ')).toContain('Largest: mean 1.5 (1.35 to 1.65)');
    expect(texts.join(' ')).toContain('trace: mean 4.5 (4.05 to 4.95)');
  });

  it('counts every eigenvalue around zero where all are known', () => {
    const { all, texts } = drawStill(hessianSpectrum, study, { zoom: 'middle' });
    expect(texts()).toContain('How many eigenvalues (of 20; log scale)');
    expect(all('.spectrum-area')).toHaveLength(0);
  });

  it('keeps to the density where they are not', () => {
    const { all, texts } = drawStill(hessianSpectrum, spectrumStudy({ whole: false }), {
      zoom: 'middle',
    });
    expect(texts().join(' ')).toContain('Density of the eigenvalues of network 0');
    expect(all('.spectrum-area').length).toBeGreaterThan(0);
  });

  it('draws a row for each network, and names the picked one', () => {
    const { all, texts } = drawStill(hessianSpectrum, study, { selected: 1 });
    expect(all('.layer-strip .dots')).toHaveLength(2);
    expect(texts().join(' ')).toContain('network 1: 2, 1');
  });

  it('says its numbers, and what is missing', () => {
    const words = hessianSpectrum.describe(study, hessianSpectrum.initial);
    expect(words).toContain('Of its 20 eigenvalues, 2 are at least a tenth of the largest.');
    expect(words).toContain('the smallest is −0.01');
    const { columns, rows } = hessianSpectrum.table!(study, hessianSpectrum.initial);
    expect(columns.map(({ name }) => name)).toEqual([
      'network',
      'eigenvalue 1',
      'eigenvalue 2',
      'smallest',
      'trace',
      'standard error of the trace',
    ]);
    expect(rows[1]!.slice(0, 3)).toEqual([1, 2, 1]);
    expect(drawStill(hessianSpectrum, bareStudy()).texts().join(' ')).toContain('no spectrum');
    expect(hessianSpectrum.controls!(bareStudy())).toEqual([]);
  });
});

describe('measures of curvature', () => {
  const batches = batchCurvatureStudy();

  it('have a panel each, with a row for each weight decay and a mark for each batch size', () => {
    const { all, texts } = drawStill(hessianMeasures, batches, {}, 700);
    expect(all('.whisker')).toHaveLength(4 * 4);
    expect(texts().filter((text) => text === 'no weight decay')).toHaveLength(2);
    expect(texts()).toContain('Adaptive sharpness');
    expect(texts().join(' ')).toContain('batches of 64');
  });

  it('stand farther right where the curvature is larger', () => {
    const marks = drawStill(hessianMeasures, batches)
      .all('.whisker')
      .slice(0, 4)
      .map((mark) =>
        Number(
          mark
            .querySelector('.line')!
            .getAttribute('d')!
            .match(/M([\d.]+)/)![1],
        ),
      );
    const [small, large, smallDecay, largeDecay] = marks as [number, number, number, number];
    expect(small).toBeLessThan(large);
    expect(smallDecay).toBeLessThan(largeDecay);
  });

  it('ring the picked network in every panel and row', () => {
    expect(
      drawStill(hessianMeasures, batches, { selected: 1 }).all('.layer-selected circle'),
    ).toHaveLength(16);
  });

  it('are said and listed with their intervals', () => {
    expect(hessianMeasures.describe(batches, { selected: null })).toContain(
      'With condition large: largest eigenvalue 6 (5.4 to 6.6)',
    );
    expect(hessianMeasures.table!(batches, { selected: null }).rows.map((row) => row[1])).toEqual([
      1.5, 6, 3, 4.5,
    ]);
    expect(drawStill(hessianMeasures, bareStudy()).texts().join(' ')).toContain('no curvature');
  });
});
