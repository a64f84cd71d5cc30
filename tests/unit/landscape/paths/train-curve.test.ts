// Truth: the seeded draws of t and of batches, and curves that are trained alone.
import { expect, it } from 'vitest';
import { evaluateReference } from '../../../fixtures/evaluate-reference.ts';
import { curveSteps } from '../../../../src/landscape/paths/curve-graph.ts';
import { curvePoints } from '../../../../src/landscape/paths/curve-points.ts';
import { curveSpecSchema } from '../../../../src/landscape/paths/curve-spec.ts';
import { curveWeights } from '../../../../src/landscape/paths/curve-weights.ts';
import { trainCurves } from '../../../../src/landscape/paths/train-curve.ts';
import type { CurveTrainingOptions } from '../../../../src/landscape/paths/train-curve.ts';
import { gatherRows } from '../../../../src/landscape/rows.ts';
import { batchOrder } from '../../../../src/learning/batches.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { optimiserRule } from '../../../../src/learning/optimisers.ts';
import { parseBySchema } from '../../../../src/learning/parse-by-schema.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { stateNames } from '../../../../src/learning/training-graph.ts';
import { networkOf, randomNetworks, relativeError } from '../curvature/small-networks.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor(2);

const specOf = (settings: object) => parseBySchema(curveSpecSchema, settings, 'test', 'the curve');

async function evaluate(options: LossOptions, weights: Float32Array) {
  const evaluator = await createEvaluator(options);
  const { loss } = await evaluator.evaluate(weights);
  evaluator.dispose();
  return loss;
}

/** Curves between the first C and the last C of 2 C random networks. */
function randomEnds(C: number): Pick<CurveTrainingOptions, 'from' | 'to'> & {
  readonly P: number;
  readonly options: LossOptions;
} {
  const { options, P, weights } = randomNetworks(executor, networkOf([2, 4, 2]), 2 * C);
  return { options, P, from: weights.slice(0, C * P), to: weights.slice(C * P) };
}

it.each([1, 3])('bends start evenly on the straight line: %d', async (bends) => {
  const { options, P, from, to } = randomEnds(2);
  const still = specOf({ bends, steps: 1, learningRate: 1e-30, optimiser: { kind: 'sgd' } });
  const { bends: start } = await trainCurves({ ...options, from, to, spec: still });
  const expected = Float32Array.from({ length: 2 * bends * P }, (_, i) => {
    const share = ((Math.floor(i / P) % bends) + 1) / (bends + 1);
    const at = Math.floor(i / (bends * P)) * P + (i % P);
    return (1 - share) * from[at]! + share * to[at]!;
  });
  expect(start).toEqual(expected);
});

it('each step records the loss at the t that its curve drew, on the batch of the step', async () => {
  const { options, P, from, to } = randomEnds(3);
  const { samples } = options;
  // Three batches an epoch, so that the fourth and the seventh step see new orders.
  const still = {
    steps: 7,
    batchSize: 8,
    learningRate: 1e-30,
    optimiser: { kind: 'sgd' },
    seed: 9,
  };
  const spec = specOf(still);
  const { bends, losses } = await trainCurves({ ...options, from, to, spec });
  for (let c = 0; c < 3; c++) {
    const stream = randomStream(9, 'curve', c);
    for (let step = 0; step < 7; step++) {
      const own = {
        shape: spec.shape,
        from: from.subarray(c * P, (c + 1) * P),
        to: to.subarray(c * P, (c + 1) * P),
        bends: bends.subarray(c * P, (c + 1) * P),
      };
      const order = batchOrder(spec, samples, Math.floor(step / 3));
      const rows = [...order.subarray((step % 3) * 8, (step % 3) * 8 + 8)];
      const batch = {
        count: 8,
        inputs: gatherRows(samples.inputs, 2, rows),
        targets: gatherRows(samples.targets, 2, rows),
        labels: null,
      };
      const point = curvePoints(own, [stream.uniform()], P);
      const [expected] = await evaluate({ ...options, samples: batch }, point);
      expect(losses[c * 7 + step]! / expected!).toBeCloseTo(1, 5);
    }
  }
});

it('seven steps of Adam are those of the graph in float64, fed step after step', async () => {
  const { options, P, from, to } = randomEnds(1);
  const { network, loss, samples } = options;
  const [batch, steps] = [8, 7];
  const spec = specOf({ steps, batchSize: batch, learningRate: 0.1, seed: 9 });
  const rule = optimiserRule(spec.optimiser, 0);
  const one = { network, loss, rule, curves: 1, bends: 1, batch, steps: 1, sameBatch: false };
  const graph = curveSteps(one);
  const middle = Float64Array.from(from, (weight, p) => (weight + to[p]!) / 2);
  let state: Record<string, Float64Array> = Object.fromEntries(
    stateNames(rule).map((name) => [name, name === 'weights' ? middle : new Float64Array(P)]),
  );
  const stream = randomStream(9, 'curve', 0);
  for (let step = 0; step < steps; step++) {
    const order = batchOrder(spec, samples, Math.floor(step / 3));
    const rows = [...order.subarray((step % 3) * batch, (step % 3) * batch + batch)];
    const next = evaluateReference(Object.values(graph), {
      ...state,
      from,
      to,
      inputs: gatherRows(samples.inputs, 2, rows),
      targets: gatherRows(samples.targets, 2, rows),
      shares: curveWeights('bezier', 1, stream.uniform()),
      scalars: rule.schedule(step + 1, spec.learningRate),
    });
    state = Object.fromEntries(stateNames(rule).map((name, k) => [name, next[k]!]));
  }
  const { bends } = await trainCurves({ ...options, from, to, spec });
  expect(relativeError(bends, state.weights!)).toBeLessThan(1e-4);
});

it('a curve does not depend on the curves beside it, nor on the chunks they are trained in', async () => {
  const { options, P, from, to } = randomEnds(4);
  const spec = specOf({ steps: 12, batchSize: 8 });
  const together = await trainCurves({ ...options, from, to, spec });
  const one = { from: from.slice(0, P), to: to.slice(0, P) };
  const first = await trainCurves({ ...options, ...one, spec });
  expect(relativeError(together.bends.subarray(0, P), first.bends)).toBeLessThan(1e-5);
  expect(relativeError(together.losses.subarray(0, 12), first.losses)).toBeLessThan(1e-5);

  // The last of four keeps its own draws when those before it are others.
  const others = { from: from.slice(), to: to.slice() };
  others.from.copyWithin(0, P, 3 * P);
  others.to.copyWithin(0, P, 3 * P);
  const beside = await trainCurves({ ...options, ...others, spec });
  const last = (values: Float32Array, width: number) => values.subarray(3 * width, 4 * width);
  expect(relativeError(last(beside.bends, P), last(together.bends, P))).toBeLessThan(1e-5);

  const chunked = await trainCurves({ ...options, from, to, spec, memoryBudget: 1 });
  expect(relativeError(chunked.bends, together.bends)).toBeLessThan(1e-5);
  expect(relativeError(chunked.losses, together.losses)).toBeLessThan(1e-5);
});

it('a longer training begins as a shorter one, and the same seed gives the same curve', async () => {
  const { options, from, to } = randomEnds(1);
  const train = (settings: object) => trainCurves({ ...options, from, to, spec: specOf(settings) });
  const long = await train({ steps: 13, seed: 3 });
  // 13 steps are two calls of 5 and one of 3; 7 are one of 5 and one of 2.
  const short = await train({ steps: 7, seed: 3 });
  expect(relativeError(long.losses.subarray(0, 7), short.losses)).toBeLessThan(1e-6);
  expect(await train({ steps: 13, seed: 3 })).toEqual(long);
  const other = await train({ steps: 13, seed: 4 });
  expect(relativeError(other.losses, long.losses)).toBeGreaterThan(1e-3);
});

it('says how far it is, and stops between calls when it is told to', async () => {
  const { options, from, to } = randomEnds(1);
  const progress: string[] = [];
  const spec = specOf({ steps: 12 });
  const onProgress = (done: number, total: number) => void progress.push(`${done}/${total}`);
  await trainCurves({ ...options, from, to, spec, onProgress });
  expect(progress).toEqual(['5/12', '10/12', '12/12']);

  const stop = new AbortController();
  const seen: number[] = [];
  const stopped = trainCurves({
    ...options,
    from,
    to,
    spec,
    signal: stop.signal,
    onProgress: (done) => {
      seen.push(done);
      stop.abort(new Error('enough'));
    },
  });
  await expect(stopped).rejects.toThrow('enough');
  expect(seen).toEqual([5]);
});

it('refuses ends that do not pair up, and batches larger than the data, in a sentence', async () => {
  const { options, P, from, to } = randomEnds(2);
  const spec = specOf({ steps: 1 });
  await expect(trainCurves({ ...options, from, to: to.subarray(P), spec })).rejects.toThrow(
    `curves between ends of ${2 * P} and ${P} weights: expected as many networks of ${P} weights on either side`,
  );
  await expect(
    trainCurves({ ...options, from: from.subarray(1), to: to.subarray(1), spec }),
  ).rejects.toThrow(/^curves between ends of/);
  const large = specOf({ steps: 1, batchSize: 100 });
  await expect(trainCurves({ ...options, from, to, spec: large })).rejects.toThrow(
    /^batchSize is 100: the training part has 24 samples/,
  );
});

it.each([
  [{ bends: 0 }, 'bends is 0: expected at least 1 (test)'],
  [{ shape: 'spline' }, 'shape is "spline": expected one of "bezier", "polygon" (test)'],
  [{ steps: 1.5 }, 'steps is 1.5: expected a whole number (test)'],
  [
    { batchSize: 'half' },
    'batchSize is "half": expected "full" or a whole number from 1 to 50000 (test)',
  ],
  [{ learningRate: 0 }, 'learningRate is 0: expected more than 0 (test)'],
  [{ bend: 1 }, 'bend is not a setting: did you mean "bends"? (test)'],
])('the settings %j are refused in a sentence', (settings, sentence) => {
  expect(() => specOf(settings)).toThrow(sentence);
});
