// Points of trained curves, their losses, and how long a way round they are.
import type { Evaluate } from '../evaluate-blocks.ts';
import type { CurveShape } from './curve-spec.ts';
import { curveWeights } from './curve-weights.ts';
import type { LineLosses } from './interpolation.ts';

/** C curves: their ends `[C, P]`, and what lies between, `[C, bends, P]`. */
export interface Curves {
  readonly shape: CurveShape;
  readonly from: Float32Array;
  readonly to: Float32Array;
  readonly bends: Float32Array;
}

/**
 * Networks `[C, T, P]` at `ts` `[T]` on each curve; at 0 and 1 exactly the ends.
 * @throws RangeError where the bends are not as many of each curve, or a t is not in [0, 1].
 */
export function curvePoints(
  { shape, from, to, bends }: Curves,
  ts: readonly number[],
  P: number,
): Float32Array {
  const C = from.length / P;
  const count = bends.length / from.length;
  if (!Number.isInteger(C) || from.length !== to.length || !Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `curves by ${bends.length} weights between ends of ${from.length} and ${to.length}: expected [C, ${P}] for the ends and [C, bends, ${P}] between`,
    );
  }
  const points = new Float32Array(C * ts.length * P);
  const sharesAt = ts.map((t) => curveWeights(shape, count, t));
  for (let c = 0; c < C; c++)
    for (const [k, shares] of sharesAt.entries()) {
      const at = (c * ts.length + k) * P;
      for (let p = 0; p < P; p++) {
        let sum = shares[0]! * from[c * P + p]! + shares[count + 1]! * to[c * P + p]!;
        for (let bend = 0; bend < count; bend++)
          sum += shares[bend + 1]! * bends[(c * count + bend) * P + p]!;
        points[at + p] = sum;
      }
    }
  return points;
}

/** Loss and accuracy `[C, T]` along curves. */
export async function evaluateCurves(
  curves: Curves,
  ts: readonly number[],
  P: number,
  evaluate: Evaluate,
): Promise<LineLosses> {
  const { loss, accuracy } = await evaluate(curvePoints(curves, ts, P));
  return { loss, accuracy };
}

/**
 * `[C]`: length of each curve over the distance of its ends, 1 for a straight line. Of the polygon through its points
 * at `ts`, which are to rise from 0 to 1: a little less than the curve's own. Not finite where the ends are the same.
 */
export function detours(curves: Curves, ts: readonly number[], P: number): Float64Array {
  const points = curvePoints(curves, ts, P);
  const T = ts.length;
  const between = (a: number, b: number): number => {
    let squares = 0;
    for (let p = 0; p < P; p++) squares += (points[b * P + p]! - points[a * P + p]!) ** 2;
    return Math.sqrt(squares);
  };
  return Float64Array.from({ length: curves.from.length / P }, (_, c) => {
    let length = 0;
    for (let t = 1; t < T; t++) length += between(c * T + t - 1, c * T + t);
    return length / between(c * T, c * T + T - 1);
  });
}
