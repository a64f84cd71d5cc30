// What the shadow of a cloud holds of its spread, by where the lamp stands.

/** A direction in three dimensions. */
export type Direction = readonly [number, number, number];

/**
 * Share of the whole cloud's variance that its shadow holds, on a wall at right angles to the light. The light falls
 * along `d`, given in the axes of the three leading principal components, whose shares are `explained`. Their
 * covariance is diagonal, so that the shadow loses `sum_i explained_i d_i^2 / |d|^2` of what the three hold, and all
 * that lies outside them. A lamp on the third axis loses least: `explained_1 + explained_2` are left.
 */
export function shadowShare(explained: readonly number[], d: Direction): number {
  const length = d[0] ** 2 + d[1] ** 2 + d[2] ** 2;
  let share = 0;
  for (let i = 0; i < 3; i++) share += (explained[i] ?? 0) * (1 - d[i]! ** 2 / length);
  return share;
}
