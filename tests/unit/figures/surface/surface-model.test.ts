// The block: where grid values go, normals of a known slope, and paths that follow the ground.
import { describe, expect, it } from 'vitest';
import { cellFacets } from '../../../../src/figures/surface/facets.ts';
import {
  drapedPath,
  drapedPoint,
  groundAt,
  keptIndices,
  rimProfile,
  surfaceModel,
} from '../../../../src/figures/surface/surface-model.ts';
import { heightScale } from '../../../../src/figures/surface/height-scale.ts';
import { bowl, surfaceOf } from './surface-fixture.ts';

const modelOf = (data: ReturnType<typeof surfaceOf>, cells?: number) =>
  surfaceModel(data, heightScale(data.heights, data.heightScale), cells);

describe('the block', () => {
  it('puts x to the right, y away from the reader, and the longer side at 2', () => {
    const data = surfaceOf(bowl);
    const model = modelOf(data);
    expect([model.halfWidth, model.halfDepth, model.equalScales]).toEqual([1, 0.75, true]);
    expect([...model.positions.slice(0, 3)]).toEqual([-1, expect.closeTo(0.82, 6), 0.75]);
    expect(model.positions[3 * (21 * 21 - 1)]).toBe(1);
    expect(model.positions[3 * (21 * 21 - 1) + 2]).toBe(-0.75);
  });

  it('widens a ribbon and says that scales differ', () => {
    const data = surfaceOf(bowl);
    const model = modelOf({ ...data, xs: Float32Array.from(data.xs, (x) => 10 * x) });
    expect(model.halfDepth).toBe(0.45);
    expect(model.equalScales).toBe(false);
  });

  it('gives a tilted plane the normal of its slope', () => {
    const model = modelOf(surfaceOf((x) => x + 10, { heightScale: 'linear' }));
    // Rises by the block's height, 0.82, over a width of 2.
    const length = Math.hypot(0.41, 1);
    for (const i of [0, 10, 220, 440]) {
      expect(model.normals[3 * i]).toBeCloseTo(-0.41 / length, 5);
      expect(model.normals[3 * i + 1]).toBeCloseTo(1 / length, 5);
      expect(model.normals[3 * i + 2]).toBeCloseTo(0, 6);
    }
  });

  it('keeps evaluated points only when thinned, ends included', () => {
    expect(keptIndices(101, 40)).toHaveLength(41);
    expect([keptIndices(101, 40)[0], keptIndices(101, 40).at(-1)]).toEqual([0, 100]);
    expect(keptIndices(5, 40)).toEqual([0, 1, 2, 3, 4]);
  });

  it('lays a path on the ground, also between its points', () => {
    const data = surfaceOf(bowl, { size: 81 });
    const model = modelOf(data);
    const scale = heightScale(data.heights, data.heightScale);
    const [piece] = drapedPath(model, [
      [-3, -2, 0],
      [3, 2, 0],
    ]);
    expect(piece?.length).toBeGreaterThan(80);
    for (const [x, y, z] of piece ?? []) {
      expect(y).toBeCloseTo(0.82 * scale.level(bowl(4 * x, -4 * z)), 3);
    }
  });

  it('breaks a path where it leaves the plane', () => {
    const pieces = drapedPath(modelOf(surfaceOf(bowl)), [
      [-3, 0, 0],
      [9, 0, 0],
      [3, 1, 0],
    ]);
    expect(pieces).toHaveLength(2);
    expect(Math.max(...pieces.flat().map(([x]) => x))).toBeLessThanOrEqual(1.0001);
  });

  it('has nothing in a hole', () => {
    const model = modelOf(surfaceOf((x, y) => (Math.hypot(x, y) < 1 ? NaN : bowl(x, y))));
    expect(drapedPoint(model, 0, 0)).toBeNull();
    expect(groundAt(model, 0, 0)).toBeNull();
    expect(cellFacets(model, 10, 10, 0.01)).toEqual([]);
  });

  it('is cut exactly at the ceiling', () => {
    const data = surfaceOf((x) => x, { heightScale: { clip: 1.1 } });
    const model = modelOf(data);
    const facets = Array.from({ length: 20 }, (_, c) => cellFacets(model, 0, c, 0.01)).flat();
    const vertices = facets.flat();
    expect(Math.max(...vertices.map(({ position }) => position[1]))).toBeCloseTo(0.82, 6);
    // The plane z = x meets the ceiling at x = 1.1, world 0.275: an edge of faces lies there.
    expect(vertices.some(({ position }) => Math.abs(position[0] - 0.275) < 1e-6)).toBe(true);
    const rim = rimProfile(
      model,
      Array.from({ length: 21 }, (_, c) => c),
    );
    expect(rim).toHaveLength(22);
    expect(rim.some(([x, y]) => Math.abs(x - 0.275) < 1e-6 && y === model.height)).toBe(true);
  });

  it('refuses heights that do not fit their grid', () => {
    const data = surfaceOf(bowl);
    expect(() => modelOf({ ...data, heights: Array.from(data.heights).slice(1) })).toThrow(
      /440 heights on a 21 x 21 grid: expected 441/,
    );
  });
});
