// Two half circles that interlock.
import type { DataSpec } from '../experiment.ts';
import { randomStream } from '../random.ts';
import { balancedCounts, classDataset, type ClassDataset } from './dataset.ts';

/**
 * Class 0 lies on (cos t, sin t), class 1 on (1 - cos t, 1/2 - sin t), t evenly from 0 to pi, both ends
 * included; every coordinate gets Gaussian noise. scikit-learn's `make_moons`.
 */
export function moons(spec: Extract<DataSpec, { kind: 'moons' }>, seed: number): ClassDataset {
  const stream = randomStream(seed, 'data/moons');
  const points = balancedCounts(spec.samples, 2).flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => {
      const t = (Math.PI * i) / (count - 1);
      const [x, y] =
        label === 0 ? [Math.cos(t), Math.sin(t)] : [1 - Math.cos(t), 0.5 - Math.sin(t)];
      const point = [x + spec.noise * stream.normal(), y + spec.noise * stream.normal()];
      return [point, label] as const;
    }),
  );
  return classDataset(points, 2);
}
