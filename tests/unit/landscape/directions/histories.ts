// Weight histories made of plain numbers, for tests of directions.
import type { WeightHistory } from '../../../../src/landscape/directions/fitted-snapshots.ts';
import { randomStream } from '../../../../src/learning/random.ts';

/** S snapshots of N networks of P weights, all independent standard normals. */
export function randomHistory(S: number, N: number, P: number, seed = 1): WeightHistory {
  const random = randomStream(seed, 'history');
  return {
    networks: N,
    parameters: P,
    snapshotSteps: Int32Array.from({ length: S }, (_, s) => s),
    snapshots: Float32Array.from({ length: S * N * P }, () => random.normal()),
    divergedAt: new Int32Array(N).fill(-1),
  };
}

/** Row of `[S * N, P]`. */
export const snapshot = (
  { snapshots, parameters: P, networks: N }: WeightHistory,
  s: number,
  n: number,
) => snapshots.slice((s * N + n) * P, (s * N + n + 1) * P);

export const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));

export const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0);
