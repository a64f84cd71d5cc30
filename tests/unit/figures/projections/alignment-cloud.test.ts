// The cloud of networks: dots on their plane, rings at their true distance, shares beside chance.
import { describe, expect, it } from 'vitest';
import { chanceShareOfTwo } from '../../../../src/figures/projections/chance-share.ts';
import { alignmentCloud } from '../../../../src/figures/projections/alignment-cloud.ts';
import { drawStill } from '../drawing.ts';
import { cloudStudy, emptyStudy } from '../connections/valley-study.ts';

const number = (element: Element, name: string) => Number(element.getAttribute(name));

describe('cloud of networks', () => {
  it('draws both states on one scale, so that a third of the size is a third of the picture', () => {
    const spanOf = (aligned: 'raw' | 'aligned') => {
      const dots = drawStill(alignmentCloud, cloudStudy(), { aligned }).all('.layer-dots circle');
      const places = dots.map((dot) => number(dot, 'cx'));
      return Math.max(...places) - Math.min(...places);
    };
    expect(spanOf('raw') / spanOf('aligned')).toBeCloseTo(3, 1);
  });

  it('draws the ring at the distance in all directions, not on the plane', () => {
    const { all, texts } = drawStill(alignmentCloud, cloudStudy());
    const ring = number(all('.ring')[0]!, 'r');
    const [x1, x2] = all('.layer-dots circle').map((dot) => number(dot, 'cx'));
    // Corners lie at the square root of 18 on the plane, which holds a quarter: twice that in all.
    const pixels = Math.abs(x1! - x2!) / 6;
    expect(ring / pixels).toBeCloseTo(2 * Math.sqrt(18), 0);
    expect(texts()).toContain('as trained: 8.49');
    expect(texts()).toContain('aligned: 2');
  });

  it('names its axes with their shares, and the plane’s beside chance', () => {
    const texts = drawStill(alignmentCloud, cloudStudy(), { aligned: 'aligned' }).texts();
    expect(texts.join(' ')).toContain('25.0% of variance');
    expect(texts).toContain('as trained 25.0%');
    expect(texts).toContain('aligned 50.0%');
    expect(texts.some((text) => text.startsWith('by chance '))).toBe(true);
  });

  it('knows what chance gives: all of it in two dimensions of many points, next to nothing in many', () => {
    // n = 49, P = 49: edge 4, so 8 of 49.
    expect(chanceShareOfTwo(50, 49)).toBeCloseTo(8 / 49, 12);
    expect(chanceShareOfTwo(50, 1e12)).toBeCloseTo(2 / 49, 4);
    expect(chanceShareOfTwo(3, 1)).toBe(1);
  });

  it('names the picked network, and gives all places as a table', () => {
    const study = cloudStudy();
    expect(drawStill(alignmentCloud, study, { selected: 2 }).texts()).toContain('network 2');
    const { rows } = alignmentCloud.table!(study, alignmentCloud.initial);
    expect(rows[0]).toEqual([0, 3, 3, 1, 1]);
    expect(alignmentCloud.describe(study, alignmentCloud.initial)).toContain(
      'is 8.49 as trained and 2 aligned',
    );
  });

  it('says that its two planes are two, and that no loss is drawn', () => {
    const words = alignmentCloud.fidelity!(cloudStudy(), alignmentCloud.initial).join(' ');
    expect(words).toContain('25.0% (as trained) and 50.0% (aligned)');
    expect(words).toContain('two different planes');
    expect(words).toContain('No loss is drawn');
  });

  it('says what is missing where no layout is loaded', () => {
    expect(drawStill(alignmentCloud, emptyStudy()).texts().join(' ')).toContain('not loaded here');
  });
});
