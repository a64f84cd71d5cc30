// Truth: every pair on its own, one line after the other; and networks that are the same but for their order.
import { beforeAll, expect, it } from 'vitest';
import { barriersOf, errorsOf } from '../../../../src/landscape/paths/barrier.ts';
import { barrierMatrix } from '../../../../src/landscape/paths/barrier-matrix.ts';
import { createInterpolator, evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import type { Interpolator } from '../../../../src/landscape/paths/interpolation.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import {
  networkOf,
  randomNetworks,
  randomSamples,
  randomVector,
  relativeError,
} from '../curvature/small-networks.ts';

const N = 5;
const alphas = evenAlphas(7);

const executor = await cpuExecutor(1);
let train: Interpolator;
let test: Interpolator;
let weights: Float32Array;
let P: number;
beforeAll(async () => {
  const made = randomNetworks(executor, networkOf([2, 4, 2]), N);
  ({ weights, P } = made);
  train = await createInterpolator(made.options, { alphas });
  test = await createInterpolator(
    { ...made.options, samples: randomSamples(10, 2, 2) },
    { alphas },
  );
});

const row = (n: number) => weights.slice(n * P, (n + 1) * P);
const pairs = Array.from({ length: N }, (_, i) =>
  Array.from({ length: N - 1 - i }, (_, k) => [i, i + 1 + k] as const),
).flat();

it('holds the barrier of each pair, measured alone, on either side of a diagonal of zeros', async () => {
  const matrix = await barrierMatrix({ train, test, weights, networks: N });
  const expected = Array.from({ length: 4 }, () => new Float64Array(N * N));
  const meanPath = new Float64Array(alphas.length);
  for (const [i, j] of pairs) {
    const onTrain = await train.along(row(i), row(j));
    const onTest = await test.along(row(i), row(j));
    const measured = [
      barriersOf(onTrain.loss, alphas),
      barriersOf(onTest.loss, alphas),
      barriersOf(errorsOf(onTrain.accuracy!), alphas),
      barriersOf(errorsOf(onTest.accuracy!), alphas),
    ];
    measured.forEach(({ barrier }, k) => {
      expected[k]![i * N + j] = expected[k]![j * N + i] = barrier[0]!;
    });
    onTrain.loss.forEach((loss, t) => (meanPath[t]! += loss / pairs.length));
  }
  const found = [matrix.train, matrix.test!, matrix.trainError!, matrix.testError!];
  found.forEach((values, k) => expect(relativeError(values, expected[k]!)).toBeLessThan(1e-6));
  expect(relativeError(matrix.meanPath, meanPath)).toBeLessThan(1e-6);
  // Random networks are apart, or the comparison above would be one of zeros.
  expect(Math.max(...matrix.train)).toBeGreaterThan(0.1);
  expect(Math.max(...matrix.trainError!)).toBeGreaterThan(0.05);
});

it('goes from network i to network j as it was aligned to i, each pair once', async () => {
  const asked: string[] = [];
  // Network j moved a third of the way to i: another line for every pair, and not the same both ways.
  const aligned = (i: number, j: number) => {
    asked.push(`${i}-${j}`);
    return row(j).map((weight, p) => (2 * weight + row(i)[p]!) / 3);
  };
  const { train: found } = await barrierMatrix({
    train,
    test: null,
    weights,
    networks: N,
    aligned,
  });
  expect(asked.toSorted()).toEqual(pairs.map(([i, j]) => `${i}-${j}`).toSorted());
  for (const [i, j] of pairs) {
    const { loss } = await train.along(row(i), aligned(i, j));
    expect(found[i * N + j]).toBeCloseTo(barriersOf(loss, alphas).barrier[0]!, 6);
  }
});

it('is zero between copies whose units were exchanged, once they are in order again', async () => {
  // Copies of network 0, 2-4-2, with the hidden units rotated by n places: in, bias and out move together.
  const rotated = (n: number) => {
    const own = row(0);
    const unit = (h: number) => (h + n) % 4;
    return Float32Array.from({ length: P }, (_, p) => {
      if (p < 8) return own[Math.floor(p / 4) * 4 + unit(p % 4)]!;
      if (p < 12) return own[8 + unit(p - 8)]!;
      return p < 20 ? own[12 + 2 * unit(Math.floor((p - 12) / 2)) + (p % 2)]! : own[p]!;
    });
  };
  const copies = new Float32Array(3 * P);
  for (let n = 0; n < 3; n++) copies.set(rotated(n), n * P);
  const apart = await barrierMatrix({ train, test: null, weights: copies, networks: 3 });
  const together = await barrierMatrix({
    train,
    test: null,
    weights: copies,
    networks: 3,
    aligned: (i) => rotated(i),
  });
  expect(Math.min(apart.train[1]!, apart.train[2]!, apart.train[5]!)).toBeGreaterThan(0.01);
  for (const barrier of together.train) expect(barrier).toBeLessThan(1e-6);
});

/** An interpolator of one-weight networks with the loss of a double well, (w^2 - 1)^2; regression. */
const doubleWell = (onAlong: () => void = () => {}): Interpolator => ({
  alphas,
  along: async (from, to) => {
    onAlong();
    const loss = [...from].flatMap((start, c) =>
      alphas.map((a) => (((1 - a) * start + a * to[c]!) ** 2 - 1) ** 2),
    );
    return { loss: Float32Array.from(loss), accuracy: null };
  },
  dispose() {},
});

it('of two wells is the ridge between them, and has no errors for a regression', async () => {
  const wells = Float32Array.of(-1, 1, -1);
  const matrix = await barrierMatrix({
    train: doubleWell(),
    test: null,
    weights: wells,
    networks: 3,
  });
  expect([...matrix.train]).toEqual([0, 1, 0, 1, 0, 1, 0, 1, 0]);
  expect([matrix.test, matrix.trainError, matrix.testError]).toEqual([null, null, null]);
});

it('of more pairs than go at once is that of each, and its mean path is over all', async () => {
  const many = 18;
  const places = randomVector(many, 4);
  const { train: found, meanPath } = await barrierMatrix({
    train: doubleWell(),
    test: null,
    weights: places,
    networks: many,
  });
  const mean = new Float64Array(alphas.length);
  for (let i = 0; i < many; i++)
    for (let j = i + 1; j < many; j++) {
      const [a, b] = [places[i]!, places[j]!];
      const loss = alphas.map((t) => (((1 - t) * a + t * b) ** 2 - 1) ** 2);
      const rises = loss.map((l, t) => l - (1 - alphas[t]!) * loss[0]! - alphas[t]! * loss.at(-1)!);
      expect(found[i * many + j]).toBeCloseTo(Math.max(...rises), 5);
      expect(found[j * many + i]).toBe(found[i * many + j]);
      loss.forEach((l, t) => (mean[t]! += l / 153));
    }
  expect(relativeError(meanPath, mean)).toBeLessThan(1e-6);
});

it('says how far it is, and stops between blocks of pairs when it is told to', async () => {
  const many = { weights: new Float32Array(18).fill(1), networks: 18, test: null };
  const progress: string[] = [];
  const onProgress = (done: number, total: number) => void progress.push(`${done}/${total}`);
  await barrierMatrix({ ...many, train: doubleWell(), onProgress });
  expect(progress.at(-1)).toBe('153/153');
  expect(progress.length).toBeGreaterThan(1);

  const stop = new AbortController();
  let calls = 0;
  const counting = doubleWell(() => void calls++);
  const stopped = barrierMatrix({
    ...many,
    train: counting,
    signal: stop.signal,
    onProgress: () => stop.abort(new Error('enough')),
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(calls).toBe(1);
});

it.each([
  ['a single network', 1, 4],
  ['half a network', 2, 5],
])('refuses %s in a sentence', async (_, networks, length) => {
  const options = { train: doubleWell(), test: null, weights: new Float32Array(length), networks };
  await expect(barrierMatrix(options)).rejects.toThrow(
    `barriers between ${networks} networks with ${length} weights in all: expected at least two networks, all of the same size`,
  );
});

it('refuses an aligned network of another size in a sentence', async () => {
  const options = { train, test: null, weights, networks: N, aligned: () => weights };
  await expect(barrierMatrix(options)).rejects.toThrow(
    `network 1 aligned to 0 has ${N * P} weights: expected the ${P} of every network`,
  );
});
