// One Gaussian cloud per class.
import type { DataSpec } from '../experiment.ts';
import { randomStream, type RandomStream } from '../random.ts';
import { balancedCounts, classDataset, type ClassDataset } from './dataset.ts';

const halfWidth = 3;
const candidates = 16;

/**
 * Class c is N(m_c, noise^2 I), its centre m_c in the box [-3, 3]^features. scikit-learn's `make_blobs`
 * draws centres independently; here each is the farthest of 16 draws from the centres before it, so that
 * clouds seldom fall together (Mitchell 1991, "Spectrally optimal sampling", best candidate).
 */
export function blobs(spec: Extract<DataSpec, { kind: 'blobs' }>, seed: number): ClassDataset {
  const centres: number[][] = [];
  const centreStream = randomStream(seed, 'data/blobs/centres');
  while (centres.length < spec.classes) {
    centres.push(bestCandidate(centres, spec.features, centreStream));
  }
  const stream = randomStream(seed, 'data/blobs');
  const counts = balancedCounts(spec.samples, spec.classes);
  const points = centres.flatMap((centre, label) =>
    Array.from({ length: counts[label] as number }, () => {
      const point = centre.map((coordinate) => coordinate + spec.noise * stream.normal());
      return [point, label] as const;
    }),
  );
  return classDataset(points, spec.classes);
}

function bestCandidate(centres: number[][], features: number, stream: RandomStream): number[] {
  let best: number[] = [];
  let farthest = -Infinity;
  for (let c = 0; c < candidates; c++) {
    const candidate = Array.from(
      { length: features },
      () => (2 * stream.uniform() - 1) * halfWidth,
    );
    const nearest = Math.min(...centres.map((centre) => squaredDistance(centre, candidate)));
    if (nearest > farthest) {
      farthest = nearest;
      best = candidate;
    }
    // The first centre has nothing to keep away from.
    if (centres.length === 0) break;
  }
  return best;
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + (value - (b[i] as number)) ** 2, 0);
}
