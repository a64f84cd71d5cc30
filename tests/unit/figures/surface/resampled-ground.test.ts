// What a surface morphs from: the same ground on another grid.
import { expect, it } from 'vitest';
import { heightScale } from '../../../../src/figures/surface/height-scale.ts';
import { resampled } from '../../../../src/figures/surface/resampled-ground.ts';
import { surfaceModel } from '../../../../src/figures/surface/surface-model.ts';
import { terrainGeometry } from '../../../../src/figures/surface/terrain-geometry.ts';
import { groundScale } from '../../../../src/figures/surface/ground-scale.ts';
import { bowl, surfaceOf } from './surface-fixture.ts';

const plane = (x: number, y: number): number => 20 + x + 2 * y;
const modelOf = (size: number, height: (x: number, y: number) => number) => {
  const data = surfaceOf(height, { size, heightScale: 'linear' });
  const scale = heightScale(data.heights, 'linear');
  return { data, scale, model: surfaceModel(data, scale) };
};

it('is the ground itself where the grids are alike', () => {
  const [from, to] = [modelOf(21, plane).model, modelOf(21, bowl).model];
  expect(resampled(from, to).levels).toBe(from.levels);
});

it('is the same plane on a finer grid, with its normals', () => {
  const [from, to] = [modelOf(11, plane).model, modelOf(31, bowl).model];
  const { levels, normals } = resampled(from, to);
  const fine = modelOf(31, plane).model;
  levels.forEach((level, i) => expect(level).toBeCloseTo(fine.levels[i]!, 5));
  normals.forEach((part, i) => expect(part).toBeCloseTo(fine.normals[i]!, 4));
});

it('gives the card both grounds, by the lines of the new one', () => {
  const { data, scale, model } = modelOf(21, bowl);
  const ground = groundScale(data, scale);
  const before = resampled(modelOf(11, plane).model, model);
  const geometry = terrainGeometry(model, ground, before);
  const [shape, from] = ['shape', 'fromShape'].map((name) => geometry.getAttribute(name));
  for (const i of [0, 100, 440]) {
    expect(shape!.getX(i)).toBe(model.levels[i]);
    expect(shape!.getY(i)).toBeCloseTo(ground.contourAt(model.levels[i]!), 4);
    expect(from!.getX(i)).toBe(before.levels[i]);
    expect(from!.getY(i)).toBeCloseTo(ground.contourAt(before.levels[i]!), 4);
  }
  expect(terrainGeometry(model, ground).hasAttribute('fromShape')).toBe(false);
});
