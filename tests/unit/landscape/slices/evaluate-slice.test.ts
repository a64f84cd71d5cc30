// Truth: the quadratic loss of a linear network written out by hand; slices that must agree with each other.
import { expect, test, vi } from 'vitest';
import { planeThroughThree } from '../../../../src/landscape/directions/solution-planes.ts';
import { randomDirection } from '../../../../src/landscape/directions/random-direction.ts';
import { evenlySpaced } from '../../../../src/landscape/plane.ts';
import { evaluateSlice } from '../../../../src/landscape/slices/evaluate-slice.ts';
import { orthonormalFrame, pointsAt, scaledFrame } from '../../../../src/landscape/slices/frame.ts';
import type { Frame } from '../../../../src/landscape/slices/frame.ts';
import { gridConvexity } from '../../../../src/landscape/slices/grid-convexity.ts';
import { lineCurvature } from './line-curvature.ts';
import { projectOntoFrame } from '../../../../src/landscape/slices/project.ts';
import { createSliceEvaluator } from '../../../../src/landscape/slices/slice-evaluator.ts';
import { gridCoordinates } from '../../../../src/landscape/slices/slice.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { curvatureByHand, lossByHand, network, P, samples } from './linear-network.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';

const executor = await cpuExecutor();

const quadratic = (): LossOptions => ({
  executor,
  network,
  loss: 'mean-squared-error',
  samples,
});

/** 2-5-3 tanh, three classes: nothing about its loss is special. */
function curved(): LossOptions {
  const inputs = randomDirection(2 * 30, 9, 0);
  const labels = Int32Array.from({ length: 30 }, (_, i) => i % 3);
  const targets = new Float32Array(3 * 30);
  for (const [i, label] of labels.entries()) targets[3 * i + label] = 1;
  return {
    executor,
    network: { sizes: [2, 5, 3], activation: 'tanh', residual: false, bias: true },
    loss: 'cross-entropy',
    samples: { count: 30, inputs, labels, targets },
  };
}
const curvedParameters = 2 * 5 + 5 + 5 * 3 + 3;

async function sliceOf(options: LossOptions, frame: Frame, axes: Float32Array[]) {
  const { evaluate, dispose } = await createSliceEvaluator(options, frame);
  const slice = await evaluateSlice({ frame, axes, evaluateTrain: evaluate, evaluateTest: null });
  dispose();
  return slice;
}

const origin = randomDirection(P, 1, 0);
const slanted = [0, 1, 2].map((d) => randomDirection(P, 2, d));

test.each([1, 2, 3])('in %i dimensions every value is the loss written out by hand', async (D) => {
  const frame = scaledFrame(
    origin,
    Float32Array.of(...slanted.slice(0, D).flatMap((row) => [...row])),
    ['a', 'b', 'c'].slice(0, D),
  );
  const sizes = [5, 4, 3].slice(0, D);
  const axes = sizes.map((size, d) => evenlySpaced(-1 - d, 2, size));
  const slice = await sliceOf(quadratic(), frame, axes);
  expect(slice.loss).toHaveLength(sizes.reduce((a, b) => a * b));
  const [nx, ny = 1, nz = 1] = sizes;
  for (let z = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx!; x++) {
        const steps = [x, y, z].slice(0, D).map((index, d) => axes[d]![index]!);
        const weights = Array.from(origin, (value, p) =>
          steps.reduce((sum, step, d) => sum + step * slanted[d]![p]!, value),
        );
        const truth = lossByHand(weights);
        expect(slice.loss[(z * ny + y) * nx! + x]! / truth).toBeCloseTo(1, 5);
      }
});

test('a quadratic bends everywhere as its Hessian says, on slanted directions too', async () => {
  const steps = evenlySpaced(-1, 1, 5);
  const line = await sliceOf(quadratic(), scaledFrame(origin, slanted[0]!, ['a']), [steps]);
  // u'Au for the unit vector along the direction.
  const along = slanted[0]!.map((value) => value / Math.hypot(...slanted[0]!));
  for (const index of [1, 2, 3])
    expect(lineCurvature(line, index) / curvatureByHand(along)).toBeCloseTo(1, 4);

  const both = Float32Array.of(...slanted[0]!, ...slanted[1]!);
  const flat = orthonormalFrame(origin, both, ['a', 'b']);
  const [u, v] = [flat.basis.slice(0, P), flat.basis.slice(P)];
  const [uu, uv, vv] = [curvatureByHand(u), curvatureByHand(u, v), curvatureByHand(v)];
  const reach = Math.hypot((uu - vv) / 2, uv);
  const truth = [(uu + vv) / 2 - reach, (uu + vv) / 2 + reach];
  for (const frame of [flat, scaledFrame(origin, both, ['a', 'b'])]) {
    const plane = await sliceOf(quadratic(), frame, [steps, evenlySpaced(-1, 0.5, 4)]);
    const { smallest, largest, negativeShare, counted, shape } = gridConvexity(plane);
    expect(shape).toEqual([2, 3]);
    for (const value of smallest) expect(value / truth[0]!).toBeCloseTo(1, 3);
    for (const value of largest) expect(value / truth[1]!).toBeCloseTo(1, 3);
    expect([negativeShare, counted]).toEqual([0, 6]);
  }
});

test('weights made in the graph lose what the same weights lose outside of it', async () => {
  const options = curved();
  const frame = scaledFrame(
    randomDirection(curvedParameters, 3, 0),
    randomDirection(2 * curvedParameters, 3, 1),
    ['a', 'b'],
  );
  const axes = [evenlySpaced(-2, 2, 9), evenlySpaced(-1, 1, 7)];
  const { evaluate, dispose } = await createEvaluator(options);
  const truth = await evaluate(pointsAt(frame, gridCoordinates(axes)));
  dispose();
  const slice = await sliceOf(options, frame, axes);
  for (const [i, loss] of truth.loss.entries()) expect(slice.loss[i]! / loss).toBeCloseTo(1, 5);
  expect(slice.accuracy).toEqual(truth.accuracy);
});

test('a slice has the true loss of its solution at the centre, bit by bit', async () => {
  const options = curved();
  const centre = randomDirection(curvedParameters, 4, 0);
  const frame = orthonormalFrame(centre, randomDirection(2 * curvedParameters, 4, 1), ['a', 'b']);
  const slice = await sliceOf(options, frame, [evenlySpaced(-1, 1, 5), evenlySpaced(-1, 1, 5)]);
  const { evaluate, dispose } = await createEvaluator(options);
  expect(slice.loss[12]).toBe((await evaluate(centre)).loss[0]);
  dispose();
});

test('the plane of three solutions has their true losses at their coordinates', async () => {
  const options = curved();
  const three = [0, 1, 2].map((n) => randomDirection(curvedParameters, 5, n));
  const frame = planeThroughThree(three[0]!, three[1]!, three[2]!);
  const together = Float32Array.from(three.flatMap((weights) => [...weights]));
  const [own, on] = [await createEvaluator(options), await createSliceEvaluator(options, frame)];
  const truth = await own.evaluate(together);
  const there = await on.evaluate(projectOntoFrame(frame, together).coordinates);
  for (const n of [0, 1, 2]) expect(there.loss[n]! / truth.loss[n]!).toBeCloseTo(1, 5);
  expect(new Set(truth.loss).size).toBe(3);
  own.dispose();
  on.dispose();
});

test('the middle layer of a volume is the plane, and the middle row of that the line', async () => {
  const options = curved();
  const centre = randomDirection(curvedParameters, 6, 0);
  const directions = randomDirection(3 * curvedParameters, 6, 1);
  const slices = await Promise.all(
    [1, 2, 3].map((D) =>
      sliceOf(
        options,
        scaledFrame(centre, directions.slice(0, D * curvedParameters), ['a', 'b', 'c'].slice(0, D)),
        [evenlySpaced(-1, 1, 7), evenlySpaced(-2, 2, 5), evenlySpaced(-1, 1, 3)].slice(0, D),
      ),
    ),
  );
  const [line, plane, volume] = slices.map(({ loss }) => loss);
  const close = (values: Float32Array, truth: Float32Array) => {
    expect(values).toHaveLength(truth.length);
    for (const [i, value] of truth.entries()) expect(values[i]! / value).toBeCloseTo(1, 6);
  };
  close(volume!.slice(35, 70), plane!);
  close(plane!.slice(14, 21), line!);
  expect(volume!.slice(0, 35)).not.toEqual(plane);
});

const byHand = vi.fn((coordinates: Float32Array) =>
  Promise.resolve({ loss: coordinates.filter((_, i) => i % 2 === 0), accuracy: null }),
);
const flat = scaledFrame(new Float32Array(2), Float32Array.of(1, 0, 0, 1), ['x', 'y']);
const grid = [evenlySpaced(0, 4, 5), evenlySpaced(0, 1, 3)];

test('blocks change nothing, and progress counts every evaluation once', async () => {
  const seen: [number, number][] = [];
  const slice = await evaluateSlice({
    frame: flat,
    axes: grid,
    evaluateTrain: byHand,
    evaluateTest: (points) =>
      Promise.resolve({ loss: points.filter((_, i) => i % 2 === 1), accuracy: null }),
    onProgress: (done, total) => seen.push([done, total]),
    block: 4,
  });
  expect([...slice.loss]).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4]);
  expect([...slice.testLoss!]).toEqual([0, 0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, 1, 1, 1, 1, 1]);
  expect(seen.map(([done]) => done)).toEqual([4, 8, 12, 16, 20, 24, 27, 30]);
  expect(new Set(seen.map(([, total]) => total))).toEqual(new Set([30]));
});

test('an aborted signal stops it between two blocks', async () => {
  const controller = new AbortController();
  byHand.mockClear();
  const evaluating = evaluateSlice({
    frame: flat,
    axes: grid,
    evaluateTrain: byHand,
    evaluateTest: null,
    onProgress: () => controller.abort(new Error('stopped by the reader')),
    signal: controller.signal,
    block: 4,
  });
  await expect(evaluating).rejects.toThrow('stopped by the reader');
  expect(byHand).toHaveBeenCalledTimes(1);
});

test('what does not fit is refused in a sentence', async () => {
  const evaluating = (axes: Float32Array[], evaluateTrain: typeof byHand = byHand) =>
    evaluateSlice({ frame: flat, axes, evaluateTrain, evaluateTest: null });
  await expect(evaluating([grid[0]!])).rejects.toThrow(
    '1 grids for a slice of 2 dimensions: expected one along each direction',
  );
  await expect(evaluating([grid[0]!, Float32Array.of(1)])).rejects.toThrow(
    'the grid along direction 2 of a slice has 1 points: expected at least 2',
  );
  await expect(createSliceEvaluator(quadratic(), flat)).rejects.toThrow(
    "a slice through 2 weights of networks with 8 (3-2): expected the frame of this network's weights",
  );
});
