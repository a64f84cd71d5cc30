// The triangles of a refined grid: each cell split along the diagonal whose ends are closer in height.
import type { SurfaceModel } from './surface-model.ts';

/** `[triangles, 3]`, indices of grid points; none where a corner has no value. */
export function terrainCells({
  columns,
  rows,
  levels,
}: Pick<SurfaceModel, 'columns' | 'rows' | 'levels'>): number[] {
  const triangles: number[] = [];
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const a = row * columns + column;
      const [b, c, d] = [a + 1, a + columns, a + columns + 1];
      const rising = Math.abs(levels[a]! - levels[d]!);
      const falling = Math.abs(levels[b]! - levels[c]!);
      if (Number.isNaN(rising + falling)) continue;
      if (rising <= falling) triangles.push(a, b, d, a, d, c);
      else triangles.push(a, b, c, b, d, c);
    }
  return triangles;
}
