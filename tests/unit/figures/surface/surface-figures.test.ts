// The two figures on the surface: what they say and show of a run, without a browser.
import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import type { Landscape, RunDisplay } from '../../../../src/artifact/display.ts';
import { landscapeSurface } from '../../../../src/figures/surface/landscape-surface.ts';
import {
  twoWeightLoss,
  twoWeightsSurface,
} from '../../../../src/figures/two-weights/two-weights-surface.ts';
import { bowl, container, surfaceOf } from './surface-fixture.ts';

const grid = surfaceOf(bowl);
const landscape: Landscape = {
  kind: 'pca',
  snapshotSteps: Int32Array.of(0, 50, 100),
  // [S = 3, N = 2, 2]; network 1 is lost after step 50.
  coordinates: Float32Array.of(-3, -2, 3, 2, -1, -1, 3.5, 2.5, 0, 0, NaN, NaN),
  offPlane: new Float32Array(6),
  trueLoss: Float32Array.of(2.1, 2.2, 1.1, 2.9, 0.75, NaN),
  planeLoss: Float32Array.of(2.3, 2.3, 1.2, 2.8, 1, NaN),
  explainedVariance: [0.31, 0.18],
  nullExplainedVariance: [0.07, 0.06],
  method: 'gram',
  xs: Float32Array.from(grid.xs),
  ys: Float32Array.from(grid.ys),
  loss: Float32Array.from(grid.heights),
  testLoss: null,
  accuracy: Float32Array.from(grid.heights, (h) => 1 / h),
};
const run = {
  landscape,
  statistics: { divergedAt: [-1, 60] },
} as unknown as RunDisplay;

const still = { width: 720, height: 520, interactive: false, reducedMotion: false };
const drawn = (state: Partial<typeof landscapeSurface.initial>, data = run) => {
  const box = container();
  const handle = landscapeSurface.draw(box, data, { ...landscapeSurface.initial, ...state }, still);
  return { box, handle };
};

describe('landscape-surface', () => {
  it('draws every network, and a cross where one diverged', () => {
    const { box } = drawn({});
    expect(box.querySelectorAll('.surface-start')).toHaveLength(2);
    expect(box.querySelectorAll('.surface-end')).toHaveLength(1);
    expect(box.querySelectorAll('.surface-diverged')).toHaveLength(1);
    expect(box.textContent).toContain('PC 1 (31% of variance)');
  });

  it('shows the paths only up to a snapshot, where nothing has diverged yet', () => {
    const { box, handle } = drawn({ until: 1 });
    expect(box.querySelectorAll('.surface-end')).toHaveLength(2);
    expect(box.querySelectorAll('.surface-diverged')).toHaveLength(0);
    handle.update({ ...landscapeSurface.initial, until: 0 });
    expect(box.querySelectorAll('.surface-start')).toHaveLength(2);
    expect(box.querySelectorAll('.surface-end')).toHaveLength(0);
    handle.destroy();
    expect(box.children).toHaveLength(0);
  });

  it('describes range, scale, plane and the selected network in numbers', () => {
    const text = landscapeSurface.describe(run, { ...landscapeSurface.initial, selected: 0 });
    expect(text).toContain('from 1 to 3.5');
    expect(text).toContain('Height and colour: linear');
    expect(text).toContain('49.0% of the variance');
    expect(text).toContain('its own training loss is 0.75');
    expect(text).toContain('up to step 100');
  });

  it('is dark where accuracy is high', () => {
    const { box } = drawn({ quantity: 'accuracy' });
    const bar = [...box.querySelectorAll('.surface-legend rect')].map((r) =>
      r.getAttribute('fill'),
    );
    const lightness = bar.map((colour) => rgb(colour!)).map(({ r, g, b }) => r + g + b);
    expect(lightness).toEqual([...lightness].sort((a, b) => b - a));
    expect(box.textContent).toContain('Training accuracy');
  });

  it('says why there is nothing to draw', () => {
    expect(drawn({}, { ...run, landscape: null }).box.textContent).toContain('when training ends');
    expect(drawn({ quantity: 'testLoss' }).box.textContent).toContain('kept no test points');
  });
});

describe('two-weights-surface', () => {
  const data = {
    paths: [
      {
        points: [
          [-2, 1],
          [-1, 0.5],
          [1, 1],
        ] as const,
        diverged: false,
      },
    ],
    extent: 2.5,
    ceiling: 4,
  };

  it('has the closed form: 0 on ab = 1, 1/2 at the saddle', () => {
    expect(twoWeightLoss(0.5, 2)).toBe(0);
    expect(twoWeightLoss(0, 0)).toBe(0.5);
    expect(twoWeightLoss(-1, 1)).toBe(2);
  });

  it('states where it is cut and what its path does', () => {
    const box = container();
    twoWeightsSurface.draw(box, data, twoWeightsSurface.initial, still);
    expect(box.textContent).toMatch(/linear; \d+% of the surface is higher and cut flat at 4/);
    expect(box.querySelectorAll('.surface-end')).toHaveLength(1);
    const text = twoWeightsSurface.describe(data, twoWeightsSurface.initial);
    expect(text).toContain('2 steps leads from (−2, 1), loss 4.5, to (1, 1), loss 0');
  });
});
