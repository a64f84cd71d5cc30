// Truth: a loss in closed form, distances built in by hand, and the share that a random slice has on average.
import { expect, test } from 'vitest';
import { randomDirection } from '../../../../src/landscape/directions/random-direction.ts';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { sliceFidelity } from '../../../../src/landscape/slices/fidelity.ts';
import { orthonormalFrame, pointsAt, scaledFrame } from '../../../../src/landscape/slices/frame.ts';
import type { Frame } from '../../../../src/landscape/slices/frame.ts';
import { evaluateByHand, lossByHand, P } from './linear-network.ts';

const evaluateOn = (frame: Frame) => (coordinates: Float32Array) =>
  evaluateByHand(pointsAt(frame, coordinates));

const fidelityOf = (frame: Frame, markers: Float32Array) =>
  sliceFidelity({
    frame,
    markers,
    evaluateWeights: evaluateByHand,
    evaluateAt: evaluateOn(frame),
  });

const origin = randomDirection(P, 21, 0);
const axis = (p: number, length = 1) =>
  Float32Array.from({ length: P }, (_, i) => (i === p ? length : 0));
const away = (steps: readonly (readonly [p: number, by: number])[]) => {
  const point = origin.slice();
  for (const [p, by] of steps) point[p]! += by;
  return point;
};

test.each([
  ['unit', 1],
  ['long', 4],
])('true losses, foot points and distances, %s directions', async (_, length) => {
  const frame = scaledFrame(origin, Float32Array.of(...axis(0, length), ...axis(3, length)), [
    'a',
    'b',
  ]);
  // Off the slice by 4, 0 and 12, along it by 3, 2 and 5.
  const markers = [
    away([
      [0, 3],
      [5, 4],
    ]),
    away([[3, 2]]),
    away([
      [0, 3],
      [3, 4],
      [6, 12],
    ]),
  ];
  const feet = [
    away([[0, 3]]),
    away([[3, 2]]),
    away([
      [0, 3],
      [3, 4],
    ]),
  ];
  const result = await fidelityOf(frame, Float32Array.from(markers.flatMap((row) => [...row])));
  const close = (values: ArrayLike<number>, truth: readonly number[]) => {
    for (const [i, value] of truth.entries()) expect(values[i]).toBeCloseTo(value, 4);
  };
  close(
    result.coordinates,
    [3, 0, 0, 2, 3, 4].map((value) => value / length),
  );
  close(result.offSlice, [4, 0, 12]);
  close(result.trueLoss, markers.map(lossByHand));
  close(result.footLoss, feet.map(lossByHand));
  const ratios = markers.map((marker, k) =>
    Math.abs(Math.log(lossByHand(feet[k]!) / lossByHand(marker))),
  );
  const sorted = ratios.toSorted((a, b) => a - b);
  close(
    [result.logRatio.minimum, result.logRatio.median, result.logRatio.maximum],
    [0, sorted[1]!, sorted[2]!],
  );
  expect(sorted[1]).toBeGreaterThan(0.1);
  // 4 of 5, 0 of 2, 12 of 13.
  const { minimum, median, maximum, count } = result.relativeDistance;
  close([minimum, median, maximum, count], [0, 4 / 5, 12 / 13, 3]);
});

test('along principal components, the share of variance is what they explain', async () => {
  const points = randomDirection(12 * P, 3, 0);
  const { mean, directions, explainedVariance } = principalComponents(points, 12, P, 2);
  const frame = orthonormalFrame(Float32Array.from(mean), directions, ['1', '2']);
  const explained = explainedVariance[0]! + explainedVariance[1]!;
  expect((await fidelityOf(frame, points)).varianceShare).toBeCloseTo(explained, 5);
  // The origin does not matter, nor the lengths and angles of the directions.
  const mixed = Float32Array.from({ length: 2 * P }, (_, i) =>
    i < P ? 3 * directions[i]! : directions[i - P]! + 0.5 * directions[i]!,
  );
  const moved = scaledFrame(origin, mixed, ['1', '2']);
  expect((await fidelityOf(moved, points)).varianceShare).toBeCloseTo(explained, 5);
});

test('random slices hold D / P of the variance on average', async () => {
  const points = randomDirection(6 * P, 4, 0).map((value, i) => value * ((i % P) + 1));
  const draws = 400;
  const shares: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const frame = orthonormalFrame(origin, randomDirection(2 * P, 5, draw), ['a', 'b']);
    const { varianceShare, nullShare } = await fidelityOf(frame, points);
    expect(nullShare.share).toBe(2 / P);
    shares.push(varianceShare);
  }
  const mean = shares.reduce((sum, share) => sum + share, 0) / draws;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / (draws - 1);
  expect(Math.abs(mean - 2 / P)).toBeLessThan(4 * Math.sqrt(variance / draws));
});

test('a marker that is lost counts in nothing, and is not evaluated', async () => {
  const frame = orthonormalFrame(origin, Float32Array.of(...axis(0), ...axis(1)), ['a', 'b']);
  const kept = [
    away([
      [0, 1],
      [4, 1],
    ]),
    away([
      [1, 2],
      [4, -1],
    ]),
  ];
  const lost = away([[2, NaN]]);
  const with3 = Float32Array.of(...kept[0]!, ...lost, ...kept[1]!);
  const seen: number[] = [];
  const result = await sliceFidelity({
    frame,
    markers: with3,
    evaluateWeights: (weights) => {
      seen.push(weights.length / P);
      return evaluateByHand(weights);
    },
    evaluateAt: evaluateOn(frame),
    nullShare: { share: 0.3, phrase: 'a null of its own' },
  });
  const truth = await fidelityOf(frame, Float32Array.of(...kept[0]!, ...kept[1]!));
  expect(seen).toEqual([2]);
  expect([...result.trueLoss].map(Number.isNaN)).toEqual([false, true, false]);
  expect([...result.footLoss].map(Number.isNaN)).toEqual([false, true, false]);
  expect([...result.offSlice].map(Number.isNaN)).toEqual([false, true, false]);
  expect(result.varianceShare).toBe(truth.varianceShare);
  expect(result.logRatio).toEqual(truth.logRatio);
  expect(result.relativeDistance.count).toBe(2);
  expect(result.nullShare).toEqual({ share: 0.3, phrase: 'a null of its own' });
});

test('markers that do not vary have no share; one at the centre is on the slice', async () => {
  const frame = orthonormalFrame(origin, axis(0), ['a']);
  const { varianceShare, relativeDistance, logRatio } = await fidelityOf(frame, origin.slice());
  expect(varianceShare).toBeNaN();
  expect([relativeDistance.median, logRatio.maximum]).toEqual([0, 0]);
});

test('markers of another network are refused in a sentence', async () => {
  const frame = orthonormalFrame(origin, axis(0), ['a']);
  await expect(fidelityOf(frame, new Float32Array(9))).rejects.toThrow(
    '9 numbers are not points of 8 weights each',
  );
});
