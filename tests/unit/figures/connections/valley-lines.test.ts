// Valleys of small and large batches: filled as wide as it was measured, rows for each weight decay, a guess drawn into them.
import { describe, expect, it } from 'vitest';
import { quartiles, valleyExtent } from '../../../../src/figures/connections/valley-lines-data.ts';
import { valleyLines } from '../../../../src/figures/connections/valley-lines.ts';
import { bareStudy, valleysStudy } from '../curvature/curvature-study.ts';
import { drawStill } from '../drawing.ts';

const study = valleysStudy();
const { initial } = valleyLines;

describe('the extent of a valley', () => {
  const alphas = [-1, -0.5, 0, 0.5, 1];

  it('reaches to where a straight side crosses the level', () => {
    expect(valleyExtent([0.5, 0.25, 0, 0.25, 0.5], alphas, 0, 0.1)).toEqual({
      level: 0.1,
      left: -0.2,
      right: 0.2,
    });
  });

  it('is none where a side never reaches the level, or the centre is no point', () => {
    expect(valleyExtent([0.5, 0.25, 0, 0.05, 0.09], alphas, 0, 0.1)).toBeNull();
    expect(valleyExtent([0.5, 0.25, 0, 0.25, 0.5], alphas, 0.3, 0.1)).toBeNull();
  });
});

describe('quartiles over pairs', () => {
  it('is the median and the quartiles at each point', () => {
    const { low, median, high } = quartiles([1, 10, 3, 30, 2, 20, 5, 50, 4, 40], 2);
    expect([...low]).toEqual([2, 20]);
    expect([...median]).toEqual([3, 30]);
    expect([...high]).toEqual([4, 40]);
  });
});

/** Ends of the fill's upper edge, in pixels. */
const surfaces = (all: (selector: string) => Element[]) =>
  all('.layer-lines path')
    .map((path) => path.getAttribute('d')!)
    .filter((d) => /^M[\d.]+,[\d.]+H[\d.]+$/.test(d))
    .map(
      (d) =>
        d
          .match(/M([\d.]+),[\d.]+H([\d.]+)/)!
          .slice(1)
          .map(Number) as [number, number],
    );

describe('lines through valleys', () => {
  it('fills the small batch’s valley twice as wide without decay, and half as wide with it', () => {
    const ratio = (line: string) => {
      const [small, large] = surfaces(drawStill(valleyLines, study, { line }).all);
      return (small![1] - small![0]) / (large![1] - large![0]);
    };
    expect(ratio('plain')).toBeCloseTo(2, 1);
    expect(ratio('decay')).toBeCloseTo(0.5, 1);
  });

  it('names both ends, and how wide the valley is', () => {
    const texts = drawStill(valleyLines, study).texts();
    expect(texts).toContain('batches of 8');
    expect(texts).toContain('batches of 64');
    expect(texts).toContain('mean width 1.00');
    expect(texts).toContain('mean width 0.50');
  });

  it('keeps the widths with decay a question until they are revealed', () => {
    const before = drawStill(valleyLines, study);
    expect(before.texts().filter((text) => text === '?')).toHaveLength(2);
    expect(before.all('.layer-summary .whisker')).toHaveLength(3);
    const after = drawStill(valleyLines, study, { revealed: true });
    expect(after.texts()).not.toContain('?');
    expect(after.all('.layer-summary .whisker')).toHaveLength(6);
    expect(valleyLines.describe(study, initial)).not.toContain('Weight decay 0.01:');
    expect(valleyLines.describe(study, { ...initial, revealed: true })).toContain(
      'Weight decay 0.01: the valley is 0.50 wide at the end of batches of 8 and 1.00 at that of batches of 64',
    );
  });

  it('draws a guess on its side of zero, once the answer is there', () => {
    expect(drawStill(valleyLines, study, { guess: 'to' }).all('.guess-mark')).toHaveLength(0);
    const span = (guess: 'from' | 'to') => {
      const drawing = drawStill(valleyLines, study, { guess, revealed: true });
      expect(drawing.texts()).toContain('your guess');
      const zero = Number(
        drawing
          .all('.layer-summary .reference')[0]!
          .getAttribute('d')!
          .match(/M([\d.]+)/)![1],
      );
      const [from, to] = drawing
        .all('.guess-mark')[0]!
        .getAttribute('d')!
        .match(/M([\d.]+),[\d.]+H([\d.]+)/)!
        .slice(1)
        .map(Number) as [number, number];
      return { zero, from, to };
    };
    const large = span('to');
    expect(large.from).toBeCloseTo(large.zero, 0);
    expect(large.to).toBeGreaterThan(large.zero);
    const small = span('from');
    expect(small.to).toBeCloseTo(small.zero, 0);
  });

  it('draws a picked pair with its own widths', () => {
    const texts = drawStill(valleyLines, study, { selected: 1 }).texts();
    expect(texts).toContain('networks 1 and 0');
    expect(texts).toContain('width 1.00');
  });

  it('fills no valley over accuracy', () => {
    const { all, texts } = drawStill(valleyLines, study, { quantity: 'accuracy' });
    expect(all('.valley-water')).toHaveLength(0);
    expect(texts().join(' ')).toContain('Accuracy (share of points)');
  });

  it('gives the line as a table, and says what is missing', () => {
    const { columns, rows } = valleyLines.table!(study, initial);
    expect(columns.map(({ name }) => name)).toContain('training loss, median');
    expect(rows).toHaveLength(13);
    expect(rows[4]!.slice(1, 4)).toEqual([0, 0, 0]);
    expect(drawStill(valleyLines, bareStudy()).texts().join(' ')).toContain('drew no lines');
    expect(valleyLines.table!(bareStudy(), initial).rows).toEqual([]);
  });

  it('offers each line by its weight decay', () => {
    const [lines] = valleyLines.controls!(study);
    expect(lines!.options.map(({ text }) => text)).toEqual([
      'no weight decay',
      'weight decay 0.01',
    ]);
  });
});
