// Points placed by hand.
import type { DataSpec } from '../experiment.ts';
import { classDataset, type ClassDataset } from './dataset.ts';

/** The points as they are, in their order; nothing is drawn. */
export function points(spec: Extract<DataSpec, { kind: 'points' }>): ClassDataset {
  const placed = spec.points.map(([x1, x2, label]) => [[x1, x2], label] as const);
  return classDataset(placed, classesOf(spec));
}

/** Classes are numbered from 0, so the highest number tells how many there are. */
export function classesOf({
  points,
}: Pick<Extract<DataSpec, { kind: 'points' }>, 'points'>): number {
  return points.reduce((most, [, , label]) => Math.max(most, label + 1), 0);
}
