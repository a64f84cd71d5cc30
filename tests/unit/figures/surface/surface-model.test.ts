// The block: where grid values go, what lies between them, normals of a known slope, and paths that follow the ground.
import { describe, expect, it } from 'vitest';
import {
  agesOf,
  drapedPath,
  drapedPoint,
  groundAt,
} from '../../../../src/figures/surface/surface-drape.ts';
import { heightScale } from '../../../../src/figures/surface/height-scale.ts';
import { surfaceModel } from '../../../../src/figures/surface/surface-model.ts';
import { terrainCells } from '../../../../src/figures/surface/terrain-cells.ts';
import { wallLines } from '../../../../src/figures/surface/wall-lines.ts';
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

  it('keeps every evaluated height when it is refined, and follows a smooth ground between them', () => {
    const data = surfaceOf(bowl);
    const scale = heightScale(data.heights, data.heightScale);
    const model = modelOf(data, 100);
    expect([model.columns, model.rows]).toEqual([101, 101]);
    for (let row = 0; row < 101; row++)
      for (let column = 0; column < 101; column++) {
        const level = model.levels[row * 101 + column];
        const onGrid = row % 5 === 0 && column % 5 === 0;
        // A cubic through a parabola is the parabola, but next to the rim, where the line beyond it is straight.
        const truth = scale.level(bowl(model.xs[column]!, model.ys[row]!));
        expect(level).toBeCloseTo(truth, onGrid ? 6 : 2);
      }
  });

  it('does not swing below a low point beside a cliff that is cut off, infinite or not', () => {
    for (const top of [50, Infinity]) {
      const cliff = surfaceOf((x) => (x > 0 ? top : 0), { heightScale: { clip: 1 } });
      const { levels } = modelOf(cliff, 100);
      expect(Math.min(...levels)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...levels)).toBeLessThan(2.2);
    }
  });

  it('does not swing above the ceiling where no evaluated point is cut off', () => {
    const steps = surfaceOf((x) => (x > 0 ? 1 : 0.9), { heightScale: 'linear', good: 'high' });
    expect(Math.max(...modelOf(steps, 100).levels)).toBe(1);
  });

  it('sees the whole sky from a plain, and less of it from the bottom of a pit than from its rim', () => {
    const plain = modelOf(
      surfaceOf((x) => 1 + 1e-9 * x, { heightScale: { clip: 9 } }),
      40,
    );
    expect(Math.min(...plain.sky)).toBeCloseTo(1, 6);
    const pit = modelOf(surfaceOf((x, y) => -Math.exp(-2 * (x * x + y * y)), { size: 41 }));
    const [middle, corner] = [pit.sky[20 * 41 + 20]!, pit.sky[0]!];
    expect(middle).toBeLessThan(0.75);
    expect(corner).toBeGreaterThan(0.95);
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
    const cells = new Set(terrainCells(model));
    expect(cells.has(10 * 21 + 10)).toBe(false);
    expect(cells.has(0)).toBe(true);
  });

  it('has two triangles a cell, wound alike', () => {
    const model = modelOf(surfaceOf(bowl));
    const triangles = terrainCells(model);
    expect(triangles).toHaveLength(3 * 2 * 20 * 20);
    const { positions } = model;
    const at = (k: number, axis: 0 | 2): number => positions[3 * triangles[k]! + axis]!;
    for (let k = 0; k < triangles.length; k += 3) {
      const area =
        (at(k + 1, 0) - at(k, 0)) * (at(k + 2, 2) - at(k, 2)) -
        (at(k + 1, 2) - at(k, 2)) * (at(k + 2, 0) - at(k, 0));
      expect(area).toBeLessThan(0);
    }
  });

  it('has level lines across a cut face just where the rim is higher', () => {
    const model = modelOf(surfaceOf((x) => x, { heightScale: { clip: 4 } }));
    const rim = Array.from({ length: 21 }, (_, c) => c);
    // z = x from -4 to 4 over a width of 2: half of the height is reached in the middle.
    const [line, ...more] = wallLines(model, rim, 0.5);
    expect(more).toEqual([]);
    expect(line![0][0]).toBeCloseTo(0, 6);
    expect(line![1][0]).toBe(1);
    expect(line![0][1]).toBeCloseTo(0.41, 6);
    const valley = modelOf(surfaceOf((x) => x * x, { size: 41 }));
    expect(
      wallLines(
        valley,
        Array.from({ length: 41 }, (_, c) => c),
        0.25,
      ),
    ).toHaveLength(2);
  });

  it('tells how old each point of a path is, by the way walked', () => {
    expect(
      agesOf([
        [
          [0, 0, 0],
          [3, 0, 4],
        ],
        [
          [9, 0, 0],
          [9, 5, 0],
          [9, 15, 0],
        ],
      ]),
    ).toEqual([
      [0, 0.25],
      [0.25, 0.5, 1],
    ]);
    expect(agesOf([[[1, 1, 1]]])).toEqual([[0]]);
  });

  it('refuses heights that do not fit their grid', () => {
    const data = surfaceOf(bowl);
    expect(() => modelOf({ ...data, heights: Array.from(data.heights).slice(1) })).toThrow(
      /440 heights on a 21 x 21 grid: expected 441/,
    );
  });
});
