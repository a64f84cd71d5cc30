// Truth: a quadratic loss evaluated directly at the same weights; Pythagoras.
import { expect, test, vi } from 'vitest';
import { buildLandscape } from '../../../src/landscape/build-landscape.ts';
import { principalComponents } from '../../../src/landscape/pca.ts';
import { randomStream } from '../../../src/learning/random.ts';

/** A loss with a closed form: sum over p of (p + 1) w_p^2 / 2. */
function quadratic(weights: Float32Array, start: number, P: number): number {
  let sum = 0;
  for (let p = 0; p < P; p++) sum += ((p + 1) * weights[start + p]! ** 2) / 2;
  return sum;
}

const evaluateWith = (P: number, scale = 1, accuracy = false) =>
  vi.fn((weights: Float32Array) => {
    const loss = Float32Array.from(
      { length: weights.length / P },
      (_, m) => scale * quadratic(weights, m * P, P),
    );
    return Promise.resolve({ loss, accuracy: accuracy ? loss.map((l) => 1 / (1 + l)) : null });
  });

/** S snapshots of N networks descending the quadratic from random starts. */
function descentHistory(S: number, N: number, P: number) {
  const random = randomStream(7, 'landscape test');
  const snapshots = new Float32Array(S * N * P);
  for (let i = 0; i < N * P; i++) snapshots[i] = random.normal();
  for (let i = N * P; i < S * N * P; i++)
    snapshots[i] = snapshots[i - N * P]! * (1 - 0.5 * (((i % P) + 1) / P));
  return {
    networks: N,
    parameters: P,
    snapshotSteps: Int32Array.from({ length: S }, (_, s) => s * 10),
    snapshots,
    divergedAt: new Int32Array(N).fill(-1),
  };
}

const experiment = (size = 7, directions: 'pca' | 'weights' = 'pca') => ({
  directions,
  grid: { size, margin: 0.2 },
});

test('every height is the loss evaluated there: grid, snapshots and foot points', async () => {
  const [S, N, P] = [4, 5, 6];
  const history = descentHistory(S, N, P);
  const { landscape, plane } = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain: evaluateWith(P, 1, true),
    evaluateTest: evaluateWith(P, 3),
  });
  const lossAt = (a: number, b: number) => {
    const weights = Float32Array.from(
      plane.origin,
      (o, p) => o + a * plane.directions[p]! + b * plane.directions[P + p]!,
    );
    return quadratic(weights, 0, P);
  };
  for (const [row, y] of landscape.ys.entries())
    for (const [column, x] of landscape.xs.entries()) {
      const at = row * 7 + column;
      expect(landscape.loss[at]).toBeCloseTo(lossAt(x, y), 4);
      expect(landscape.testLoss![at]).toBeCloseTo(3 * lossAt(x, y), 4);
      expect(landscape.accuracy![at]).toBeCloseTo(1 / (1 + lossAt(x, y)), 5);
    }
  for (let m = 0; m < S * N; m++) {
    const [a, b] = [landscape.coordinates[2 * m]!, landscape.coordinates[2 * m + 1]!];
    expect(landscape.trueLoss[m]).toBeCloseTo(quadratic(history.snapshots, m * P, P), 4);
    expect(landscape.planeLoss[m]).toBeCloseTo(lossAt(a, b), 4);
    // Pythagoras: the projection splits the distance from the origin.
    let squares = 0;
    for (let p = 0; p < P; p++) squares += (history.snapshots[m * P + p]! - plane.origin[p]!) ** 2;
    expect(a * a + b * b + landscape.offPlane[m]! ** 2).toBeCloseTo(squares, 4);
  }
  expect(landscape.trueLoss).not.toEqual(landscape.planeLoss);
});

test('explained variance is of all snapshots, its null of the starts alone', async () => {
  const [S, N, P] = [5, 8, 6];
  const history = descentHistory(S, N, P);
  const evaluateTrain = evaluateWith(P);
  const { landscape } = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain,
    evaluateTest: null,
  });
  const { snapshots } = history;
  expect(landscape.explainedVariance).toEqual(
    principalComponents(snapshots, S * N, P, 2).explainedVariance,
  );
  expect(landscape.nullExplainedVariance).toEqual(
    principalComponents(snapshots.slice(0, N * P), N, P, 2).explainedVariance,
  );
  // The share of the plane is one minus what is off it.
  let [on, off] = [0, 0];
  for (let m = 0; m < S * N; m++) {
    on += landscape.coordinates[2 * m]! ** 2 + landscape.coordinates[2 * m + 1]! ** 2;
    off += landscape.offPlane[m]! ** 2;
  }
  const [first, second] = landscape.explainedVariance;
  expect(first! + second!).toBeCloseTo(on / (on + off), 5);
  expect(landscape.method).toBe('covariance');
  expect(landscape.testLoss).toBeNull();
  expect(landscape.accuracy).toBeNull();
});

test('more weights than snapshots: the Gram matrix, the same landscape', async () => {
  const { landscape } = await buildLandscape({
    experiment: experiment(),
    history: descentHistory(3, 4, 40),
    evaluateTrain: evaluateWith(40),
    evaluateTest: null,
  });
  expect(landscape.method).toBe('gram');
  expect(landscape.explainedVariance).toHaveLength(10);
});

test('two weights: the plane is the weights, and every snapshot is on the surface', async () => {
  const history = descentHistory(4, 3, 2);
  const { landscape, plane } = await buildLandscape({
    experiment: experiment(7, 'weights'),
    history,
    evaluateTrain: evaluateWith(2),
    evaluateTest: null,
  });
  expect([...plane.origin, ...plane.directions]).toEqual([0, 0, 1, 0, 0, 1]);
  expect(landscape.coordinates).toEqual(history.snapshots);
  expect(Math.max(...landscape.offPlane)).toBe(0);
  expect(landscape.planeLoss).toEqual(landscape.trueLoss);
  expect(landscape.method).toBe('none');
  expect(landscape.explainedVariance).toEqual([]);
});

test('blocks hold to their bound and change nothing', async () => {
  const [P, blockBytes] = [6, 5 * 6 * 4];
  const history = descentHistory(4, 5, P);
  const whole = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain: evaluateWith(P),
    evaluateTest: null,
  });
  const evaluateTrain = evaluateWith(P);
  const inBlocks = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain,
    evaluateTest: null,
    blockBytes,
  });
  expect(inBlocks).toEqual(whole);
  const sizes = evaluateTrain.mock.calls.map(([weights]) => weights.length / P);
  expect(Math.max(...sizes)).toBe(5);
  expect(sizes.reduce((a, b) => a + b)).toBe(20 + 20 + 49);
});

test('progress counts every evaluation once, up to the total', async () => {
  const seen: [number, number][] = [];
  await buildLandscape({
    experiment: experiment(),
    history: descentHistory(4, 5, 6),
    evaluateTrain: evaluateWith(6),
    evaluateTest: evaluateWith(6),
    onProgress: (done, total) => seen.push([done, total]),
    blockBytes: 240,
  });
  const total = 20 + 20 + 2 * 49;
  expect(seen.at(-1)).toEqual([total, total]);
  for (const [i, [done]] of seen.entries()) expect(done).toBeGreaterThan(seen[i - 1]?.[0] ?? 0);
});

test('an aborted signal stops it between two blocks', async () => {
  const controller = new AbortController();
  const evaluateTrain = evaluateWith(6);
  const building = buildLandscape({
    experiment: experiment(),
    history: descentHistory(4, 5, 6),
    evaluateTrain,
    evaluateTest: null,
    onProgress: (done) => done >= 20 && controller.abort(new Error('stopped by the reader')),
    signal: controller.signal,
    blockBytes: 240,
  });
  await expect(building).rejects.toThrow('stopped by the reader');
  expect(evaluateTrain).toHaveBeenCalledTimes(2);
});

test('a diverged network changes neither plane nor grid, and its lost snapshots are NaN', async () => {
  const [S, N, P] = [4, 5, 6];
  const history = descentHistory(S, N, P);
  const reference = await buildLandscape({
    experiment: experiment(),
    history: withoutNetworkAfterStart(history),
    evaluateTrain: evaluateWith(P),
    evaluateTest: null,
  });
  // Network 4 grows beyond bounds, then is lost.
  history.divergedAt[4] = 15;
  const at = (snapshot: number) => (snapshot * N + 4) * P;
  history.snapshots.fill(1e15, at(1), at(1) + P);
  history.snapshots.fill(Infinity, at(2), at(2) + P);
  history.snapshots.fill(NaN, at(3), at(3) + P);
  const evaluateTrain = evaluateWith(P);
  const { landscape, plane } = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain,
    evaluateTest: null,
  });
  expect(plane).toEqual(reference.plane);
  expect(landscape.xs).toEqual(reference.landscape.xs);
  expect(landscape.loss).toEqual(reference.landscape.loss);
  const lost = [2 * N + 4, 3 * N + 4];
  for (let m = 0; m < S * N; m++) {
    const values = [
      landscape.coordinates[2 * m],
      landscape.coordinates[2 * m + 1],
      landscape.offPlane[m],
      landscape.trueLoss[m],
      landscape.planeLoss[m],
    ];
    expect(values.map(Number.isNaN)).toEqual(Array(5).fill(lost.includes(m)));
  }
  for (const [weights] of evaluateTrain.mock.calls)
    expect(weights.every(Number.isFinite)).toBe(true);
});

/** The same history with network 4 held at its start by leaving its later snapshots out of the fit. */
function withoutNetworkAfterStart(history: ReturnType<typeof descentHistory>) {
  const snapshots = history.snapshots.slice();
  const { networks: N, parameters: P } = history;
  for (let s = 1; s < history.snapshotSteps.length; s++)
    snapshots.fill(NaN, (s * N + 4) * P, (s * N + 5) * P);
  return { ...history, snapshots };
}

test('nothing finite to draw is told in a sentence', async () => {
  const history = descentHistory(2, 2, 3);
  history.snapshots.fill(NaN);
  const building = buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain: evaluateWith(3),
    evaluateTest: null,
  });
  await expect(building).rejects.toThrow('every snapshot holds NaN or infinity');
});

test('starts that are all alike have no null, and no NaN in its place', async () => {
  const [S, N, P] = [3, 4, 5];
  const history = descentHistory(S, N, P);
  history.snapshots.fill(0, 0, N * P);
  const { landscape } = await buildLandscape({
    experiment: experiment(),
    history,
    evaluateTrain: evaluateWith(P),
    evaluateTest: null,
  });
  expect(landscape.nullExplainedVariance).toEqual([]);
});
