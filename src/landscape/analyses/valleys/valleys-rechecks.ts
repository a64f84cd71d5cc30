// Losses in the middle of lines, computed again from the stored weights.
import {
  conditionOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { recheckBothParts, sameEvaluation } from '../data-parts.ts';
import { endsOf } from '../straight-lines.ts';
import type { ValleyResult } from './valleys-result.ts';

/** Losses in the middle of every line, where both ends count. */
export async function recheckValleys(
  context: AnalysisContext<TrainedCondition>,
  { lines }: ValleyResult,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const [name, line] of Object.entries(lines)) {
    const condition = conditionOf(context, line.from);
    const { from, to } = endsOf(condition, conditionOf(context, line.to), line.pairs);
    const T = line.alphas.values.length;
    const at = Math.floor(T / 2);
    const alpha = line.alphas.values[at]!;
    const points = from.map((weight, i) => (1 - alpha) * weight + alpha * to[i]!);
    const again = await recheckBothParts(context, condition, async ({ part, count, evaluate }) => {
      const evaluated = await evaluate(points);
      const [test, loss, accuracy] =
        part === 'train'
          ? (['', line.loss, line.accuracy] as const)
          : (['test ', line.testLoss!, line.testAccuracy] as const);
      const recorded = { loss: loss.values, accuracy: accuracy && accuracy.values };
      return line.pairs.flatMap((pair, m) =>
        sameEvaluation(
          (quantity) => `${test}${quantity} on line ${name} of networks ${pair.join(' and ')}`,
          [recorded, m * T + at],
          [evaluated, m],
          { count, relative: 1e-3 },
        ),
      );
    });
    checks.push(...again);
  }
  return checks;
}
