// Pointing at a path picks its network, pointing at nothing picks none; keys go from one network to the next.
import { describe, expect, it } from 'vitest';
import { cameraFor, initialView } from '../../../../src/figures/surface/surface-camera.ts';
import { drapedPoint } from '../../../../src/figures/surface/surface-drape.ts';
import {
  nearestNetwork,
  nearestOnMap,
  steppedNetwork,
} from '../../../../src/figures/surface/surface-picking.ts';
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
  const scene = surfaceScene(surfaceOf(bowl, { paths }), 1);
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

it('finds the nearest snapshot on the map', () => {
  const paths = [pathAlong(4, [[-3, -2]]), pathAlong(9, [[1, 2]])];
  const place = (x: number, y: number) => [300 + 50 * x, 200 - 50 * y] as const;
  expect(nearestOnMap(paths, place, 150 + 12, 300 - 12)).toBe(4);
  expect(nearestOnMap(paths, place, 350, 100)).toBe(9);
  expect(nearestOnMap(paths, place, 350, 119)).toBeNull();
});

describe('from one network to the next', () => {
  const paths = [2, 5, 7].map((network) => pathAlong(network, [[0, 0]]));

  it('goes round and round, in the order of the paths', () => {
    expect([2, 5, 7].map((selected) => steppedNetwork(paths, selected, 1))).toEqual([5, 7, 2]);
    expect([2, 5, 7].map((selected) => steppedNetwork(paths, selected, -1))).toEqual([7, 2, 5]);
  });

  it('starts at the first or the last where none is selected, or one that is not shown', () => {
    for (const selected of [null, 3]) {
      expect(steppedNetwork(paths, selected, 1)).toBe(2);
      expect(steppedNetwork(paths, selected, -1)).toBe(7);
    }
  });

  it('leads nowhere without paths', () => {
    expect(steppedNetwork([], null, 1)).toBeNull();
    expect(steppedNetwork([], 2, -1)).toBeNull();
  });
});
