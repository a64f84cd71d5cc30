// Spiral arms wound round one another.
import type { DataSpec } from '../experiment.ts';
import { randomStream } from '../random.ts';
import { balancedCounts, classDataset, type ClassDataset } from './dataset.ts';

/**
 * Point i of the n on arm c lies on r (sin t, cos t), r = (i + 1) / n, t = 2 pi (turns r + c / classes):
 * arms of radius 1, evenly turned, their common centre left out. Every coordinate gets Gaussian noise.
 * The two-arm form is the two-spirals problem (Lang and Witbrock 1988, "Learning to tell two spirals
 * apart"), in the coordinates of TensorFlow Playground's `classifySpiralData` (5 times as large there).
 */
export function spirals(spec: Extract<DataSpec, { kind: 'spirals' }>, seed: number): ClassDataset {
  const stream = randomStream(seed, 'data/spirals');
  const points = balancedCounts(spec.samples, spec.classes).flatMap((count, label) =>
    Array.from({ length: count }, (_, i) => {
      const radius = (i + 1) / count;
      const t = 2 * Math.PI * (spec.turns * radius + label / spec.classes);
      const point = [
        radius * Math.sin(t) + spec.noise * stream.normal(),
        radius * Math.cos(t) + spec.noise * stream.normal(),
      ];
      return [point, label] as const;
    }),
  );
  return classDataset(points, spec.classes);
}
