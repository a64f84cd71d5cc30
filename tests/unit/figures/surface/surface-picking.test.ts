// Pointing at a path picks its network; pointing at nothing picks none.
import { expect, it } from 'vitest';
import { cameraFor, initialView } from '../../../../src/figures/surface/surface-camera.ts';
import { drapedPoint } from '../../../../src/figures/surface/surface-model.ts';
import { nearestNetwork } from '../../../../src/figures/surface/surface-picking.ts';
import { surfaceScene } from '../../../../src/figures/surface/surface-scene.ts';
import { bowl, pathAlong, surfaceOf } from './surface-fixture.ts';

it('finds the nearest path on the page', () => {
  const paths = [
    pathAlong(4, [
      [-3, -2],
      [-1, -2],
    ]),
    pathAlong(9, [
      [1, 2],
      [3, 2],
    ]),
  ];
  const scene = surfaceScene(surfaceOf(bowl, { paths }));
  const camera = cameraFor(
    scene.model,
    initialView,
    { left: 0, top: 40, width: 700, height: 420 },
    { horizontal: 20, vertical: 12 },
  );
  const at = (x: number, y: number) => camera.project(drapedPoint(scene.model, x, y)!);
  const [x4, y4] = at(-2, -2);
  const [x9, y9] = at(2, 2);
  expect(nearestNetwork(scene, camera, x4 + 4, y4 - 4)).toBe(4);
  expect(nearestNetwork(scene, camera, x9, y9 + 5)).toBe(9);
  expect(nearestNetwork(scene, camera, 2, 2)).toBeNull();
});
