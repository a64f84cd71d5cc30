// The square that the two-weight walk takes place on, what of a walk is shown, and which one first.
import type { WeightPair } from '../../landscape/two-weights.ts';
import { walkFrom, type Walk } from './two-weights-walk.ts';

/** The square shown: weights from -extent to extent. */
export const extent = 2.5;
/** Limits of the step size. */
export const stepSizes = [0.005, 2] as const;

export interface ShownWalk {
  readonly start: WeightPair;
  readonly stepSize: number;
  readonly walk: Walk;
  /** Steps shown; a fraction while the walker is between two. */
  readonly until: number;
  /** The first step size, as a reader thought, at which the walker does not settle; null where they did not say. */
  readonly guess: number | null;
}

const start: WeightPair = [1.9, -1.6];
const stepSize = 0.1;

/** What the page is built with, whole. */
export function firstWalk(): ShownWalk {
  const walk = walkFrom(start, stepSize);
  return { start, stepSize, walk, until: walk.points.length - 1, guess: null };
}
