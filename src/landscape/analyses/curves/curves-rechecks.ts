// Losses at points of lines and curves, computed again from the stored weights.
import { curvePoints, type Curves } from '../../paths/curve-points.ts';
import { evenAlphas } from '../../paths/interpolation.ts';
import {
  conditionOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { recheckBothParts, sameEvaluation } from '../data-parts.ts';
import { endsOf } from '../straight-lines.ts';
import type { CurveResult, CurvesSpec } from './curves-result.ts';

/** Losses at the ends and in the middle of every path. */
export async function recheckCurves(
  context: AnalysisContext<TrainedCondition>,
  spec: CurvesSpec,
  result: CurveResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, spec.condition);
  const at = evenAlphas(spec.points);
  const middle = Math.floor(at.length / 2);
  const chosen = [0, middle, at.length - 1];
  const paths = pathsAt(condition, result, [0, at[middle]!, 1]);
  return recheckBothParts(context, condition, async ({ part, count, evaluate }) => {
    const checks: Recheck[] = [];
    for (const [name, path, points] of paths) {
      const again = await evaluate(points);
      const [loss, accuracy] =
        part === 'train'
          ? [path.loss.values, path.accuracy && path.accuracy.values]
          : [path.testLoss!.values, null];
      for (const [c, pair] of result.pairs.entries())
        for (const [k, t] of chosen.entries()) {
          const of = `on ${name} of networks ${pair.join(' and ')}`;
          checks.push(
            ...sameEvaluation(
              (quantity) => `${part === 'train' ? '' : 'test '}${quantity} ${of}`,
              [{ loss, accuracy }, c * at.length + t],
              [again, c * chosen.length + k],
              { count, relative: 1e-3 },
            ),
          );
        }
    }
    return checks;
  });
}

/** Every path with its name and its networks at `ts`, `[C, ts.length, P]`. */
function pathsAt(condition: TrainedCondition, result: CurveResult, ts: readonly number[]) {
  const ends = endsOf(condition, condition, result.pairs);
  const P = ends.from.length / result.pairs.length;
  const half = Float32Array.from(ends.from, (weight, i) => (weight + ends.to[i]!) / 2);
  const straight = { shape: 'polygon', ...ends, bends: half } as const;
  return [
    ['the straight line', result.straight, curvePoints(straight, ts, P)] as const,
    ...Object.entries(result.curves).map(([name, curve]) => {
      const shape: Curves = { shape: curve.shape, ...ends, bends: curve.bends.values };
      return [`curve ${name}`, curve, curvePoints(shape, ts, P)] as const;
    }),
  ];
}
