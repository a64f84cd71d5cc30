// Plain and residual networks side by side: the darker square is the rougher, and what is not asked for is not shown.
import { describe, expect, it } from 'vitest';
import { depthConvexity } from '../../../../src/figures/slices/depth-convexity.ts';
import { depthGridOf, ratiosOf } from '../../../../src/figures/slices/depth-data.ts';
import { opacityOf, ratioStep, stepOf } from '../../../../src/figures/slices/depth-maps.ts';
import { bareStudy, depthStudy } from '../curvature/curvature-study.ts';
import { drawStill, emptyContainer } from '../drawing.ts';

const study = depthStudy();
const { initial } = depthConvexity;

describe('the grid of architectures', () => {
  it('has a column a depth, and one of its own for full branches', () => {
    const grid = depthGridOf(study)!;
    expect(grid.columns).toEqual([
      { depth: 2, isUnscaled: false },
      { depth: 9, isUnscaled: false },
      { depth: 9, isUnscaled: true },
    ]);
    expect(grid.cells.map(({ key, column, kind }) => [key, column, kind])).toEqual([
      ['plain-2', 0, 'plain'],
      ['residual-2', 0, 'residual'],
      ['plain-9', 1, 'plain'],
      ['residual-9', 1, 'residual'],
      ['full-9', 2, 'residual'],
    ]);
  });

  it('takes one plane, or the mean of all', () => {
    const [plain] = depthGridOf(study)!.cells;
    expect(ratiosOf(plain!.convexity, 0)).toEqual(
      [0.1, 0.1].map((value) => expect.closeTo(value, 6)),
    );
    expect(ratiosOf(plain!.convexity, null)).toEqual(
      [0.15, 0.15].map((value) => expect.closeTo(value, 6)),
    );
  });
});

describe('steps of the ratio', () => {
  it('rise with it, and end somewhere', () => {
    expect(stepOf(0)).toBe(0);
    expect(stepOf(ratioStep * 1.5)).toBe(1);
    expect(stepOf(1e9)).toBe(7);
    expect(opacityOf(7)).toBe(1);
    expect(opacityOf(0)).toBeLessThan(opacityOf(1));
  });
});

describe('maps of architectures', () => {
  it('draw the rougher plane with more ink', () => {
    const inks = drawStill(depthConvexity, study, { revealed: true })
      .all('.layer-maps path.depth-rough')
      .map((path) => Number(path.getAttribute('fill-opacity')));
    const [plain2, residual2, plain9, residual9, full9] = inks as [
      number,
      number,
      number,
      number,
      number,
    ];
    expect(plain2).toBeGreaterThanOrEqual(residual2);
    expect(plain9).toBeGreaterThan(residual9);
    expect(full9).toBeGreaterThan(plain9);
  });

  it('stay above the chart where a phone leaves less height than they want', () => {
    const width = 366;
    const container = emptyContainer();
    depthConvexity.draw(
      container,
      study,
      { ...initial, revealed: true },
      {
        width,
        height: Math.round(0.85 * depthConvexity.height(width)),
        interactive: false,
        reducedMotion: true,
      },
    );
    const number = (element: Element, name: string): number => Number(element.getAttribute(name));
    const floors = [...container.querySelectorAll('.layer-maps rect')].map(
      (rect) => number(rect, 'y') + number(rect, 'height'),
    );
    const chartName = [...container.querySelectorAll('.layer-chart text')].find((text) =>
      text.textContent?.includes('eigenvalue'),
    )!;
    expect(floors.length).toBeGreaterThan(0);
    expect(Math.max(...floors)).toBeLessThan(number(chartName, 'y') - 8);
  });

  it('keep residual networks a question until they are revealed', () => {
    const before = drawStill(depthConvexity, study);
    expect(before.texts().filter((text) => text === '?')).toHaveLength(3);
    expect(before.all('.layer-chart .whisker')).toHaveLength(2);
    expect(depthConvexity.describe(study, initial)).not.toContain('residual-9');
    const after = drawStill(depthConvexity, study, { revealed: true });
    expect(after.texts()).not.toContain('?');
    expect(after.all('.layer-chart .whisker')).toHaveLength(5);
  });

  it('leave full branches out where they are not asked for', () => {
    const drawing = drawStill(depthConvexity, study, { revealed: true, unscaled: false });
    expect(drawing.all('.layer-chart .whisker')).toHaveLength(4);
    expect(drawing.texts().join(' ')).not.toContain('starts swapped');
  });

  it('give means of the ratio, or of the share that curves down beside the loss', () => {
    expect(drawStill(depthConvexity, study, { revealed: true }).texts()).toContain('0.90');
    const loss = drawStill(depthConvexity, study, { revealed: true, show: 'loss' }, 760);
    expect(loss.texts()).toContain('0.60');
    expect(loss.texts()).toContain('Loss (nats; log scale)');
    expect(loss.all('path.depth-rough')).toHaveLength(0);
  });

  it('draw a guess under its kind at the largest depth', () => {
    expect(drawStill(depthConvexity, study, { guess: 'plain' }).all('.guess-mark')).toHaveLength(0);
    const left = (guess: 'plain' | 'residual') => {
      const drawing = drawStill(depthConvexity, study, { guess, revealed: true });
      expect(drawing.texts()).toContain('your guess: smoother');
      return Number(
        drawing
          .all('.guess-mark')[0]!
          .getAttribute('d')!
          .match(/M([\d.]+)/)![1],
      );
    };
    expect(left('plain')).toBeLessThan(left('residual'));
  });

  it('ring the picked plane', () => {
    const drawing = drawStill(depthConvexity, study, { revealed: true, selected: 1 });
    expect(drawing.all('.layer-chart circle')).toHaveLength(5);
    expect(drawing.texts()).toContain('network 1');
  });

  it('say their numbers, how far they can be trusted, and what is missing', () => {
    const state = { ...initial, revealed: true };
    expect(depthConvexity.describe(study, state)).toContain(
      'condition plain-9: 0.9 (95% interval 0.81 to 0.99)',
    );
    expect(depthConvexity.table!(study, state).rows.map((row) => row[1])).toEqual([2, 2, 9, 9, 9]);
    expect(depthConvexity.fidelity!(study, state).join(' ')).toContain('nothing is interpolated');
    expect(depthConvexity.fidelity!(study, { ...state, show: 'loss' }).join(' ')).toContain(
      '5 by 5 points',
    );
    expect(drawStill(depthConvexity, bareStudy()).texts().join(' ')).toContain('no planes');
    expect(depthConvexity.fidelity!(bareStudy(), initial)).toEqual([]);
  });
});
