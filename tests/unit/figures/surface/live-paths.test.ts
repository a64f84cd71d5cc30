// Paths and markers as three draws them: their order, their widths, and what stands out when one is chosen.
import { LessDepth, type BufferGeometry, type ShaderMaterial } from 'three';
import type { LineMaterial } from 'three/examples/jsm/lines/LineMaterial.js';
import { describe, expect, it } from 'vitest';
import { MarkerMaterials, markerObjects } from '../../../../src/figures/surface/live-markers.ts';
import { drapedPaths, pathObjects } from '../../../../src/figures/surface/live-paths.ts';
import { surfaceScene } from '../../../../src/figures/surface/surface-scene.ts';
import { bowl, pathAlong, surfaceOf } from './surface-fixture.ts';

const paths = [
  pathAlong(3, [
    [-3, -2],
    [-1, -1],
  ]),
  pathAlong(
    5,
    [
      [3, 2],
      [1, 1],
    ],
    true,
  ),
  { ...pathAlong(8, [[0, 2]]), isEnd: true },
];
const { model } = surfaceScene(surfaceOf(bowl, { paths }));
const colours = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;
const draped = (selected: number | null) => drapedPaths(model, paths, colours, selected);
const lines = (selected: number | null) =>
  pathObjects(draped(selected), selected).map(({ object, order }) => ({
    order,
    material: object.material as LineMaterial,
  }));

describe('paths', () => {
  it('lie behind a ridge, in a casing and in colour, one upon the other', () => {
    const passes = lines(null);
    expect(passes.map(({ order }) => order)).toEqual([5, 6, 7]);
    const [hidden, casing, line] = passes.map(({ material }) => material);
    expect(hidden!.opacity).toBeLessThan(line!.opacity);
    expect(casing!.linewidth).toBeGreaterThan(line!.linewidth);
    expect(line!.opacity).toBe(1);
  });

  it('of which the chosen one is thicker and comes first, and the others fade and lose their casing', () => {
    const passes = lines(5);
    expect(passes.map(({ order }) => order)).toEqual([2, 3, 4, 5, 7]);
    const [chosen, other] = [passes[2]!.material, passes[4]!.material];
    expect(chosen.linewidth).toBeGreaterThan(other.linewidth);
    expect(chosen.opacity).toBe(1);
    expect(other.opacity).toBeLessThan(1);
    expect(chosen.depthWrite && other.depthWrite).toBe(true);
    expect(other.depthFunc).toBe(LessDepth);
  });
});

describe('markers', () => {
  const markers = (selected: number | null, compact = false) =>
    markerObjects(draped(selected), selected, compact, new MarkerMaterials());
  const read = (geometry: BufferGeometry, name: string) =>
    Array.from(geometry.getAttribute(name).array);

  it('are a ring at a start, a disc at an end, a cross where one diverged, and no start for a lone end', () => {
    for (const { object } of markers(null)) {
      // End and start of 3, cross and start of 5, end of 8.
      expect(read(object.geometry, 'kind')).toEqual([1, 0, 2, 0, 1]);
      expect(read(object.geometry, 'tint').slice(-3)).toEqual([0, 0, 1]);
    }
  });

  it('are drawn faint behind the ground, then in front of it, over all lines', () => {
    const objects = markers(null);
    expect(objects.map(({ order }) => order)).toEqual([9, 9]);
    const [hidden, seen] = objects.map(
      ({ object }) => (object.material as ShaderMaterial).uniforms['opacity']!.value as number,
    );
    expect(hidden).toBeLessThan(seen!);
    expect(seen).toBe(1);
  });

  it('of the chosen network come last and are largest, and all are smaller on a phone', () => {
    const sizes = (selected: number | null, compact = false) =>
      read(markers(selected, compact)[0]!.object.geometry, 'size');
    expect(sizes(null)).toEqual([10, 10, 10, 10, 10]);
    expect(sizes(3)).toEqual([7.5, 7.5, 7.5, 15, 15]);
    expect(sizes(3, true)).toEqual([6, 6, 6, 12, 12]);
  });

  it('share paper and pixel ratio, whatever the theme and the screen', () => {
    const materials = new MarkerMaterials();
    materials.setPixelRatio(2);
    materials.setPaper([1, 1, 1]);
    for (const { uniforms } of materials.all) {
      expect(uniforms['pixelRatio']!.value).toBe(2);
      expect(uniforms['paper']!.value.getHex()).toBe(0xffffff);
    }
  });
});
