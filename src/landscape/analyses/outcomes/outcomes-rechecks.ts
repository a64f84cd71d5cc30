// Ends of curves, computed again from the stored weights, and what was taken from records that are not kept.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import { spreadIndices } from '../../../learning/spread-indices.ts';
import { createDerivatives } from '../../curvature/derivatives.ts';
import {
  lossOptions,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from '../analysis.ts';
import { recheckBothParts, sameEvaluation } from '../data-parts.ts';
import { sameGradientNorm } from '../rechecks.ts';
import { weightNorms } from '../weight-norms.ts';
import type { ConditionOutcome, OutcomesResult, OutcomesSpec } from './outcomes-result.ts';

export async function recheckOutcomes(
  context: AnalysisContext<TrainedCondition>,
  { records }: OutcomesSpec,
  result: OutcomesResult,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const condition of context.conditions) {
    const own = result.conditions[condition.key] as ConditionOutcome;
    checks.push(...(await recheckCurves(context, condition, own)));
    checks.push(...(await recheckGradients(context, condition, own)));
    checks.push(...recheckUnkept(condition, records, own));
  }
  return checks;
}

/** Where the curves begin and end, from the weights there. */
async function recheckCurves(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  outcome: ConditionOutcome,
): Promise<Recheck[]> {
  const { key, experiment, initial, final } = condition;
  const N = experiment.initialisations;
  const ends = [
    ['initial', initial, 0],
    ['final', final, outcome.trainLoss.values.length - N],
  ] as const;
  return recheckBothParts(context, condition, async ({ part, count, evaluate }) => {
    const [partName, losses, accuracies] =
      part === 'train'
        ? (['training', outcome.trainLoss, outcome.trainAccuracy] as const)
        : (['test', outcome.testLoss!, outcome.testAccuracy] as const);
    const recorded = { loss: losses.values, accuracy: accuracies && accuracies.values };
    const checks: Recheck[] = [];
    for (const [end, weights, row] of ends) {
      const again = await evaluate(weights);
      for (let n = 0; n < N; n++) {
        if (isCutShort(outcome, n, recorded.loss[row + n]!)) continue;
        const name = (quantity: string) =>
          `${end} ${partName} ${quantity} of network ${n} of ${key}`;
        checks.push(...sameEvaluation(name, [recorded, row + n], [again, n], { count }));
      }
    }
    return checks;
  });
}

/** Curves end where a network diverged, even if its loss is finite again. */
const isCutShort = ({ divergedAt }: ConditionOutcome, n: number, recorded: number): boolean =>
  divergedAt.values[n]! >= 0 && Number.isNaN(recorded);

async function recheckGradients(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  outcome: ConditionOutcome,
): Promise<Recheck[]> {
  const { key, experiment, final } = condition;
  const N = experiment.initialisations;
  const making = createDerivatives(lossOptions(context, condition));
  const { gradient } = await using(making, (made) => made.gradient(final));
  const norms = weightNorms(gradient, N);
  return Array.from(outcome.gradientNorm.values.subarray(-N)).flatMap((recorded, n) =>
    isCutShort(outcome, n, recorded)
      ? []
      : [sameGradientNorm(`final gradient norm of network ${n} of ${key}`, recorded, norms[n]!)],
  );
}

/**
 * What the statistics want of records that are not kept, held against those that are: a network below the threshold at
 * one of these was so at that one first, or between two of them before; it diverged between its last finite record and
 * the first that is not.
 */
function recheckUnkept(
  condition: TrainedCondition,
  records: number,
  { trainLoss, epochsToThreshold: reached, divergedAt }: ConditionOutcome,
): Recheck[] {
  const { key, data, experiment } = condition;
  const N = experiment.initialisations;
  const planned = plannedSteps(experiment, data.train);
  const epochsAt = planned.records.map((step) => Math.fround(step / planned.stepsPerEpoch));
  const rows = spreadIndices(planned.records.length, records);
  return Array.from({ length: N }, (_, n) => {
    const losses = rows.map((_, k) => trainLoss.values[k * N + n]!);
    const below = losses.findIndex((loss) => loss < experiment.converged.lossBelow);
    const first = below < 0 ? NaN : epochsAt[rows[below]!]!;
    const between = epochsAt.filter(
      (epoch, row) => !rows.includes(row) && (below < 0 || epoch < first),
    );
    const epoch = reached.values[n]!;
    const lost = losses.findIndex((loss) => !Number.isFinite(loss));
    const [low, high] =
      lost < 0
        ? [-1, -1]
        : [lost === 0 ? 0 : planned.records[rows[lost - 1]!]!, planned.records[rows[lost]!]!];
    const step = divergedAt.values[n]!;
    return [
      {
        what: `first epoch below the threshold of network ${n} of ${key}`,
        recorded: epoch,
        again: between.includes(epoch) ? epoch : first,
        tolerance: 0,
      },
      {
        what: `step of divergence of network ${n} of ${key}`,
        recorded: step,
        again: Math.min(high, Math.max(low, step)),
        tolerance: 0,
      },
    ];
  }).flat();
}
