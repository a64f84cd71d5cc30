// One ground on the points of another: what a surface morphs from, where the two have other grids.
import { surfaceNormals, type SurfaceModel } from './surface-model.ts';
import type { GroundShape } from './terrain-geometry.ts';

/** Values of a grid at the points of another, bilinear, corner on corner. */
function onGrid(
  values: Float32Array,
  from: Pick<SurfaceModel, 'columns' | 'rows'>,
  to: Pick<SurfaceModel, 'columns' | 'rows'>,
): Float32Array {
  if (from.columns === to.columns && from.rows === to.rows) return values;
  const result = new Float32Array(to.columns * to.rows);
  for (let row = 0; row < to.rows; row++) {
    const y = (row * (from.rows - 1)) / (to.rows - 1);
    const south = Math.min(from.rows - 2, Math.floor(y));
    for (let column = 0; column < to.columns; column++) {
      const x = (column * (from.columns - 1)) / (to.columns - 1);
      const west = Math.min(from.columns - 2, Math.floor(x));
      const i = south * from.columns + west;
      const [s, t] = [x - west, y - south];
      const low = values[i]! + s * (values[i + 1]! - values[i]!);
      const [a, b] = [values[i + from.columns]!, values[i + from.columns + 1]!];
      result[row * to.columns + column] = low + t * (a + s * (b - a) - low);
    }
  }
  return result;
}

export function resampled(from: SurfaceModel, to: SurfaceModel): GroundShape {
  const levels = onGrid(from.levels, from, to);
  const normals =
    levels === from.levels
      ? from.normals
      : surfaceNormals({
          heights: Float64Array.from(levels, (level) => level * to.height),
          columns: to.columns,
          rows: to.rows,
          spacing: [(2 * to.halfWidth) / (to.columns - 1), (2 * to.halfDepth) / (to.rows - 1)],
        });
  return { levels, normals, sky: onGrid(from.sky, from, to) };
}
