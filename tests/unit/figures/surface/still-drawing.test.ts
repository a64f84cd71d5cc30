// What the still drawing shows: marks, order, labels, what is hidden, and its size.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { cameraFor, initialView } from '../../../../src/figures/surface/surface-camera.ts';
import { paintOrder } from '../../../../src/figures/surface/paint-order.ts';
import { surfaceScene } from '../../../../src/figures/surface/surface-scene.ts';
import { drawStill } from '../../../../src/figures/surface/still-drawing.ts';
import type { SurfaceData } from '../../../../src/figures/surface/surface-data.ts';
import { isVisible, runs } from '../../../../src/figures/surface/visibility.ts';
import { bowl, container, pathAlong, surfaceOf } from './surface-fixture.ts';

const draw = (data: SurfaceData, selected: number | null = null, width = 720) => {
  const box = container();
  drawStill(box, data, { view: initialView, selected, width, height: 520, label: 'A bowl.' });
  return box;
};
const three = [
  pathAlong(0, [
    [-3, -2],
    [-1, -1],
    [0, 0],
  ]),
  pathAlong(1, [
    [3, 2],
    [1, 0.5],
  ]),
  pathAlong(
    2,
    [
      [2, -2],
      [3, -2.5],
    ],
    true,
  ),
];

describe('the still drawing', () => {
  it('has one face for every cell of a slope that faces the reader, and none for one seen from behind', () => {
    const faces = (data: SurfaceData) => draw(data).querySelectorAll('.surface-cells path').length;
    expect(faces(surfaceOf((_, y) => y, { heightScale: 'linear' }))).toBe(20 * 20);
    // A cliff that drops away from the reader between two rows of the grid.
    expect(faces(surfaceOf((_, y) => (y > 0 ? 0 : 1), { heightScale: 'linear' }))).toBe(19 * 20);
  });

  it('has one hollow start and one end a path, a cross where one diverged', () => {
    const box = draw(surfaceOf(bowl, { paths: three }));
    const starts = [...box.querySelectorAll('.surface-start')];
    const ends = [...box.querySelectorAll('.surface-end')];
    expect([starts.length, ends.length]).toEqual([3, 2]);
    expect(box.querySelectorAll('.surface-diverged')).toHaveLength(1);
    expect(starts.every((mark) => mark.getAttribute('fill')?.includes('--paper'))).toBe(true);
    expect(ends.map((mark) => mark.getAttribute('fill')).sort()).toEqual(
      [networkColour(0), networkColour(1)].sort(),
    );
  });

  it('names its axes and states its scale', () => {
    const text = draw(surfaceOf(bowl)).textContent ?? '';
    expect(text).toContain('PC 1');
    expect(text).toContain('PC 2');
    expect(text).toContain('Training loss');
    expect(text).toContain('Height and colour: linear');
    expect(text).toContain('\u22122');
  });

  it('is an image with a text alternative, and carries no style attribute', () => {
    const box = draw(surfaceOf(bowl, { paths: three }));
    expect(box.querySelector('svg')?.getAttribute('aria-label')).toBe('A bowl.');
    expect(box.innerHTML).not.toMatch(/\sstyle=|<style|NaN|undefined/);
  });

  it('sets the selected path off and fades the others', () => {
    const box = draw(surfaceOf(bowl, { paths: three }), 1);
    const stroke = (network: number) =>
      [...box.querySelectorAll('.surface-paths path')].find(
        (path) => path.getAttribute('stroke') === networkColour(network),
      );
    expect(Number(stroke(1)?.getAttribute('stroke-width'))).toBeGreaterThan(
      Number(stroke(0)?.getAttribute('stroke-width')),
    );
    expect(stroke(0)?.getAttribute('stroke-opacity')).toBe('0.4');
    expect(stroke(1)?.getAttribute('stroke-opacity')).toBe('1');
  });

  it.each([0.1, 0.62, 1.5, 2.9, -2])(
    'paints no cell before one behind it (azimuth %f)',
    (azimuth) => {
      const { model } = surfaceScene(surfaceOf(bowl, { size: 9 }));
      const reader = cameraFor(
        model,
        { azimuth, elevation: 0.6, zoom: 1 },
        { left: 0, top: 0, width: 700, height: 400 },
        { horizontal: 20, vertical: 12 },
      ).position;
      const order = paintOrder(model, reader);
      expect(order).toHaveLength(64);
      const painted = new Map(order.map(([row, column], i) => [row * 8 + column, i]));
      // Walk from the middle of every cell towards the reader: whatever lies on the way is painted later.
      const size = [(2 * model.halfWidth) / 8, (2 * model.halfDepth) / 8] as const;
      for (const [row, column] of order) {
        const x = -model.halfWidth + (column + 0.5) * size[0];
        const z = model.halfDepth - (row + 0.5) * size[1];
        for (let t = 0.002; t < 0.4; t += 0.002) {
          const c = Math.floor((x + t * (reader[0] - x) + model.halfWidth) / size[0]);
          const r = Math.floor((model.halfDepth - z - t * (reader[2] - z)) / size[1]);
          if (c < 0 || r < 0 || c > 7 || r > 7) break;
          if (r === row && c === column) continue;
          expect(painted.get(r * 8 + c)).toBeGreaterThan(painted.get(row * 8 + column) as number);
        }
      }
    },
  );

  it('hides what lies behind a ridge and nothing in front of it', () => {
    const ridge = surfaceOf((_, y) => Math.exp(-4 * y * y), { heightScale: 'linear', size: 61 });
    const { model } = surfaceScene(ridge);
    const reader = [0, 2, 6] as const;
    expect(isVisible(model, [0, 0, 0.5], reader)).toBe(true);
    expect(isVisible(model, [0, model.height, 0], reader)).toBe(true);
    expect(isVisible(model, [0, 0.0001, -0.5], reader)).toBe(false);
    expect(isVisible(model, [0, 0.0001, -0.5], [0, 9, 0.1])).toBe(true);
  });

  it('cuts a line into seen and hidden runs that meet', () => {
    expect(runs([1, 2, 3, 4, 5, 6], (n) => n < 3 || n > 4)).toEqual([
      { visible: true, points: [1, 2] },
      { visible: false, points: [2, 3, 4, 5] },
      { visible: true, points: [5, 6] },
    ]);
  });

  it('stays under 30 KB compressed with fifty paths', () => {
    const paths = Array.from({ length: 50 }, (_, n) =>
      pathAlong(
        n,
        Array.from({ length: 21 }, (_, s) => [
          3.5 * Math.cos(n + s / 30) * (1 - s / 25),
          2.6 * Math.sin(n + s / 30) * (1 - s / 25),
        ]),
      ),
    );
    const rough = (x: number, y: number) => bowl(x, y) + 0.3 * Math.sin(3 * x) * Math.cos(2 * y);
    const box = draw(surfaceOf(rough, { paths, size: 101 }));
    expect(gzipSync(box.innerHTML).length).toBeLessThan(30_000);
  });
});
