// Trust in a plane: true loss against loss on the plane, and variance beside its null.
import { describe, expect, it } from 'vitest';
import { explainedVariance } from '../../../src/figures/projections/explained-variance.ts';
import { planeFidelity } from '../../../src/figures/slices/plane-fidelity.ts';
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

describe('a guess about the plane', () => {
  it('keeps what training made of the networks back until it is revealed', () => {
    const asked = drawStill(planeFidelity, smallRun(), { revealed: false });
    expect(asked.all('.layer-markers circle.hollow')).toHaveLength(4);
    expect(asked.all('.layer-markers circle.outlined')).toHaveLength(0);
    expect(asked.texts()).not.toContain('your guess');
  });

  it('writes the guess beside the place that was guessed', () => {
    const at = (guess: 'high' | 'low'): number =>
      Number(
        drawStill(planeFidelity, smallRun(), { guess }).all('.guess-label')[0]!.getAttribute('y'),
      );
    expect(at('high')).toBeLessThan(at('low'));
  });

  it('lists both losses of every network', () => {
    const { rows } = planeFidelity.table!(smallRun(), planeFidelity.initial);
    expect(rows).toHaveLength(4);
    // Of network 1 at the last snapshot, the tenth of twelve: 1/10 and twice that.
    expect(rows[1]!.slice(4).map(Number)).toEqual([
      2.5,
      expect.closeTo(0.1, 6),
      expect.closeTo(0.2, 6),
    ]);
  });
});

describe('explained variance', () => {
  it('draws both components as a part of the whole, and the guess on it', () => {
    const { all, texts } = drawStill(explainedVariance, smallRun(), { guess: 50 });
    const width = (selector: string): number =>
      Number(all(`.layer-whole ${selector}`)[0]!.getAttribute('width'));
    expect(width('.accent-mark') / width('.panel-edge')).toBeCloseTo(0.65, 2);
    expect(width('.null-bar') / width('.panel-edge')).toBeCloseTo(0.35, 2);
    expect(texts()).toContain('your guess: 50%');
  });

  it('shows no share before it is revealed', () => {
    const { all, texts } = drawStill(explainedVariance, smallRun(), { revealed: false });
    expect(all('.accent-mark, .null-bar')).toHaveLength(0);
    expect(texts().join(' ')).not.toContain('%');
  });

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
    expect(explainedVariance.describe(plain, explainedVariance.initial)).toContain(
      'nothing is projected',
    );
  });
});
