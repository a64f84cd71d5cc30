// What the still drawing shows: the ground's tints in their places, marks, labels, what is hidden, and its size.
import { gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { runs, simplified } from '../../../../src/figures/surface/line-runs.ts';
import { stillGround } from '../../../../src/figures/surface/still-ground.ts';
import { cameraFor, initialView } from '../../../../src/figures/surface/surface-camera.ts';
import { surfaceScene } from '../../../../src/figures/surface/surface-scene.ts';
import { layoutFor } from '../../../../src/figures/surface/surface-layout.ts';
import { drawStill } from '../../../../src/figures/surface/still-drawing.ts';
import type { SurfaceData } from '../../../../src/figures/surface/surface-data.ts';
import type { Vector } from '../../../../src/figures/surface/surface-model.ts';
import { bowl, container, pathAlong, surfaceOf } from './surface-fixture.ts';

const draw = (data: SurfaceData, selected: number | null = null, width = 720, height = 520) => {
  const box = container();
  drawStill(box, data, { view: initialView, selected, width, height, label: 'A bowl.' });
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
  it('is two pictures, tints and light over them, inside its own frame', () => {
    const pictures = [...draw(surfaceOf(bowl)).querySelectorAll('image')];
    expect(pictures).toHaveLength(2);
    const [tints, light] = pictures.map((picture) =>
      ['x', 'y', 'width', 'height'].map((name) => Number(picture.getAttribute(name))),
    ) as [number[], number[]];
    expect(light).toEqual(tints);
    expect(tints[0]! + tints[2]!).toBeLessThanOrEqual(720);
    expect(tints[1]! + tints[3]!).toBeLessThanOrEqual(520);
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
    expect(text).toContain('Height and colour: linear. Contour lines 0.1 apart.');
    expect(text).toMatch(/low 1.*high 3.5/);
    expect(text).toContain('\u22122');
  });

  it('is an image with a text alternative, and carries no style attribute', () => {
    const box = draw(surfaceOf(bowl, { paths: three }));
    expect(box.querySelector('svg')?.getAttribute('aria-label')).toBe('A bowl.');
    // The letters of an encoded picture may spell anything.
    const text = box.innerHTML.replaceAll(/data:image[^"]*/g, '');
    expect(text).not.toMatch(/\sstyle=|<style|NaN|undefined/);
  });

  it('fades a path behind its front', () => {
    const box = draw(surfaceOf(bowl, { paths: three }));
    const opacities = [...box.querySelectorAll('.surface-paths path')]
      .filter((path) => path.getAttribute('stroke') === networkColour(0))
      .map((path) => Number(path.getAttribute('stroke-opacity')));
    expect(opacities.length).toBeGreaterThan(1);
    expect(opacities).toEqual([...opacities].sort((a, b) => a - b));
    expect(opacities.at(-1)).toBe(1);
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
    const strongest = (network: number) =>
      Math.max(
        ...[...box.querySelectorAll('.surface-paths path')]
          .filter((path) => path.getAttribute('stroke') === networkColour(network))
          .map((path) => Number(path.getAttribute('stroke-opacity'))),
      );
    expect([strongest(0), strongest(1)]).toEqual([0.4, 1]);
  });

  it('cuts a line into seen and hidden runs that meet', () => {
    expect(runs([1, 2, 3, 4, 5, 6], (n) => n < 3 || n > 4)).toEqual([
      { visible: true, points: [1, 2] },
      { visible: false, points: [2, 3, 4, 5] },
      { visible: true, points: [5, 6] },
    ]);
  });

  it('leaves out of a line only what lies within the slack of the rest', () => {
    const circle = Array.from({ length: 201 }, (_, k): [number, number] => [
      100 * Math.cos((Math.PI * k) / 100),
      100 * Math.sin((Math.PI * k) / 100),
    ]);
    const kept = simplified(circle, 0.5);
    expect(kept.length).toBeLessThan(45);
    for (let k = 1; k < kept.length; k++) {
      const [[ax, ay], [bx, by]] = [kept[k - 1]!, kept[k]!];
      // The furthest point of an arc from its chord: the sagitta.
      expect(100 - Math.hypot((ax + bx) / 2, (ay + by) / 2)).toBeLessThan(0.55);
    }
    expect(
      simplified(
        [
          [0, 0],
          [1, 0],
          [2, 0],
        ],
        0.1,
      ),
    ).toEqual([
      [0, 0],
      [2, 0],
    ]);
  });

  it('stays under 42 KB compressed, on rough ground with fifty paths, as wide as the pages draw it', () => {
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
    const box = draw(surfaceOf(rough, { paths, size: 101 }), null, 560, 403);
    expect(gzipSync(box.innerHTML).length).toBeLessThan(42_000);
  });
});

describe('the ground of the still drawing', () => {
  const shown = (data: SurfaceData, view = initialView) => {
    const scene = surfaceScene(data, 60);
    const layout = layoutFor(scene, 560, 403);
    const camera = cameraFor(scene.model, view, layout.viewport, layout.padding);
    return { scene, camera, ground: stillGround(scene, camera, view.azimuth, layout) };
  };

  it('has at each point that is seen the tint of its level', async () => {
    const { scene, camera, ground } = shown(surfaceOf(bowl));
    const { model } = scene;
    const [tints] = ground.pictures;
    const png = Buffer.from(tints!.href.split(',')[1]!, 'base64');
    const { data, info } = await sharp(png)
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const perPixel = info.width / tints!.width;
    expect(perPixel).toBeGreaterThan(1.5);
    let [right, all] = [0, 0];
    for (let i = 0; i < model.levels.length; i++) {
      const point: Vector = [
        model.positions[3 * i]!,
        model.positions[3 * i + 1]!,
        model.positions[3 * i + 2]!,
      ];
      const contour = scene.ground.contourAt(model.levels[i]!);
      // Next to a line a pixel may be on either side of it.
      if (!ground.visible(point) || Math.abs(contour - Math.round(contour)) < 0.2) continue;
      const [x, y] = camera.project(point);
      const pixel =
        Math.floor(perPixel * (y - tints!.y)) * info.width + Math.floor(perPixel * (x - tints!.x));
      const { r, g, b } = rgb(scene.ground.tints[Math.floor(contour)]!);
      all += 1;
      if ([r, g, b].every((value, k) => value === data[4 * pixel + k])) right += 1;
    }
    expect(all).toBeGreaterThan(1000);
    expect(right / all).toBeGreaterThan(0.95);
  });

  it('hides what lies behind a ridge and nothing in front of it', () => {
    const ridge = surfaceOf((_, y) => Math.exp(-4 * y * y), { heightScale: 'linear', size: 61 });
    const low = shown(ridge, { azimuth: 0, elevation: 0.3, zoom: 1 });
    const high = shown(ridge, { azimuth: 0, elevation: 1.4, zoom: 1 });
    const { height } = low.scene.model;
    expect(low.ground.visible([0, 0, 0.5])).toBe(true);
    expect(low.ground.visible([0, height, 0])).toBe(true);
    expect(low.ground.visible([0, 0, -0.5])).toBe(false);
    expect(high.ground.visible([0, 0, -0.5])).toBe(true);
  });

  it('has a lid just where the ceiling cuts it', async () => {
    const { scene, camera, ground } = shown(
      surfaceOf((x) => x, { heightScale: { clip: 1.1 } }),
      { azimuth: 0, elevation: 1.2, zoom: 1 },
    );
    const [tints] = ground.pictures;
    const { data, info } = await sharp(Buffer.from(tints!.href.split(',')[1]!, 'base64'))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const perPixel = info.width / tints!.width;
    const isTint = (worldX: number): boolean => {
      const level = Math.min(1, (4 * worldX + 4) / 5.1);
      const [x, y] = camera.project([worldX, level * scene.model.height, 0]);
      const pixel =
        Math.floor(perPixel * (y - tints!.y)) * info.width + Math.floor(perPixel * (x - tints!.x));
      const found = [0, 1, 2].map((k) => data[4 * pixel + k]);
      return scene.ground.tints.some((tint) => {
        const { r, g, b } = rgb(tint);
        return [r, g, b].every((value, k) => value === found[k]);
      });
    };
    // The plane z = x meets the ceiling at x = 1.1, world 0.275.
    expect([isTint(0), isTint(0.26), isTint(0.29), isTint(0.8)]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
