// Truth: shares of random walks in the limit of many dimensions; principal components of rows picked by hand.
import { expect, test } from 'vitest';
import { buildLandscape } from '../../../../src/landscape/build-landscape.ts';
import { principalPlane } from '../../../../src/landscape/directions/principal-planes.ts';
import { principalComponents } from '../../../../src/landscape/pca.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { randomHistory, snapshot } from './histories.ts';

/** One network that walks at random: `steps` steps in P dimensions. */
function walkHistory(steps: number, P: number, seed: number) {
  const history = randomHistory(steps + 1, 1, P);
  const random = randomStream(seed, 'walk history');
  const { snapshots } = history;
  snapshots.fill(0, 0, P);
  for (let i = P; i < snapshots.length; i++) snapshots[i] = snapshots[i - P]! + random.normal();
  return history;
}

test('a random walk of 100 steps: two components explain 60.8% and 76%, as its own null says', () => {
  // Antognini and Sohl-Dickstein 2018: 6 / pi^2 and (6 / pi^2)(1 + 1/4).
  const limits = [6 / Math.PI ** 2, (6 / Math.PI ** 2) * 1.25];
  const draws = 12;
  const shares = Array.from({ length: draws }, (_, seed) => {
    const { variance } = principalPlane(walkHistory(100, 2000, seed), {
      of: 'one-run',
      dimensions: 2,
    });
    const cumulative = (values: readonly number[]) => [values[0]!, values[0]! + values[1]!];
    for (const [i, share] of cumulative(variance.randomWalk!).entries())
      expect(share).toBeCloseTo(limits[i]!, 3);
    return cumulative(variance.explainedVariance);
  });
  for (const [i, limit] of limits.entries()) {
    const values = shares.map((share) => share[i]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / draws;
    const deviation = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1),
    );
    expect(deviation).toBeLessThan(0.02);
    // Four standard errors, and what 2,000 dimensions fall short of many.
    expect(Math.abs(mean - limit)).toBeLessThan((4 * deviation) / Math.sqrt(draws) + 0.002);
  }
});

test('the shares of a walk sum to one where all of its components are reported', () => {
  const { variance } = principalPlane(walkHistory(5, 40, 1), { of: 'one-run', dimensions: 1 });
  expect(variance.randomWalk).toHaveLength(5);
  expect(variance.randomWalk!.reduce((sum, share) => sum + share)).toBeCloseTo(1, 12);
});

test('each selection has the components of its own rows', () => {
  const [S, N, P] = [4, 6, 9];
  const history = randomHistory(S, N, P);
  history.divergedAt[2] = 1;
  const row = (s: number, n: number) => [...snapshot(history, s, n)];
  const sound = [0, 1, 3, 4, 5];
  const rows = {
    'all-runs': [0, 1, 2, 3].flatMap((s) =>
      (s === 0 ? [0, 1, 2, 3, 4, 5] : sound).map((n) => row(s, n)),
    ),
    'one-run': [0, 1, 2, 3].map((s) => row(s, 4)),
    'final-weights': sound.map((n) => row(3, n)),
  };
  for (const of of ['all-runs', 'one-run', 'final-weights'] as const) {
    const { frame, variance, points } = principalPlane(history, {
      of,
      network: 4,
      dimensions: 2,
    });
    const truth = principalComponents(Float32Array.from(rows[of].flat()), rows[of].length, P, 2);
    expect(frame.basis).toEqual(Float32Array.from(truth.directions));
    expect(frame.origin).toEqual(Float32Array.from(truth.mean));
    expect(variance.explainedVariance).toEqual(truth.explainedVariance);
    expect(variance.points).toBe(rows[of].length);
    expect([...points]).toEqual(rows[of].flat());
    expect(variance.randomWalk === null).toBe(of !== 'one-run');
  }
});

test('the null is of as many untrained networks as there are points, or of all', () => {
  const [S, N, P] = [4, 6, 9];
  const history = randomHistory(S, N, P);
  const unrelatedStarts = randomHistory(1, 50, P, 2).snapshots;
  const shares = (starts: Float32Array, K: number) =>
    principalComponents(starts.subarray(0, K * P), K, P, 2).explainedVariance;
  const nullOf = (of: 'all-runs' | 'one-run', starts?: Float32Array) => {
    const { variance } = principalPlane(history, { of, dimensions: 2, unrelatedStarts: starts });
    return [variance.nullPoints, variance.nullExplainedVariance];
  };
  expect(nullOf('one-run', unrelatedStarts)).toEqual([4, shares(unrelatedStarts, 4)]);
  expect(nullOf('all-runs', unrelatedStarts)).toEqual([24, shares(unrelatedStarts, 24)]);
  expect(nullOf('one-run')).toEqual([4, shares(history.snapshots, 4)]);
  expect(nullOf('all-runs')).toEqual([6, shares(history.snapshots, 6)]);
});

test('the plane of all runs is the plane of the landscape', async () => {
  const history = randomHistory(3, 5, 8);
  const { landscape, plane } = await buildLandscape({
    experiment: { directions: 'pca', grid: { size: 3, margin: 0.1 } },
    history,
    evaluateTrain: (weights) =>
      Promise.resolve({ loss: new Float32Array(weights.length / 8), accuracy: null }),
    evaluateTest: null,
  });
  const { frame, variance } = principalPlane(history, { of: 'all-runs', dimensions: 2 });
  expect(frame.origin).toEqual(plane.origin);
  expect(frame.basis).toEqual(plane.directions);
  expect(variance.nullExplainedVariance).toEqual(landscape.nullExplainedVariance);
});

test('a plane can be laid through where one network ended', () => {
  const history = randomHistory(3, 5, 8);
  const { frame } = principalPlane(history, {
    of: 'all-runs',
    dimensions: 3,
    centre: { network: 3 },
  });
  expect(frame.origin).toEqual(snapshot(history, 2, 3));
  expect(frame.basis).toHaveLength(3 * 8);
});

test('too little to fit is refused in a sentence', () => {
  const history = randomHistory(3, 2, 8);
  history.divergedAt[1] = 2;
  expect(() => principalPlane(history, { of: 'final-weights', dimensions: 2 })).toThrow(
    'principal components of one weight vector (final-weights): at least two are needed',
  );
  expect(() => principalPlane(history, { of: 'one-run', network: 1, dimensions: 2 })).toThrow(
    'a slice names network 1, which diverged: choose one of 0',
  );
  expect(() => principalPlane(history, { of: 'one-run', network: 2, dimensions: 2 })).toThrow(
    'a slice names network 2, but there are 2: expected 0 to 1',
  );
});
