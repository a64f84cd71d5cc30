// Four clouds in the corners of a square; opposite corners share a class.
import type { DataSpec } from '../experiment.ts';
import { randomStream } from '../random.ts';
import { balancedCounts, classDataset, type ClassDataset } from './dataset.ts';

const corners = [
  [1, 1, 0],
  [1, -1, 1],
  [-1, -1, 0],
  [-1, 1, 1],
] as const;

/**
 * Gaussian clouds round (+-1, +-1), their standard deviation the noise; class 1 where the signs differ.
 * The exclusive-or problem (Minsky and Papert 1969, "Perceptrons") with noise.
 */
export function xor(spec: Extract<DataSpec, { kind: 'xor' }>, seed: number): ClassDataset {
  const stream = randomStream(seed, 'data/xor');
  const counts = balancedCounts(spec.samples, corners.length);
  const points = corners.flatMap(([x, y, label], corner) =>
    Array.from({ length: counts[corner] as number }, () => {
      const point = [x + spec.noise * stream.normal(), y + spec.noise * stream.normal()];
      return [point, label] as const;
    }),
  );
  return classDataset(points, 2);
}
