// The ground of a turned plane: all that knows how a loss is drawn, so that another drawing can take its place.
import type { Box } from '../kit/axes.ts';
import { drawFilledContours } from '../kit/filled-contours.ts';
import type { ContourScale } from '../kit/level-scale.ts';
import type { Group } from '../kit/stage.ts';

export interface TurnedGround {
  readonly box: Box;
  /** `[size]`, alike along both directions. */
  readonly axis: ArrayLike<number>;
  /** `[size, size]`, rows follow the second direction. */
  readonly losses: ArrayLike<number>;
  readonly scale: ContourScale;
  x(coordinate: number): number;
  y(coordinate: number): number;
}

export function drawTurnedGround(group: Group, ground: TurnedGround): void {
  const { box, axis, losses, scale, x, y } = ground;
  drawFilledContours(group, box, { values: losses, xs: axis, ys: axis, x, y }, scale);
}
