// Truth: networks on the line made one by one and evaluated alone; a quadratic loss in closed form.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barrierMatrix } from '../../../../src/landscape/paths/barrier-matrix.ts';
import { barriersOf, errorsOf } from '../../../../src/landscape/paths/barrier.ts';
import { createInterpolator, evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { normals, regression } from '../truths/on-the-engine.ts';
import { trainedMoons, type TrainedMoons } from './trained-moons.ts';

let moons: TrainedMoons;
beforeAll(async () => {
  moons = await trainedMoons();
});
afterAll(() => moons.executor.dispose());

describe('losses along lines', () => {
  it('are those of the networks on them, each evaluated by itself; the ends exactly', async () => {
    const alphas = [0, 0.2, 0.7, 1, 1.5];
    const line = await createInterpolator(moons.options, { alphas });
    const [from, to] = [moons.rows(0, 2, 4), moons.rows(1, 3, 5)];
    const { loss, accuracy } = await line.along(from, to);
    line.dispose();
    const evaluator = await createEvaluator(moons.options);
    for (let c = 0; c < 3; c++)
      for (const [t, alpha] of alphas.entries()) {
        const at = moons
          .row(2 * c)
          .map((w, p) => (1 - alpha) * w + alpha * moons.row(2 * c + 1)[p]!);
        const alone = await evaluator.evaluate(at);
        if (alpha === 0 || alpha === 1) expect(loss[c * 5 + t]).toBe(alone.loss[0]);
        expect(loss[c * 5 + t]! / alone.loss[0]! - 1).toBeCloseTo(0, 5);
        expect(accuracy![c * 5 + t]).toBeCloseTo(alone.accuracy![0]!, 6);
      }
    evaluator.dispose();
  });

  it('of a quadratic loss are the parabola through three of its points, without a barrier', async () => {
    const count = 20;
    const network = { sizes: [3, 2], activation: 'linear', residual: false, bias: true } as const;
    const samples = regression(count, normals(count * 3, 'x'), normals(count * 2, 'y'));
    const alphas = evenAlphas(9);
    const line = await createInterpolator(
      { executor: moons.executor, network, loss: 'mean-squared-error', samples },
      { alphas },
    );
    const { loss, accuracy } = await line.along(normals(8, 'from', 2), normals(8, 'to', 2));
    line.dispose();
    expect(accuracy).toBeNull();
    const [a, m, b] = [loss[0]!, loss[4]!, loss[8]!];
    for (const [t, alpha] of alphas.entries()) {
      const lagrange =
        a * (1 - alpha) * (1 - 2 * alpha) +
        4 * m * alpha * (1 - alpha) +
        b * alpha * (2 * alpha - 1);
      expect(loss[t]! / lagrange).toBeCloseTo(1, 5);
    }
    expect(a + b).toBeGreaterThan(2 * m);
    expect(barriersOf(loss, alphas).barrier[0]).toBe(0);
  });

  it('refuse numbers that are no points', async () => {
    await expect(createInterpolator(moons.options, { alphas: [] })).rejects.toThrow(
      /a line at 0 points/,
    );
    await expect(createInterpolator(moons.options, { alphas: [0, NaN] })).rejects.toThrow(
      /expected finite numbers/,
    );
  });
});

describe('the matrix of barriers', () => {
  const alphas = evenAlphas(7);

  it('equals its pairs one at a time, is symmetric, and has nothing on its diagonal', async () => {
    const train = await createInterpolator(moons.options, { alphas });
    const seen: number[] = [];
    const matrix = await barrierMatrix({
      train,
      test: train,
      weights: moons.weights,
      networks: moons.networks,
      onProgress: (done, total) => seen.push(done / total),
    });
    const N = moons.networks;
    const sums = new Float64Array(7);
    for (let i = 0; i < N; i++)
      for (let j = 0; j < N; j++) {
        const at = i * N + j;
        expect(matrix.train[at]).toBe(matrix.train[j * N + i]);
        if (i === j) expect(matrix.train[at]).toBe(0);
        if (i >= j) continue;
        const alone = await train.along(moons.row(i), moons.row(j));
        const [loss, error] = [alone.loss, errorsOf(alone.accuracy!)].map(
          (values) => barriersOf(values, alphas).barrier[0]!,
        );
        expect(matrix.train[at]).toBeCloseTo(loss!, 6);
        expect(matrix.trainError![at]).toBeCloseTo(error!, 6);
        alone.loss.forEach((value, t) => (sums[t]! += value / 15));
      }
    train.dispose();
    expect([...matrix.test!]).toEqual([...matrix.train]);
    expect([...matrix.testError!]).toEqual([...matrix.trainError!]);
    sums.forEach((value, t) => expect(matrix.meanPath[t]).toBeCloseTo(value, 5));
    expect(Math.max(...matrix.train)).toBeGreaterThan(0.05);
    expect(seen.at(-1)).toBe(1);
  });

  it('takes the second network of each pair as it is aligned: to the first itself, no barrier', async () => {
    const train = await createInterpolator(moons.options, { alphas });
    const asked: string[] = [];
    const matrix = await barrierMatrix({
      train,
      test: null,
      weights: moons.weights,
      networks: moons.networks,
      aligned: (i, j) => {
        asked.push(`${i}-${j}`);
        return moons.row(i);
      },
    });
    train.dispose();
    expect(Math.max(...matrix.train)).toBeLessThan(1e-6);
    expect(matrix.test).toBeNull();
    expect(asked).toHaveLength(15);
    expect(asked[0]).toBe('0-1');
  });

  it('can be stopped, and refuses a single network', async () => {
    const train = await createInterpolator(moons.options, { alphas });
    const rest = { train, test: null };
    const stopped = AbortSignal.abort(new Error('stop'));
    await expect(
      barrierMatrix({ ...rest, weights: moons.weights, networks: 6, signal: stopped }),
    ).rejects.toThrow('stop');
    await expect(barrierMatrix({ ...rest, weights: moons.row(0), networks: 1 })).rejects.toThrow(
      /barriers between 1 networks .*: expected at least two networks, all of the same size/,
    );
    train.dispose();
  });
});
