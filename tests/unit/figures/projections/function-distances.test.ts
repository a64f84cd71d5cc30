// Weights and answers of pairs: where each pair lies, and what alignment leaves in its place.
import { describe, expect, it } from 'vitest';
import { binned } from '../../../../src/figures/projections/function-distances-data.ts';
import { functionDistances } from '../../../../src/figures/projections/function-distances.ts';
import { drawStill, type Drawing } from '../drawing.ts';
import { claimStudy, emptyStudy, functionStudy } from '../connections/valley-study.ts';

const study = functionStudy();

const dotsOf = ({ all }: Drawing): [number, number][] =>
  all('.layer-pairs path').flatMap((path) =>
    [...path.getAttribute('d')!.matchAll(/M([\d.]+),([\d.]+)h0/g)].map(
      ([, x, y]): [number, number] => [Number(x), Number(y)],
    ),
  );

describe('weights against answers', () => {
  it('gathers pairs that coincide into one larger dot', () => {
    const bins = binned(
      [
        [1, 1],
        [2, 2],
        [20, 20],
      ],
      7,
    );
    expect(bins).toEqual([
      { x: 1.5, y: 1.5, count: 2 },
      { x: 20, y: 20, count: 1 },
    ]);
    // Six pairs at one cosine: three steps of one, two of two, one of three.
    const drawing = drawStill(functionDistances, study);
    expect(dotsOf(drawing)).toHaveLength(3);
    expect(drawing.all('.layer-pairs path')).toHaveLength(3);
  });

  it('moves pairs sideways by alignment, and not up or down', () => {
    const [raw, aligned] = (['raw', 'aligned'] as const).map((state) =>
      dotsOf(drawStill(functionDistances, study, { aligned: state })),
    );
    const heights = (dots: [number, number][]) => dots.map(([, y]) => y).sort((a, b) => a - b);
    expect(heights(raw!)).toEqual(heights(aligned!));
    expect(aligned![0]![0]).toBeGreaterThan(raw![0]![0]);
  });

  it('marks both means with intervals, and names them', () => {
    const { all, texts } = drawStill(functionDistances, study);
    expect(all('.whiskers')).toHaveLength(2);
    expect(all('.mean-circle, .mean-square')).toHaveLength(2);
    expect(texts()).toContain('two runs, as trained');
    expect(texts()).toContain('snapshots of one run');
  });

  it('says how a picked network differs from the others', () => {
    // 1%, 1% and 2% for network 1.
    expect(drawStill(functionDistances, study, { selected: 1 }).texts()).toContain(
      'network 1: 1.3% on average',
    );
  });

  it('gives the numbers in words and as a table', () => {
    expect(functionDistances.describe(study, functionDistances.initial)).toContain(
      'Snapshots of the second half of one run and its end have a mean cosine of 0.95 (95% interval 0.94 to 0.96) and different answers on 4% of samples',
    );
    expect(functionDistances.table!(study, functionDistances.initial).rows).toHaveLength(6);
    expect(drawStill(functionDistances, emptyStudy()).texts().join(' ')).toContain('not loaded');
  });

  it('keeps names inside a narrow picture', () => {
    for (const aligned of ['raw', 'aligned'] as const) {
      const { all } = drawStill(functionDistances, study, { aligned }, 340);
      for (const text of all('.layer-means text')) {
        const x = Number(text.getAttribute('x'));
        const length = (text.textContent ?? '').length * 6.5;
        const start = text.getAttribute('text-anchor') === 'end' ? x - length : x;
        expect(start).toBeGreaterThan(0);
        expect(start + length).toBeLessThanOrEqual(345);
      }
    }
  });

  it('draws the means that a claim rests on where no pair is loaded', () => {
    const claim = claimStudy();
    const { all, texts } = drawStill(functionDistances, claim, { selected: 1 });
    expect(all('.mean-circle, .mean-square')).toHaveLength(2);
    expect(all('.pairs')).toHaveLength(0);
    expect(texts()).toContain('two runs');
    expect(functionDistances.controls!(claim)).toEqual([]);
    expect(functionDistances.describe(claim, functionDistances.initial)).toContain(
      'Two runs have a mean cosine of 0.1 (95% interval 0.09 to 0.11) and different answers on 2% of samples (95% interval 1.8% to 2.2%)',
    );
    const { rows } = functionDistances.table!(claim, functionDistances.initial);
    expect(rows.map(([name, cosine]) => [name, cosine])).toEqual([
      ['two runs', 0.1],
      ['snapshots of one run with its end', 0.9],
    ]);
  });
});
