// Truth: central finite differences of the loss in float64, and steps done one by one.
import { describe, expect, it } from 'vitest';
import { evaluateReference } from '../../../fixtures/evaluate-reference.ts';
import { curveSteps } from '../../../../src/landscape/paths/curve-graph.ts';
import { curvePoints } from '../../../../src/landscape/paths/curve-points.ts';
import type { CurveShape } from '../../../../src/landscape/paths/curve-spec.ts';
import { curveWeights } from '../../../../src/landscape/paths/curve-weights.ts';
import { input } from '../../../../src/engine/graph/index.ts';
import type { Optimiser } from '../../../../src/learning/experiment.ts';
import { parameterCount } from '../../../../src/learning/network-shape.ts';
import { optimiserRule } from '../../../../src/learning/optimisers.ts';
import { lossAndGradient, stateNames } from '../../../../src/learning/training-graph.ts';
import {
  networkOf,
  randomSamples,
  randomVector,
  relativeError,
} from '../curvature/small-networks.ts';

const [curves, bends, batch] = [2, 2, 6];
const network = networkOf([2, 3, 2]);
const P = parameterCount(network);
const samples = randomSamples(3 * batch, 2, 2);
const ends = { from: randomVector(curves * P, 1), to: randomVector(curves * P, 2) };
const theta = Float64Array.from(randomVector(curves * bends * P, 3));
const rate = 0.05;

type Feeds = Record<string, ArrayLike<number>>;

/** `steps` steps in float64 with the t of each step and curve, `[steps][curves]`; what comes out, by name. */
function run(
  shape: CurveShape,
  optimiser: Optimiser,
  ts: readonly (readonly number[])[],
  state: Feeds,
  from = 0,
): Record<string, Float64Array> {
  const rule = optimiserRule(optimiser, 0);
  const steps = ts.length;
  const graph = curveSteps({
    network,
    loss: 'cross-entropy',
    rule,
    curves,
    bends,
    batch,
    steps,
    sameBatch: false,
  });
  const rows = (values: Float32Array, width: number) =>
    values.subarray(from * batch * width, (from + steps) * batch * width);
  const feeds: Feeds = {
    ...ends,
    ...state,
    inputs: rows(samples.inputs, 2),
    targets: rows(samples.targets, 2),
    scalars: ts.flatMap((_, k) => rule.schedule(from + k + 1, rate)),
    shares: Array.from({ length: curves }, (_, c) =>
      ts.map((drawn) => curveWeights(shape, bends, drawn[c]!)),
    ).flat(3),
  };
  const values = evaluateReference(Object.values(graph), feeds);
  return Object.fromEntries(Object.keys(graph).map((name, k) => [name, values[k]!]));
}

describe.each<CurveShape>(['bezier', 'polygon'])('a %s', (shape) => {
  // On the polygon, 0.2 lies on the first piece and 0.7 on the last: in either case one bend does not count.
  const ts = [[0.2, 0.7]];

  it('has the loss of the network at its point', () => {
    const { loss } = run(shape, { kind: 'sgd' }, ts, { weights: theta });
    const curve = { shape, ...ends, bends: Float32Array.from(theta) };
    const points = curvePoints(curve, ts[0]!, P);
    const own = Float32Array.from(
      [0, 1].flatMap((c) => [...points.subarray(3 * c * P, (3 * c + 1) * P)]),
    );
    const [inputs, targets] = [input('inputs', [1, batch, 2]), input('targets', [1, batch, 2])];
    const measured = lossAndGradient(
      network,
      'cross-entropy',
      input('weights', [2, P]),
      inputs,
      targets,
    );
    const [expected] = evaluateReference([measured.loss], {
      weights: own,
      inputs: samples.inputs.subarray(0, batch * 2),
      targets: samples.targets.subarray(0, batch * 2),
    });
    expect(relativeError(loss!, expected!)).toBeLessThan(1e-6);
  });

  it('descends by the gradient of that loss with respect to its bends', () => {
    const after = run(shape, { kind: 'sgd' }, ts, { weights: theta })['next-weights']!;
    const gradient = after.map((value, i) => (theta[i]! - value) / rate);
    const h = 1e-5;
    const expected = new Float64Array(theta.length);
    for (let p = 0; p < bends * P; p++) {
      // The curves are independent: one coordinate of each is moved at a time.
      const losses = [h, -h].map((by) => {
        const moved = theta.slice();
        for (let c = 0; c < curves; c++) moved[c * bends * P + p]! += by;
        return run(shape, { kind: 'sgd' }, ts, { weights: moved }).loss!;
      });
      for (let c = 0; c < curves; c++)
        expected[c * bends * P + p] = (losses[0]![c]! - losses[1]![c]!) / (2 * h);
    }
    expect(relativeError(gradient, expected)).toBeLessThan(1e-8);
    expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(0.01);
  });
});

it('several steps in one graph are as many graphs of one step, with the optimiser state handed on', () => {
  const optimiser = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
  const ts = [
    [0.2, 0.7],
    [0.9, 0.4],
    [0.5, 0.1],
  ];
  const names = stateNames(optimiserRule(optimiser, 0));
  const zeros = new Float64Array(theta.length);
  let state: Feeds = Object.fromEntries(names.map((name) => [name, zeros]));
  state.weights = theta;
  const together = run('bezier', optimiser, ts, state);
  const losses = ts.map((drawn, step) => {
    const next = run('bezier', optimiser, [drawn], state, step);
    state = Object.fromEntries(names.map((name) => [name, next[`next-${name}`]!]));
    return [...next.loss!];
  });
  for (const name of names) {
    expect(relativeError(together[`next-${name}`]!, state[name]!)).toBeLessThan(1e-12);
  }
  // [C, steps].
  const byCurve = [0, 1].flatMap((c) => losses.map((step) => step[c]!));
  expect(relativeError(together.loss!, byCurve)).toBeLessThan(1e-12);
});

it('momentum is carried from step to step: v <- mu v + g, theta <- theta - eta v', () => {
  const ts = [
    [0.2, 0.7],
    [0.9, 0.4],
  ];
  const gradientAt = (weights: Float64Array, step: number) => {
    const after = run('bezier', { kind: 'sgd' }, [ts[step]!], { weights }, step)['next-weights']!;
    return after.map((value, i) => (weights[i]! - value) / rate);
  };
  const first = gradientAt(theta, 0);
  const middle = theta.map((value, i) => value - rate * first[i]!);
  const second = gradientAt(middle, 1);
  const expected = middle.map((value, i) => value - rate * (0.9 * first[i]! + second[i]!));
  const state = { weights: theta, 'slot-0': new Float64Array(theta.length) };
  const found = run('bezier', { kind: 'momentum', momentum: 0.9 }, ts, state);
  expect(relativeError(found['next-weights']!, expected)).toBeLessThan(1e-12);
});
