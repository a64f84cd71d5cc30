// Barriers against width: two lines with intervals, a width to pick, a guess at the widest.
import { describe, expect, it } from 'vitest';
import { widthBarriers } from '../../../../src/figures/connections/width-barriers.ts';
import { drawStill } from '../drawing.ts';
import { barrierStudy, emptyStudy } from './valley-study.ts';

const study = barrierStudy([128, 16, 64]);

describe('barriers against width', () => {
  it('orders widths, and draws each network faintly in both states', () => {
    const { all, texts } = drawStill(widthBarriers, study);
    const dots = all('.layer-networks .dots').map((path) => path.getAttribute('d')!.match(/M/g));
    expect(dots.map((own) => own!.length)).toEqual([6, 6, 6, 6]);
    const ticks = texts().filter((text) => ['16', '64', '128'].includes(text));
    expect(ticks).toEqual(['16', '64', '128']);
    expect(texts()).toContain('as trained');
    expect(texts()).toContain('aligned by weights');
  });

  it('draws halved barriers at doubled widths as a straight line', () => {
    const dots = drawStill(widthBarriers, study).all('.layer-lines circle');
    const [a, b, c] = dots.map((dot) => [
      Number(dot.getAttribute('cx')),
      Number(dot.getAttribute('cy')),
    ]);
    const slope = (from: number[], to: number[]) => (to[1]! - from[1]!) / (to[0]! - from[0]!);
    expect(slope(a!, b!)).toBeGreaterThan(0);
    expect(slope(a!, b!)).toBeCloseTo(slope(b!, c!), 1);
  });

  it('gives a whisker to every mean', () => {
    const [raw] = drawStill(widthBarriers, study).all('.whiskers');
    expect(raw!.getAttribute('d')!.match(/V/g)).toHaveLength(3);
  });

  it('tells the numbers of a picked width', () => {
    const texts = drawStill(widthBarriers, study, { width: 16 }).texts();
    expect(texts).toContain('16 units');
    expect(texts).toContain('as trained: 1.2');
    expect(texts).toContain('95% interval 1.08 to 1.32');
    expect(texts).toContain('aligned by weights: 0.028');
    const { options } = widthBarriers.controls!(study).find(({ key }) => key === 'width')!;
    expect(options.map(({ value }) => value)).toEqual([null, 16, 64, 128]);
  });

  it('draws a guess at its height, and nothing of it before', () => {
    expect(drawStill(widthBarriers, study).all('.guess-mark')).toHaveLength(0);
    const { all, texts } = drawStill(widthBarriers, study, { guess: 0.0035 });
    expect(texts()).toContain('your guess: 0.0035');
    const height = (element: Element) => Number(element.getAttribute('d')!.match(/,([\d.]+)h/)![1]);
    // The aligned mean at 128 units is 0.0035 too.
    const last = all('.layer-lines circle').at(-1)!;
    expect(height(all('.guess-mark')[0]!)).toBeCloseTo(Number(last.getAttribute('cy')), 0);
  });

  it('leaves the aligned line out where only that as trained is asked for', () => {
    const { all, texts } = drawStill(widthBarriers, study, { shown: 'raw' });
    expect(all('.layer-lines .weights')).toHaveLength(0);
    expect(texts()).not.toContain('aligned by weights');
  });

  it('gives the numbers in words and as a table', () => {
    expect(widthBarriers.describe(study, { ...widthBarriers.initial, width: 64 })).toContain(
      '64 units: as trained 0.3 (95% interval 0.27 to 0.33), aligned by weights 0.007',
    );
    expect(widthBarriers.table!(study, widthBarriers.initial).rows.map(([units]) => units)).toEqual(
      [16, 64, 128],
    );
    expect(drawStill(widthBarriers, emptyStudy()).texts().join(' ')).toContain('not loaded here');
  });
});
