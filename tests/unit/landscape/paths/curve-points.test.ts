// Truth: de Casteljau's construction, curves of known length, and losses of the points written out by hand.
import { describe, expect, it } from 'vitest';
import { barriersOf } from '../../../../src/landscape/paths/barrier.ts';
import {
  curvePoints,
  detours,
  evaluateCurves,
} from '../../../../src/landscape/paths/curve-points.ts';
import type { Curves } from '../../../../src/landscape/paths/curve-points.ts';
import type { CurveShape } from '../../../../src/landscape/paths/curve-spec.ts';
import { curveWeights } from '../../../../src/landscape/paths/curve-weights.ts';
import { evenAlphas } from '../../../../src/landscape/paths/interpolation.ts';
import { randomVector, relativeError } from '../curvature/small-networks.ts';
import * as linear from '../slices/linear-network.ts';

const ts = [0, 0.1, 0.25, 0.5, 0.6, 0.9, 1];
const shapes: CurveShape[] = ['bezier', 'polygon'];

/** C random curves through P weights. */
const randomCurves = (shape: CurveShape, C: number, bends: number, P: number): Curves => ({
  shape,
  from: randomVector(C * P, 1),
  to: randomVector(C * P, 2),
  bends: randomVector(C * bends * P, 3),
});

/** The end, the bends and the other end of one of several curves. */
const controlPolygon = ({ from, to, bends }: Curves, c: number, P: number): number[][] => {
  const count = bends.length / from.length;
  const cut = (values: Float32Array, at: number) => [...values.subarray(at * P, (at + 1) * P)];
  const middle = Array.from({ length: count }, (_, k) => cut(bends, c * count + k));
  return [cut(from, c), ...middle, cut(to, c)];
};

describe.each(shapes)('a %s', (shape) => {
  it.each([1, 2, 5])('of %d bends begins and ends in its networks, exactly', (bends) => {
    const curves = randomCurves(shape, 3, bends, 4);
    const points = curvePoints(curves, [0, 1], 4);
    for (let c = 0; c < 3; c++) {
      expect(points.subarray(8 * c, 8 * c + 4)).toEqual(curves.from.subarray(4 * c, 4 * c + 4));
      expect(points.subarray(8 * c + 4, 8 * c + 8)).toEqual(curves.to.subarray(4 * c, 4 * c + 4));
    }
  });

  it('whose bends lie evenly on the line is the line, at even speed, and no detour', () => {
    const [from, to] = [randomVector(4, 1), randomVector(4, 2)];
    const at = (share: number) => from.map((w, p) => (1 - share) * w + share * to[p]!);
    const bends = Float32Array.from([0.25, 0.5, 0.75].flatMap((share) => [...at(share)]));
    const curves = { shape, from, to, bends };
    const expected = ts.flatMap((t) => [...at(t)]);
    expect(relativeError(curvePoints(curves, ts, 4), expected)).toBeLessThan(1e-6);
    expect(detours(curves, evenAlphas(20), 4)[0]).toBeCloseTo(1, 6);
  });
});

it("a Bezier curve of more bends is de Casteljau's: lines between points of lines", () => {
  const curves = randomCurves('bezier', 2, 4, 3);
  const expected = [0, 1].flatMap((c) =>
    ts.flatMap((t) => {
      let points = controlPolygon(curves, c, 3);
      while (points.length > 1)
        points = points
          .slice(1)
          .map((next, k) => next.map((w, p) => (1 - t) * points[k]![p]! + t * w));
      return points[0]!;
    }),
  );
  expect(relativeError(curvePoints(curves, ts, 3), expected)).toBeLessThan(1e-6);
});

it('the way round a polygon is the sum of its sides: two sides of a square are sqrt(2) times its diagonal', () => {
  const square: Curves = {
    shape: 'polygon',
    from: Float32Array.of(0, 0, 0, 0),
    to: Float32Array.of(1, 1, 3, 4),
    bends: Float32Array.of(1, 0, 3, 0),
  };
  const [corner, triangle] = detours(square, evenAlphas(3), 2);
  expect(corner).toBeCloseTo(Math.SQRT2, 6);
  expect(triangle).toBeCloseTo(7 / 5, 6);
});

it('the way along the parabola y = x^2 from -1 to 1 is sqrt(5) + asinh(2) / 2', () => {
  const parabola: Curves = {
    shape: 'bezier',
    from: Float32Array.of(-1, 1),
    to: Float32Array.of(1, 1),
    bends: Float32Array.of(0, -1),
  };
  const length = Math.sqrt(5) + Math.asinh(2) / 2;
  expect(detours(parabola, evenAlphas(1001), 2)[0]).toBeCloseTo(length / 2, 5);
});

it('the losses along curves are those of their points, curve after curve', async () => {
  const curves = randomCurves('bezier', 3, 2, linear.P);
  const { loss, accuracy } = await evaluateCurves(curves, ts, linear.P, linear.evaluateByHand);
  const expected = Array.from({ length: 3 }, (_, c) =>
    ts.map((t) => {
      const shares = curveWeights('bezier', 2, t);
      const polygon = controlPolygon(curves, c, linear.P);
      const point = Array.from({ length: linear.P }, (_, p) =>
        shares.reduce((sum, share, k) => sum + share * polygon[k]![p]!, 0),
      );
      return linear.lossByHand(point);
    }),
  );
  expect(relativeError(loss, expected.flat())).toBeLessThan(1e-5);
  expect(accuracy).toBeNull();
  const { barrier } = barriersOf(loss, ts);
  expected.forEach((losses, c) => {
    const rises = losses.map(
      (value, k) => value - (1 - ts[k]!) * losses[0]! - ts[k]! * losses.at(-1)!,
    );
    expect(barrier[c]).toBeCloseTo(Math.max(0, ...rises), 4);
  });
});

it.each([-0.1, 1.1, NaN])('refuses t = %d in a sentence', (t) => {
  expect(() => curveWeights('bezier', 1, t)).toThrow(
    `a point of a curve at t = ${t}: expected 0 to 1`,
  );
});

it.each([
  ['bends that are not as many of each curve', 6, 6, 5],
  ['no bends', 6, 6, 0],
  ['ends that do not pair up', 6, 4, 6],
  ['half a network', 5, 5, 5],
])('refuses %s in a sentence', (_, from, to, bends) => {
  const curves: Curves = {
    shape: 'bezier',
    from: new Float32Array(from),
    to: new Float32Array(to),
    bends: new Float32Array(bends),
  };
  expect(() => curvePoints(curves, ts, 2)).toThrow(
    `curves by ${bends} weights between ends of ${from} and ${to}: expected [C, 2] for the ends and [C, bends, 2] between`,
  );
});
