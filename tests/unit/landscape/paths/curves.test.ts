// Truth: the curve's formula, central differences of its objective, one step by hand, and training that lowers the way.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileGraph, floats } from '../../../../src/engine/runtime/executor.ts';
import { barriersOf } from '../../../../src/landscape/paths/barrier.ts';
import {
  curvePoints,
  detours,
  evaluateCurves,
} from '../../../../src/landscape/paths/curve-points.ts';
import { curveSteps } from '../../../../src/landscape/paths/curve-graph.ts';
import { curveSpecSchema, type CurveShape } from '../../../../src/landscape/paths/curve-spec.ts';
import { curveWeights } from '../../../../src/landscape/paths/curve-weights.ts';
import { createInterpolator, evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { trainCurves } from '../../../../src/landscape/paths/train-curve.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { optimiserRule } from '../../../../src/learning/optimisers.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { trainedMoons, type TrainedMoons } from './trained-moons.ts';

describe('how much each point of a curve counts', () => {
  const ts = [0, 0.1, 0.25, 0.5, 0.8, 1];

  it.each(ts)('with one bend, at t = %d', (t) => {
    const bezier = [(1 - t) ** 2, 2 * t * (1 - t), t * t];
    curveWeights('bezier', 1, t).forEach((w, k) => expect(w).toBeCloseTo(bezier[k]!, 12));
    const polygon = t <= 0.5 ? [1 - 2 * t, 2 * t, 0] : [0, 2 - 2 * t, 2 * t - 1];
    curveWeights('polygon', 1, t).forEach((w, k) => expect(w).toBeCloseTo(polygon[k]!, 12));
  });

  it.each(['bezier', 'polygon'] as const)(
    'a %s counts its points to 1, whatever the bends',
    (shape) => {
      for (const bends of [1, 2, 5])
        for (const t of ts) {
          const shares = curveWeights(shape, bends, t);
          expect(shares).toHaveLength(bends + 2);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
          expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
        }
    },
  );

  it('a polygon passes through its bends, a Bezier curve of even points is the straight line', () => {
    expect(curveWeights('polygon', 3, 0.5)).toEqual([0, 0, 1, 0, 0]);
    const place = (t: number) =>
      curveWeights('bezier', 3, t).reduce((sum, share, k) => sum + (share * k) / 4, 0);
    for (const t of ts) expect(place(t)).toBeCloseTo(t, 12);
  });

  it('refuses a point beyond the ends', () =>
    expect(() => curveWeights('bezier', 1, 1.01)).toThrow('at t = 1.01: expected 0 to 1'));
});

let moons: TrainedMoons;
beforeAll(async () => {
  moons = await trainedMoons();
});
afterAll(() => moons.executor.dispose());

const specOf = (settings: object) => curveSpecSchema.parse({ steps: 8, seed: 3, ...settings });

describe('points of curves', () => {
  it('begin and end exactly in the networks', () => {
    const [from, to] = [moons.rows(0, 1), moons.rows(2, 3)];
    const bends = Float32Array.from({ length: 2 * from.length }, (_, i) => Math.sin(i));
    const P = moons.parameters;
    for (const shape of ['bezier', 'polygon'] as const) {
      const points = curvePoints({ shape, from, to, bends }, [0, 1], P);
      expect(points.slice(0, P)).toEqual(moons.row(0));
      expect(points.slice(P, 2 * P)).toEqual(moons.row(2));
      expect(points.slice(3 * P)).toEqual(moons.row(3));
    }
  });

  it('make no detour on the straight line, and the two legs of a right angle by way of a corner', () => {
    const [from, to] = [Float32Array.of(0, 0), Float32Array.of(3, 4)];
    const ts = evenAlphas(101);
    const length = (shape: CurveShape, bends: number[]) =>
      detours({ shape, from, to, bends: Float32Array.from(bends) }, ts, 2)[0]!;
    expect(length('bezier', [1.5, 2])).toBeCloseTo(1, 6);
    expect(length('polygon', [3, 0])).toBeCloseTo(7 / 5, 6);
    expect(length('bezier', [3, 0])).toBeGreaterThan(1);
    expect(length('bezier', [3, 0])).toBeLessThan(7 / 5);
  });
});

describe('the training of curves', () => {
  it('descends along the gradient that central differences of the objective have', async () => {
    const { network, loss, samples, executor } = moons.options;
    const P = moons.parameters;
    const [features, outputs] = [2, 2];
    const [bends, t] = [2, 0.3];
    const rule = optimiserRule({ kind: 'sgd' }, 0);
    const program = await compileGraph(
      executor,
      curveSteps({
        network,
        loss,
        rule,
        curves: 1,
        bends,
        batch: samples.count,
        steps: 1,
        sameBatch: true,
      }),
    );
    const from = moons.row(0);
    const to = moons.row(1);
    const theta = Float32Array.from({ length: bends * P }, (_, i) => 0.5 * Math.sin(3 * i + 1));
    const results = await program.run({
      from: floats([1, P], from),
      to: floats([1, P], to),
      weights: floats([1, bends * P], theta),
      shares: floats([1, bends + 2], Float32Array.from(curveWeights('bezier', bends, t))),
      scalars: floats([1, 1], Float32Array.of(1)),
      inputs: floats([1, samples.count, features], samples.inputs),
      targets: floats([1, samples.count, outputs], samples.targets),
    });
    const next = (await results['next-weights']!.read()) as Float32Array;
    const drawn = (await results['loss']!.read()) as Float32Array;
    program.dispose();
    const evaluator = await createEvaluator(moons.options);
    const objective = async (values: Float32Array) => {
      const at = curvePoints({ shape: 'bezier', from, to, bends: values }, [t], P);
      return (await evaluator.evaluate(at)).loss[0]!;
    };
    expect(drawn[0]).toBeCloseTo(await objective(theta), 5);
    const scale = Math.max(...theta.map((value, i) => Math.abs(value - next[i]!)));
    for (const i of [0, 7, P - 1, P + 3, 2 * P - 2]) {
      const step = 0.02;
      const moved = (by: number) => {
        const copy = theta.slice();
        copy[i]! += by;
        return objective(copy);
      };
      const slope = ((await moved(step)) - (await moved(-step))) / (2 * step);
      // With a step size of 1, the step is the gradient.
      expect((theta[i]! - next[i]! - slope) / scale).toBeCloseTo(0, 2);
    }
    evaluator.dispose();
  });

  it('draws for each curve its own points, whatever others are trained beside it', async () => {
    const spec = specOf({ batchSize: 16 });
    const train = (from: Float32Array, to: Float32Array) =>
      trainCurves({ ...moons.options, from, to, spec });
    const three = await train(moons.rows(0, 1, 2), moons.rows(3, 4, 5));
    const first = await train(moons.row(0), moons.row(3));
    const again = await train(moons.rows(0, 1, 2), moons.rows(3, 4, 5));
    const P = moons.parameters;
    first.bends.forEach((value, p) => expect(three.bends[p]).toBeCloseTo(value, 5));
    first.losses.forEach((value, k) => expect(three.losses[k]).toBeCloseTo(value, 5));
    expect(again.bends).toEqual(three.bends);
    expect(three.bends).toHaveLength(3 * P);
    const other = await trainCurves({
      ...moons.options,
      from: moons.row(0),
      to: moons.row(3),
      spec: specOf({ batchSize: 16, seed: 4 }),
    });
    expect(other.bends).not.toEqual(first.bends);
  });

  it('begins on the straight line at the point drawn first', async () => {
    const spec = specOf({ steps: 1, bends: 2 });
    const ends = { from: moons.row(0), to: moons.row(1) };
    const { losses } = await trainCurves({ ...moons.options, ...ends, spec });
    const t = randomStream(spec.seed, 'curve', 0).uniform();
    const line = await createInterpolator(moons.options, { alphas: [t] });
    const straight = await line.along(ends.from, ends.to);
    line.dispose();
    expect(losses[0]! / straight.loss[0]!).toBeCloseTo(1, 4);
  });

  it.each(['bezier', 'polygon'] as const)(
    'finds by a %s a way around the barrier of the straight line',
    async (shape) => {
      const ends = { from: moons.rows(0, 2, 4), to: moons.rows(1, 3, 5) };
      const ts = evenAlphas(41);
      const line = await createInterpolator(moons.options, { alphas: ts });
      const straight = barriersOf((await line.along(ends.from, ends.to)).loss, ts).barrier;
      line.dispose();
      const spec = specOf({ shape, steps: 400, learningRate: 0.02 });
      const { bends } = await trainCurves({ ...moons.options, ...ends, spec });
      const evaluator = await createEvaluator(moons.options);
      const curve = await evaluateCurves({ shape, ...ends, bends }, ts, moons.parameters, (at) =>
        evaluator.evaluate(at),
      );
      evaluator.dispose();
      const round = barriersOf(curve.loss, ts).barrier;
      const mean = (values: Float64Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
      expect(mean(straight)).toBeGreaterThan(0.1);
      expect(mean(round)).toBeLessThan(0.25 * mean(straight));
    },
  );

  it('can be stopped, and refuses ends that do not fit', async () => {
    const ends = { from: moons.row(0), to: moons.row(1) };
    const signal = AbortSignal.abort(new Error('stop'));
    await expect(
      trainCurves({ ...moons.options, ...ends, spec: specOf({}), signal }),
    ).rejects.toThrow('stop');
    await expect(
      trainCurves({ ...moons.options, from: moons.row(0), to: moons.weights, spec: specOf({}) }),
    ).rejects.toThrow(/expected as many networks of \d+ weights on either side/);
  });
});
