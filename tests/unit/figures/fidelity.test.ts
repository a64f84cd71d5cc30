// Trust in a plane: true loss against loss on the plane, and variance beside its null.
import { describe, expect, it } from 'vitest';
import { explainedVariance } from '../../../src/figures/explained-variance.ts';
import { planeFidelity } from '../../../src/figures/plane-fidelity.ts';
import { drawStill, smallRun } from './drawing.ts';

describe('plane fidelity', () => {
  it('draws start and end of every network, too high ones above the diagonal', () => {
    const { all } = drawStill(planeFidelity, smallRun());
    const ends = all('.layer-markers circle.outlined');
    expect(all('.layer-markers circle.hollow')).toHaveLength(4);
    expect(ends).toHaveLength(4);
    const [, left, bottom, right, top] = all('.reference')[0]!
      .getAttribute('d')!
      .match(/M([\d.]+),([\d.]+)L([\d.]+),([\d.]+)/)!
      .map(Number);
    for (const end of ends) {
      const share = (Number(end.getAttribute('cx')) - left!) / (right! - left!);
      const diagonal = bottom! - share * (bottom! - top!);
      expect(Number(end.getAttribute('cy'))).toBeLessThan(diagonal);
    }
  });

  it('describes by how much the picture is off', () => {
    expect(planeFidelity.describe(smallRun(), planeFidelity.initial)).toBe(
      'After training the plane shows a loss that is 2 times the true loss (median of 4 networks); ' +
        'it is too high for 4 of them. The networks end 2.5 away from the plane (median), on a map 8 wide.',
    );
  });
});

describe('explained variance', () => {
  it('draws bars as high as their shares, each beside its null', () => {
    const { all } = drawStill(explainedVariance, smallRun());
    const heights = (selector: string): number[] =>
      all(`.layer-bars ${selector}`)
        .map((bar) => Number(bar.getAttribute('height')))
        .filter((height) => height !== 12);
    const [first, second] = heights('rect.accent-mark');
    const chance = heights('rect.null-bar');
    expect(first! / second!).toBeCloseTo(0.4 / 0.25, 1);
    expect(first! / chance[0]!).toBeCloseTo(0.4 / 0.2, 1);
    expect(chance).toHaveLength(3);
  });

  it('states both sums', () => {
    const { texts } = drawStill(explainedVariance, smallRun());
    expect(texts()).toContain("the networks' paths: 65.0%");
    expect(texts()).toContain('chance (untrained networks): 35.0%');
  });

  it('says that nothing is projected where the axes are the weights', () => {
    const run = smallRun();
    const plain = { ...run, landscape: { ...run.landscape!, explainedVariance: [] } };
    expect(explainedVariance.describe(plain, explainedVariance.initial)).toContain('nothing is projected');
  });
});
