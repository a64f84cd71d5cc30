// Sharp and flat on one line: from a network of one condition to a network of another.
import { ExperimentError } from '../../learning/experiment-error.ts';
import {
  conditionOf,
  defineAnalysis,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkOneLandscape } from './checks.ts';
import { numericArray, onLogScale } from './numeric-array.ts';
import { endsOf, lossesOnLines } from './straight-lines.ts';
import { reversalClaim } from './valleys/valleys-claims.ts';
import { alphasOf, lineAgain, lineOf, pairsOf } from './valleys/valleys-derived.ts';
import { recheckValleys } from './valleys/valleys-rechecks.ts';
import {
  valleysSchema,
  type ValleysSpec,
  type ValleyLine,
  type ValleyResult,
} from './valleys/valleys-result.ts';

export const valleys = defineAnalysis({
  schema: valleysSchema,
  title: 'sharp and flat on the line from one way of training to another',
  check(plan, { lines, reversal }) {
    for (const [name, { from, to }] of Object.entries(lines))
      checkOneLandscape([conditionOf(plan, from), conditionOf(plan, to)], `the line "${name}"`);
    const missing = Object.values(reversal ?? {}).find((name) => !Object.hasOwn(lines, name));
    if (missing === undefined) return;
    throw new ExperimentError(
      `reversal names the line "${missing}", which is not there: expected one of ${Object.keys(lines).join(', ')}`,
    );
  },
  async answer(context, spec): Promise<ValleyResult> {
    const lines: Record<string, ValleyLine> = {};
    const entries = Object.entries(spec.lines);
    for (const [index, [name, { from, to }]] of entries.entries()) {
      context.signal.throwIfAborted();
      lines[name] = await measure(
        context,
        conditionOf(context, from),
        conditionOf(context, to),
        spec,
      );
      context.onProgress((index + 1) / entries.length);
    }
    return { lines };
  },
  claims: (_, spec, { lines }: ValleyResult) => reversalClaim(lines, spec),
  derived(context, spec, tensors) {
    const lines = Object.entries(spec.lines).map(([name, { from, to }]) => {
      const [a, b] = [conditionOf(context, from), conditionOf(context, to)];
      return [name, lineAgain(a, b, spec, tensors.lines[name]!)] as const;
    });
    return { lines: Object.fromEntries(lines) };
  },
  recheck: (context, _, result) => recheckValleys(context, result),
});

async function measure(
  context: AnalysisContext,
  a: TrainedCondition,
  b: TrainedCondition,
  spec: ValleysSpec,
): Promise<ValleyLine> {
  const pairs = pairsOf(a, b, spec);
  const alphas = alphasOf(spec);
  const { train, test } = await lossesOnLines(context, a, endsOf(a, b, pairs), alphas);
  const shape = [pairs.length, alphas.length];
  return lineOf(a, b, spec, {
    loss: onLogScale(shape, train.loss),
    testLoss: test && onLogScale(shape, test.loss),
    accuracy: train.accuracy && numericArray(shape, train.accuracy),
    testAccuracy: test?.accuracy ? numericArray(shape, test.accuracy) : null,
  });
}
