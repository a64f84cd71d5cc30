// The plane through the snapshots of all networks, the losses over it, and how far it can be trusted.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import { buildLandscape, placesOnPlane, planeOfHistory } from '../build-landscape.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  turn,
  using,
  type AnalysisContext,
  type Condition,
  type TrainedCondition,
  type WholeCondition,
} from './analysis.ts';
import { shaped, shapedIf } from './derived.ts';
import { recheckLandscape } from './landscape/landscape-rechecks.ts';
import {
  landscapeFrom,
  landscapeResult,
  placed,
  planeFrom,
  thinned,
  type LandscapeResult,
} from './landscape/landscape-result.ts';
import { forComputing } from './numeric-array.ts';

export const landscape = defineAnalysis({
  schema: z.strictObject({ kind: z.literal('landscape') }),
  title: 'the loss on the plane through all snapshots, and its fidelity',
  check: (plan) => void conditionOf(plan, undefined),
  async answer(context): Promise<LandscapeResult> {
    const condition = conditionOf(context, undefined);
    return using(createEvaluator(lossOptions(context, condition)), (train) =>
      condition.data.test.count > 0
        ? using(createEvaluator(lossOptions(context, condition, 'test')), (test) =>
            measured(context, condition, train, test),
          )
        : measured(context, condition, train, null),
    );
  },
  derived(context, _, tensors) {
    const { experiment, data, history } = wholeConditionOf(context);
    const { directions: kind, grid } = experiment;
    const { plane, ...explained } = planeOfHistory(kind, history);
    const P = history.parameters;
    const own = {
      origin: shaped(tensors.origin, [P]).values,
      directions: shaped(tensors.directions, [2, P]).values,
    };
    const { snapshots } = plannedSteps(experiment, data.train);
    const markers = [snapshots.length, history.networks];
    const surface = [grid.size, grid.size];
    return {
      kind,
      ...explained,
      ...placed(snapshots, placesOnPlane(own, experiment, history)),
      trueLoss: shaped(tensors.trueLoss, markers),
      planeLoss: shaped(tensors.planeLoss, markers),
      loss: shaped(tensors.loss, surface),
      testLoss: shapedIf(data.test.count > 0, tensors.testLoss ?? undefined, surface),
      accuracy: shapedIf(data.classNames.length > 0, tensors.accuracy ?? undefined, surface),
      origin: forComputing([P], plane.origin),
      directions: forComputing([2, P], plane.directions),
    };
  },
  recheck: (context, _, result) =>
    recheckLandscape(context, wholeConditionOf(context), {
      landscape: landscapeFrom(result),
      plane: planeFrom(result),
    }),
  shown: thinned,
});

/** @throws RangeError where the snapshots are not kept. */
function wholeConditionOf(
  context: Pick<AnalysisContext<TrainedCondition>, 'conditions'>,
): WholeCondition {
  const condition = conditionOf(context, undefined);
  const { history } = condition;
  if (history) return { ...condition, history };
  throw new RangeError(`the snapshots of condition "${condition.key}" are not kept`);
}

type Evaluator = Awaited<ReturnType<typeof createEvaluator>>;

async function measured(
  { memoryBudget, signal, onProgress }: AnalysisContext,
  { experiment, history }: Condition,
  train: Evaluator,
  test: Evaluator | null,
): Promise<LandscapeResult> {
  const interruptible =
    ({ evaluate }: Evaluator) =>
    async (weights: Float32Array) => {
      await turn(signal);
      return evaluate(weights);
    };
  const made = await buildLandscape({
    experiment,
    history,
    evaluateTrain: interruptible(train),
    evaluateTest: test && interruptible(test),
    onProgress: (done, total) => onProgress(done / total),
    signal,
    // An eighth of what chunks may take, since weights are copied on the way.
    ...(memoryBudget === undefined ? {} : { blockBytes: memoryBudget / 8 }),
  });
  return landscapeResult(made.landscape, made.plane);
}
