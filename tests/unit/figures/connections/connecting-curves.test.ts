// The loss on the way between two networks: straight over the ridge, or round it.
import { describe, expect, it } from 'vitest';
import { connectingCurves } from '../../../../src/figures/connections/connecting-curves.ts';
import { drawStill } from '../drawing.ts';
import { curveStudy, emptyStudy } from './valley-study.ts';

const study = curveStudy();

describe('ways between networks', () => {
  it('draws the mean of all pairs over the faint pairs', () => {
    const { all, texts } = drawStill(connectingCurves, study, {}, 632);
    expect(all('.strong-line')).toHaveLength(2);
    expect(all('.layer-all path')[0]!.getAttribute('d')!.match(/M/g)).toHaveLength(2);
    expect(texts()).toContain('straight line');
    expect(texts()).toContain('mean barrier 2');
    expect(texts()).toContain('mean barrier 0');
  });

  it('draws nothing between the ends before it is asked for', () => {
    const { all } = drawStill(connectingCurves, study, { ways: 'ends' });
    expect(all('.strong-line')).toHaveLength(0);
    expect(all('.layer-ends circle')).toHaveLength(4);
    const straight = drawStill(connectingCurves, study, { ways: 'straight' });
    expect(straight.all('.strong-line.straight')).toHaveLength(1);
    expect(straight.all('.strong-line.bezier')).toHaveLength(0);
  });

  it('shows the pair of a picked network, its ends named', () => {
    const { all, texts } = drawStill(connectingCurves, study, { selected: 3 }, 632);
    expect(texts()).toContain('network 2');
    expect(texts()).toContain('network 3');
    expect(texts()).toContain('barrier 3');
    expect(all('.layer-ends circle')).toHaveLength(2);
  });

  it('draws the highest point of the straight line at its loss', () => {
    const { all } = drawStill(connectingCurves, study, { selected: 0, guess: 1 }, 632);
    const path = all('.strong-line.straight')[0]!.getAttribute('d')!;
    const [, start, steps] = path.match(/^M[\d.]+,([\d.]+)l(.*)$/)!;
    let [y, top] = [Number(start), Number(start)];
    for (const step of steps!.split(' ')) {
      y += Number(step.split(',')[1]);
      top = Math.min(top, y);
    }
    // Loss 0.1 at the ends, and 1 more in the middle: where a guess of a rise by 1 is drawn.
    const guess = Number(
      all('.guess-mark')[0]!
        .getAttribute('d')!
        .match(/,([\d.]+)H/)![1],
    );
    expect(top).toBeCloseTo(guess, 0);
  });

  it('names the loss of knowing nothing, ln 2 for two classes', () => {
    expect(drawStill(connectingCurves, study).texts()).toContain('knowing nothing: 0.693');
  });

  it('gives the numbers in words, as a table and as a choice of pairs', () => {
    expect(connectingCurves.describe(study, connectingCurves.initial)).toContain(
      'straight line: mean barrier 2 (95% interval 1.8 to 2.2); Bézier curve: mean barrier 0 (95% interval 0 to 0), on a way 1.5 times as long',
    );
    const { rows } = connectingCurves.table!(study, connectingCurves.initial);
    expect(rows).toEqual([
      [0, 1, 1, 0, 1.25],
      [2, 3, 3, 0, 1.75],
    ]);
    const pairs = connectingCurves.controls!(study).find(({ key }) => key === 'selected')!;
    expect(pairs.options.map(({ text }) => text)).toEqual([
      'mean of all',
      'networks 0 and 1',
      'networks 2 and 3',
    ]);
    expect(drawStill(connectingCurves, emptyStudy()).texts().join(' ')).toContain('not loaded');
  });

  it('keeps its words inside the picture of a phone', () => {
    const { all } = drawStill(connectingCurves, study, {}, 340);
    const names = all('.layer-names text').map((text) => Number(text.getAttribute('x')));
    expect(Math.max(...names)).toBeLessThan(300);
  });
});
