// One function at two places: the lines differ, the outputs do not, and each measure's factor is the one measured.
import { describe, expect, it } from 'vitest';
import { rescaling } from '../../../../src/figures/curvature/rescaling.ts';
import { rescalingOf, type Rescaling } from '../../../../src/figures/curvature/rescaling-data.ts';
import { bareStudy, rescalingStudy } from './curvature-study.ts';
import { drawStill } from '../drawing.ts';

const study = rescalingStudy();

describe('a rescaled network', () => {
  it('has factors of change by network and on average', () => {
    const found = rescalingOf(study) as Rescaling;
    const sharpness = found.changes.find(({ key }) => key === 'largestEigenvalue')!;
    expect(sharpness.factors).toEqual([4, 4].map((factor) => expect.closeTo(factor, 6)));
    expect(sharpness.mean).toBeCloseTo(4, 6);
    expect(found.changes.find(({ key }) => key === 'adaptive')!.mean).toBe(1);
    expect(found.outputs).toBeCloseTo(5e-6, 12);
    expect(found.canonical).toBeCloseTo(3e-8, 12);
  });

  it('is named as trained, as rescaled, or as both', () => {
    const names = (show: 'before' | 'after' | 'both') =>
      drawStill(rescaling, study, { show })
        .texts()
        .filter((text) => ['as trained', 'rescaled', 'one function'].includes(text));
    expect(names('before')).toEqual(['as trained']);
    expect(names('after')).toEqual(['rescaled']);
    expect(names('both').sort()).toEqual(['as trained', 'one function', 'rescaled']);
  });

  it('shows which measures notice and which do not', () => {
    const texts = drawStill(rescaling, study).texts();
    expect(texts).toContain('mean ×4.00');
    expect(texts).toContain('unchanged');
    expect(texts).toContain('at most 5×10⁻⁴% off');
  });

  it('leaves the measures out until they are asked for, and gives the lines their room', () => {
    const { all, texts } = drawStill(rescaling, study, { measures: false });
    expect(all('.whisker')).toHaveLength(0);
    expect(texts()).not.toContain('largest eigenvalue');
    expect(rescaling.describe(study, { ...rescaling.initial, measures: false })).not.toContain(
      'Over 2 networks',
    );
  });

  it('follows the picked network', () => {
    expect(drawStill(rescaling, study, { selected: 3 }).texts()).toContain(
      'Training loss (nats) around network 3',
    );
    expect(rescaling.controls!(study).find(({ key }) => key === 'selected')!.options).toHaveLength(
      2,
    );
  });

  it('says its numbers, and what is missing', () => {
    const words = rescaling.describe(study, rescaling.initial);
    expect(words).toContain('its largest eigenvalue is 1 before and 4 after');
    expect(words).toContain('adaptive sharpness 1 (95% interval 1 to 1)');
    expect(rescaling.table!(study, rescaling.initial).rows[1]!.slice(0, 3)).toEqual([3, 1, 4]);
    expect(drawStill(rescaling, bareStudy()).texts().join(' ')).toContain('rescaled no network');
    expect(rescaling.table!(bareStudy(), rescaling.initial).rows).toEqual([]);
  });
});
