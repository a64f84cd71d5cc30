// Straight lines between pairs of networks: their ends, and the losses along them.
import { createInterpolator, type LineLosses } from '../paths/interpolation.ts';
import {
  lossOptions,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { onBothParts, type OnBothParts } from './data-parts.ts';

/** The numbers of the networks at either end. */
export type Pairs = readonly (readonly [from: number, to: number])[];

/** `[C, P]` each. */
export interface Ends {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

/** Of pairs of a network of `a` and one of `b`, which may be the same condition. */
export function endsOf(a: TrainedCondition, b: TrainedCondition, pairs: Pairs): Ends {
  const side = (condition: TrainedCondition, end: 0 | 1) =>
    weightsOf(
      condition,
      pairs.map((pair) => pair[end]),
    ).slice();
  return { from: side(a, 0), to: side(b, 1) };
}

/** By the data and the loss of `condition`. */
export const lossesOnLines = (
  context: AnalysisContext,
  condition: TrainedCondition,
  { from, to }: Ends,
  alphas: readonly number[],
): Promise<OnBothParts<LineLosses>> =>
  onBothParts(condition, (part) =>
    using(createInterpolator(lossOptions(context, condition, part), { alphas }), (line) =>
      line.along(from, to),
    ),
  );
