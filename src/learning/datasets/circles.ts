// A circle inside another one.
import type { DataSpec } from '../experiment.ts';
import { randomStream } from '../random.ts';
import { balancedCounts, classDataset, type ClassDataset } from './dataset.ts';

/**
 * Class c lies on r_c (cos t, sin t), r_0 = 1 and r_1 = `factor`, t evenly from 0 to 2 pi, the end left
 * out; every coordinate gets Gaussian noise. scikit-learn's `make_circles`.
 */
export function circles(spec: Extract<DataSpec, { kind: 'circles' }>, seed: number): ClassDataset {
  const stream = randomStream(seed, 'data/circles');
  const points = balancedCounts(spec.samples, 2).flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => {
      const t = (2 * Math.PI * i) / count;
      const radius = label === 0 ? 1 : spec.factor;
      const point = [
        radius * Math.cos(t) + spec.noise * stream.normal(),
        radius * Math.sin(t) + spec.noise * stream.normal(),
      ];
      return [point, label] as const;
    }),
  );
  return classDataset(points, 2);
}
