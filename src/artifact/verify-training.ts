// Whether what training recorded of a run of its own follows from its settings and comes out again: steps, facts, statistics, and losses at both ends.
import type {
  AnalysisContext,
  Recheck,
  TrainedCondition,
  WholeCondition,
} from '../landscape/analyses/analysis.ts';
import { lossOptions, using } from '../landscape/analyses/analysis.ts';
import { numericArray } from '../landscape/analyses/numeric-array.ts';
import { sameGradientNorm, sameLoss, sameShare } from '../landscape/analyses/rechecks.ts';
import { createDerivatives } from '../landscape/curvature/derivatives.ts';
import type { Evaluate } from '../landscape/evaluate-blocks.ts';
import { createEvaluator } from '../learning/evaluator.ts';
import type { Curves } from '../learning/history.ts';
import { plannedSteps } from '../learning/planned-steps.ts';
import { ArtifactError } from './artifact-error.ts';
import { canonicalJson } from './canonical-json.ts';
import { checkDerived, checkRechecks } from './check-again.ts';
import type { TrainingFacts } from './manifest.ts';
import { settledFacts, statisticsOf } from './training-facts.ts';
import { checkTrainingDisplay } from './verify-training-display.ts';

/** One thing that was found to hold, in words. */
export type Finding = string;

/** @throws ArtifactError at the first thing that does not hold. */
export async function checkTraining(
  context: Pick<AnalysisContext<TrainedCondition>, 'executor'>,
  condition: WholeCondition,
  facts: TrainingFacts,
  read: (path: string) => Promise<Uint8Array>,
  where: string,
): Promise<Finding[]> {
  return [
    checkSettled(condition, facts, where),
    checkSteps(condition, where),
    checkStatistics(condition, facts, where),
    await checkEnds(context, condition, where),
    await checkTrainingDisplay(condition, read, where),
  ];
}

/** What the manifest says of seeds and data is what the experiment and its data give. */
function checkSettled(
  condition: WholeCondition,
  { seeds, data }: TrainingFacts,
  where: string,
): Finding {
  const count = checkDerived({ seeds, data }, settledFacts(condition), where);
  return `facts: ${count} of seeds and data, as the experiment and its data give them`;
}

const list = (values: ArrayLike<number>) => numericArray([values.length], values);

/** The steps at which losses were recorded and weights kept are those that the settings give. */
function checkSteps({ experiment, data, history }: WholeCondition, where: string): Finding {
  const { curves, snapshotSteps, networks } = history;
  const planned = plannedSteps(experiment, data.train);
  const epochs = planned.records.map((step) => step / planned.stepsPerEpoch);
  checkDerived(
    {
      records: list(curves.steps),
      epochs: list(curves.epochs),
      snapshots: list(snapshotSteps),
      diverged: list(history.divergedAt).shape,
    },
    {
      records: list(planned.records),
      epochs: list(epochs),
      snapshots: list(planned.snapshots),
      diverged: [networks],
    },
    `${where}: steps`,
  );
  return `steps: ${planned.records.length} records and ${planned.snapshots.length} snapshots, at those that the settings give`;
}

function checkStatistics(
  condition: WholeCondition,
  { statistics }: TrainingFacts,
  where: string,
): Finding {
  const again = statisticsOf(condition);
  for (const [name, value] of Object.entries(again)) {
    if (canonicalJson(value) === canonicalJson(statistics[name as keyof typeof again])) continue;
    throw new ArtifactError(
      `${where}: the statistic ${name} does not follow from the curves; run the experiment again`,
    );
  }
  return 'statistics: follow from the curves';
}

/** The networks as training found and left them have the losses that the curves begin and end with. */
async function checkEnds(
  context: Pick<AnalysisContext<TrainedCondition>, 'executor'>,
  condition: WholeCondition,
  where: string,
): Promise<Finding> {
  const of = <Measured>(
    part: 'train' | 'test',
    measure: (evaluate: Evaluate) => Promise<Measured>,
  ) =>
    using(createEvaluator(lossOptions(context, condition, part)), ({ evaluate }) =>
      measure(evaluate),
    );
  const checks = [
    ...(await of('train', (evaluate) => endChecks(condition, 'train', evaluate))),
    ...(condition.data.test.count > 0
      ? await of('test', (evaluate) => endChecks(condition, 'test', evaluate))
      : []),
    ...(await gradientChecks(context, condition)),
  ];
  const worst = checkRechecks(checks, where);
  return `networks: initial and final losses of all ${condition.history.networks} evaluated again, with accuracies and gradient norms, within ${worst.toExponential(1)}`;
}

/** Each end, its weights and its record; networks whose curve has ended by then are left out. */
function endsOf({ initial, final, history }: WholeCondition) {
  const { networks: N, curves, divergedAt } = history;
  const records = curves.steps.length;
  const recordedAt = (record: number) => {
    const value = (name: keyof Curves, n: number) => curves[name]?.[record * N + n] as number;
    // Curves end where a network diverged, even if its loss is finite again.
    const isThere = (n: number) => !(divergedAt[n]! >= 0 && Number.isNaN(value('trainLoss', n)));
    return { value, networks: Array.from({ length: N }, (_, n) => n).filter(isThere) };
  };
  return [
    { end: 'initial', weights: initial, ...recordedAt(0) },
    { end: 'final', weights: final, ...recordedAt(records - 1) },
  ] as const;
}

const partNames = { train: 'training', test: 'test' } as const;

async function endChecks(
  condition: WholeCondition,
  part: 'train' | 'test',
  evaluate: Evaluate,
): Promise<Recheck[]> {
  const checks: Recheck[] = [];
  for (const { end, weights, value, networks } of endsOf(condition)) {
    const { loss, accuracy } = await evaluate(weights);
    for (const n of networks) {
      const what = (quantity: string) => `${end} ${partNames[part]} ${quantity} of network ${n}`;
      checks.push(sameLoss(what('loss'), value(`${part}Loss`, n), loss[n]!));
      if (!accuracy) continue;
      const shares = [value(`${part}Accuracy`, n), accuracy[n]!] as const;
      checks.push(sameShare(what('accuracy'), ...shares, condition.data[part].count));
    }
  }
  return checks;
}

async function gradientChecks(
  context: Pick<AnalysisContext<TrainedCondition>, 'executor'>,
  condition: WholeCondition,
): Promise<Recheck[]> {
  const making = createDerivatives(lossOptions(context, condition));
  return using(making, async (derivatives) => {
    const P = derivatives.parameters;
    const checks: Recheck[] = [];
    for (const { end, weights, value, networks } of endsOf(condition)) {
      const { gradient } = await derivatives.gradient(weights);
      const squares = new Float64Array(gradient.length / P);
      gradient.forEach((each, i) => (squares[Math.floor(i / P)]! += each * each));
      for (const n of networks) {
        const what = `${end} gradient norm of network ${n}`;
        checks.push(sameGradientNorm(what, value('gradientNorm', n), Math.sqrt(squares[n]!)));
      }
    }
    return checks;
  });
}
