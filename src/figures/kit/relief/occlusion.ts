// Ambient occlusion of a height field: how much of the sky each point sees, from horizon angles in sixteen directions.
import type { ReliefGrid } from './relief-grid.ts';

const directions = 16;
/** Steps grow by this factor along a ray, so that far ridges cost little. */
const stride = 1.35;

/**
 * The share of the sky that is visible from each point, weighted by the cosine to the zenith: for a horizon at angle h in
 * each direction it is the mean of cos^2 h (Max 1988, "Horizon mapping"; Dozier & Frew 1990, eq. 7b, on level ground).
 *
 * @returns `[rows, columns]`, 1 where nothing stands in the way, towards 0 at the bottom of a shaft.
 */
export function skyVisible(grid: ReliefGrid, exaggeration: number): Float64Array {
  const { heights, columns, rows, spacing } = grid;
  const visible = new Float64Array(heights.length);
  const reach = Math.max(columns, rows) / 2;
  const distances: number[] = [];
  for (let step = 1; step <= reach; step *= stride) distances.push(step);
  for (let k = 0; k < directions; k++) {
    const [dx, dy] = [Math.cos, Math.sin].map((of) => of((2 * Math.PI * k) / directions)) as [
      number,
      number,
    ];
    const unit = Math.hypot(dx * spacing[0], dy * spacing[1]);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const here = heights[row * columns + column]!;
        let steepest = 0;
        for (const distance of distances) {
          const x = column + dx * distance;
          const y = row + dy * distance;
          if (x < 0 || y < 0 || x > columns - 1 || y > rows - 1) break;
          const rise = exaggeration * (between(grid, x, y) - here);
          steepest = Math.max(steepest, rise / (distance * unit));
        }
        // cos^2 of the horizon's angle, whose tangent is the slope.
        visible[row * columns + column]! += 1 / (1 + steepest * steepest) / directions;
      }
  }
  return visible;
}

/** Height at fractional indices, between its four neighbours. */
function between({ heights, columns, rows }: ReliefGrid, x: number, y: number): number {
  const column = Math.min(columns - 2, Math.floor(x));
  const row = Math.min(rows - 2, Math.floor(y));
  const [s, t] = [x - column, y - row];
  const i = row * columns + column;
  const south = heights[i]! + s * (heights[i + 1]! - heights[i]!);
  const north = heights[i + columns]! + s * (heights[i + columns + 1]! - heights[i + columns]!);
  return south + t * (north - south);
}
