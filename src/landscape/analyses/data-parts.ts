// Measuring, and measuring again, on the training part of the data and on the test part where there is one.
import { createEvaluator } from '../../learning/evaluator.ts';
import type { Evaluate } from '../evaluate-blocks.ts';
import {
  lossOptions,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { sameLoss, sameShare } from './rechecks.ts';

export type Part = 'train' | 'test';

export interface OnBothParts<Measured> {
  readonly train: Measured;
  /** Null where there are no test samples. */
  readonly test: Measured | null;
}

/** One part after the other. */
export async function onBothParts<Measured>(
  { data }: TrainedCondition,
  measure: (part: Part) => Promise<Measured>,
): Promise<OnBothParts<Measured>> {
  const train = await measure('train');
  return { train, test: data.test.count > 0 ? await measure('test') : null };
}

export interface PartAgain {
  readonly part: Part;
  /** Samples. */
  readonly count: number;
  readonly evaluate: Evaluate;
}

/** Measuring that asks one evaluator of each part, which is disposed afterwards. */
export const evaluateBothParts = <Measured>(
  context: Pick<AnalysisContext, 'executor' | 'memoryBudget'>,
  condition: TrainedCondition,
  measure: (part: PartAgain) => Promise<Measured>,
): Promise<OnBothParts<Measured>> =>
  onBothParts(condition, (part) =>
    using(createEvaluator(lossOptions(context, condition, part)), ({ evaluate }) =>
      measure({ part, count: condition.data[part].count, evaluate }),
    ),
  );

/** The rechecks of both parts, one after the other. */
export async function recheckBothParts(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  recheck: (again: PartAgain) => Promise<readonly Recheck[]>,
): Promise<Recheck[]> {
  const { train, test } = await evaluateBothParts(context, condition, recheck);
  return [...train, ...(test ?? [])];
}

interface Measured {
  readonly loss: ArrayLike<number>;
  readonly accuracy: ArrayLike<number> | null;
}

/** Loss and, where both have it, accuracy at one place of what is recorded and one of what was evaluated again. */
export function sameEvaluation(
  name: (quantity: 'loss' | 'accuracy') => string,
  [recorded, place]: readonly [Measured, number],
  [again, index]: readonly [Measured, number],
  { count, relative }: { readonly count: number; readonly relative?: number },
): Recheck[] {
  const loss = sameLoss(name('loss'), recorded.loss[place]!, again.loss[index]!, relative);
  if (!recorded.accuracy || !again.accuracy) return [loss];
  const shares = [recorded.accuracy[place]!, again.accuracy[index]!] as const;
  return [loss, sameShare(name('accuracy'), ...shares, count)];
}
