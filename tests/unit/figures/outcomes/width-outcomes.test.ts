// Loss against width: training falls on a straight line, test is a question until it is asked for.
import { describe, expect, it } from 'vitest';
import { widthOutcomes } from '../../../../src/figures/outcomes/width-outcomes.ts';
import { bareStudy, widthStudy } from '../curvature/curvature-study.ts';
import { drawStill } from '../drawing.ts';

const study = widthStudy();
const { initial } = widthOutcomes;

const points = (path: Element): [number, number][] => {
  let [x, y] = [0, 0];
  const numbers = [...path.getAttribute('d')!.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)];
  return numbers.map(([, dx, dy], index) => {
    [x, y] = index === 0 ? [Number(dx), Number(dy)] : [x + Number(dx), y + Number(dy)];
    return [x, y];
  });
};

describe('loss against width', () => {
  it('orders widths, and draws halved losses at doubled widths as a straight line', () => {
    const [path] = drawStill(widthOutcomes, study).all('.line.train');
    const [a, b, c] = points(path!) as [[number, number], [number, number], [number, number]];
    expect((b[1] - a[1]) / (b[0] - a[0])).toBeCloseTo((c[1] - b[1]) / (c[0] - b[0]), 1);
    expect(b[1]).toBeGreaterThan(a[1]);
  });

  it('shows the test loss only once it is revealed', () => {
    const before = drawStill(widthOutcomes, study);
    expect(before.all('.line.test')).toHaveLength(0);
    expect(before.texts()).not.toContain('test');
    expect(widthOutcomes.table!(study, initial).columns).toHaveLength(4);
    const after = drawStill(widthOutcomes, study, { revealed: true });
    const [, middle, last] = points(after.all('.line.test')[0]!);
    // It turns: lower on the page is lower, and 8 units lie lowest.
    expect(middle![1]).toBeGreaterThan(last![1]);
    expect(after.all('.whisker')).toHaveLength(6);
  });

  it('draws a guess at its width, with the answer and not before', () => {
    expect(drawStill(widthOutcomes, study, { guess: 8 }).all('.guess-mark')).toHaveLength(0);
    const drawing = drawStill(widthOutcomes, study, { guess: 8, revealed: true });
    const at = Number(
      drawing
        .all('.guess-mark')[0]!
        .getAttribute('d')!
        .match(/M([\d.]+)/)![1],
    );
    expect(at).toBeCloseTo(points(drawing.all('.line.train')[0]!)[1]![0], 0);
    expect(drawing.texts()).toContain('your guess');
  });

  it('follows a picked network through all widths', () => {
    const drawing = drawStill(widthOutcomes, study, { selected: 1 });
    expect(points(drawing.all('.layer-selected path')[0]!)).toHaveLength(3);
    expect(drawing.texts()).toContain('network 1');
  });

  it('says its numbers, and what is missing', () => {
    expect(widthOutcomes.describe(study, { ...initial, revealed: true })).toContain(
      '8 units: training 0.125 (95% interval 0.125 to 0.125), test 0.3',
    );
    expect(widthOutcomes.table!(study, initial).rows.map(([units]) => units)).toEqual([4, 8, 16]);
    expect(drawStill(widthOutcomes, bareStudy()).texts().join(' ')).toContain('not loaded here');
  });
});
