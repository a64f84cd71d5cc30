// Paths and networks as three draws them: their order, their widths, what is old, and what stands out when one is chosen.
import { MaxEquation, type BufferGeometry, type ShaderMaterial } from 'three';
import { describe, expect, it } from 'vitest';
import { fitGlow } from '../../../../src/figures/surface/glow-line.ts';
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
const { model } = surfaceScene(surfaceOf(bowl, { paths }), 1);
const colours = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
] as const;
const draped = (selected: number | null) => drapedPaths(model, paths, colours, selected);
const lines = (selected: number | null) =>
  pathObjects(draped(selected), selected).map(({ object, order }) => ({
    order,
    geometry: object.geometry,
    material: object.material as ShaderMaterial,
  }));
const number = ({ uniforms }: ShaderMaterial, name: string) => uniforms[name]!.value as number;
const read = (geometry: BufferGeometry, name: string) =>
  Array.from(geometry.getAttribute(name).array);

describe('paths', () => {
  it('lie behind a ridge faintly, in a glow that never adds up, and in colour', () => {
    const passes = lines(null);
    expect(passes.map(({ order }) => order)).toEqual([2, 3, 4]);
    const [hidden, halo, core] = passes.map(({ material }) => material);
    expect(number(hidden!, 'strength')).toBeLessThan(number(core!, 'strength'));
    expect(halo!.blendEquation).toBe(MaxEquation);
    expect(number(core!, 'strength')).toBe(1);
  });

  it('are old at their start and new at their front, each by itself', () => {
    const [{ geometry }] = lines(null) as [ReturnType<typeof lines>[number]];
    const ages = read(geometry, 'age');
    const tints = read(geometry, 'tint');
    // Two vertices a point, and red comes first.
    const firstOfGreen = tints.findIndex((value, k) => k % 3 === 1 && value === 1) - 1;
    const red = ages.slice(0, firstOfGreen / 3);
    expect([red[0], red.at(-1)]).toEqual([0, 1]);
    expect(red).toEqual([...red].sort((a, b) => a - b));
    expect(ages[firstOfGreen / 3]).toBe(0);
  });

  it('of which the chosen one is thicker and comes last, and the others fade and lose their glow', () => {
    const passes = lines(5);
    expect(passes.map(({ order }) => order)).toEqual([2, 4, 5, 6, 7]);
    const [other, chosen] = [passes[1]!.material, passes[4]!.material];
    expect(number(chosen, 'width')).toBeGreaterThan(number(other, 'width'));
    expect(number(chosen, 'strength')).toBe(1);
    expect(number(other, 'strength')).toBeLessThan(0.5);
  });

  it('are as wide on a dense screen, and come in as their ground arrives', () => {
    const core = lines(null)[2]!.material;
    fitGlow(core, { width: 600, height: 400 }, 2, 0.5);
    expect(number(core, 'width')).toBeCloseTo(2 * 1.7, 12);
    expect(number(core, 'strength')).toBe(0.5);
    fitGlow(core, { width: 600, height: 400 }, 1, 1);
    expect(number(core, 'strength')).toBe(1);
  });
});

describe('markers', () => {
  const markers = (selected: number | null, compact = false) =>
    markerObjects(draped(selected), selected, compact, new MarkerMaterials());

  it('are a ring at a start, a disc at an end, a cross where one diverged, and no start for a lone end', () => {
    for (const { object } of markers(null)) {
      // End and start of 3, cross and start of 5, end of 8.
      expect(read(object.geometry, 'kind')).toEqual([1, 0, 2, 0, 1]);
      expect(read(object.geometry, 'tint').slice(-3)).toEqual([0, 0, 1]);
    }
  });

  it('are drawn faint behind the ground, then their light, then themselves, over all lines', () => {
    const objects = markers(null);
    expect(objects.map(({ order }) => order)).toEqual([9, 9, 9]);
    const [hidden, halo, disc] = objects.map(({ object }) => object.material as ShaderMaterial);
    expect(number(hidden!, 'opacity')).toBeLessThan(number(disc!, 'opacity'));
    expect(halo!.blendEquation).toBe(MaxEquation);
    expect(number(disc!, 'opacity')).toBe(1);
  });

  it('of the chosen network come last and are largest, starts are smaller, and all are on a phone', () => {
    const sizes = (selected: number | null, compact = false) =>
      read(markers(selected, compact)[0]!.object.geometry, 'size').map(
        (size) => Math.round(100 * size) / 100,
      );
    expect(sizes(null)).toEqual([10, 8.2, 10, 8.2, 10]);
    expect(sizes(3)).toEqual([7.5, 6.15, 7.5, 15, 12.3]);
    expect(sizes(3, true)).toEqual([6, 4.92, 6, 12, 9.84]);
  });

  it('share paper and pixel ratio, whatever the theme and the screen', () => {
    const materials = new MarkerMaterials();
    materials.setPixelRatio(2);
    materials.setPaper([1, 1, 1]);
    for (const { uniforms } of materials.all) {
      expect(uniforms['pixelRatio']!.value).toBe(2);
      expect(uniforms['paper']!.value.toArray()).toEqual([1, 1, 1]);
    }
  });
});
