// From which epoch on two copies of one run, with their data in different orders, end in one valley.
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { trainForks } from '../paths/forks.ts';
import { createInterpolator, evenAlphas } from '../paths/interpolation.ts';
import { gatherRows } from '../rows.ts';
import {
  conditionOf,
  defineAnalysis,
  firstNetworks,
  lossOptions,
  rowOf,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { shaped } from './derived.ts';
import { forksStayConnectedClaim } from './forks/forks-claims.ts';
import { factsOfForks, nextOnes } from './forks/forks-facts.ts';
import { forksSchema, type ForksResult, type ForksSpec } from './forks/forks-result.ts';
import { forComputing, onLogScale } from './numeric-array.ts';
import { sameLoss } from './rechecks.ts';

export const forks = defineAnalysis({
  schema: forksSchema,
  title: 'from which epoch on two copies of one run end in one valley',
  check(plan, spec) {
    const condition = conditionOf(plan, spec.condition);
    checkNetworks(condition, 2);
    checkEpochs(spec.epochs, condition.experiment.epochs, condition.key);
  },
  answer: (context, spec): Promise<ForksResult> => measure(context, spec),
  claims: (_, __, result: ForksResult) => [forksStayConnectedClaim(result)],
  derived(context, spec, tensors) {
    const condition = conditionOf(context, spec.condition);
    const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
    const F = spec.epochs.length;
    const kept = {
      ends: shaped(tensors.ends, [F, M, P]),
      losses: shaped(tensors.losses, [F, M, spec.points]),
      strangers: shaped(tensors.strangers, [M, spec.points]),
    };
    const { seed } = condition.experiment;
    return { networks, epochs: spec.epochs, ...kept, ...factsOfForks(kept, weights, seed) };
  },
  recheck: recheckEnds,
});

async function measure(context: AnalysisContext, spec: ForksSpec): Promise<ForksResult> {
  const { executor, memoryBudget, signal, onProgress } = context;
  const condition = conditionOf(context, spec.condition);
  const { experiment, data, initial } = condition;
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
  signal.throwIfAborted();
  const trained = networks.at(-1)! + 1;
  const all = await trainForks({
    experiment,
    data,
    executor,
    memoryBudget,
    starts: initial.slice(0, trained * P),
    networks: trained,
    epochs: spec.epochs,
    orderSeed: spec.orderSeed,
    signal,
    onProgress: (done) => onProgress(0.9 * done),
  });
  const F = spec.epochs.length;
  const sound = spec.epochs.flatMap((_, f) => networks.map((network) => f * trained + network));
  const ends = gatherRows(all, P, sound);
  const line = { alphas: evenAlphas(spec.points) };
  const kept = await using(
    createInterpolator(lossOptions(context, condition), line),
    async ({ along }) => {
      const losses: number[] = [];
      for (let f = 0; f < F; f++)
        losses.push(...(await along(weights, rowOf(ends, M * P, f).slice())).loss);
      return {
        ends: forComputing([F, M, P], ends),
        losses: onLogScale([F, M, spec.points], losses),
        strangers: onLogScale([M, spec.points], (await along(weights, nextOnes(weights, M))).loss),
      };
    },
  );
  return {
    networks,
    epochs: spec.epochs,
    ...kept,
    ...factsOfForks(kept, weights, experiment.seed),
  };
}

/** Both ends of each line, evaluated as networks. */
async function recheckEnds(
  context: AnalysisContext<TrainedCondition>,
  spec: ForksSpec,
  { networks, epochs, ends, losses, strangers }: ForksResult,
): Promise<Recheck[]> {
  const condition = conditionOf(context, spec.condition);
  const { M, weights, P } = firstNetworks(condition, spec.networks);
  const T = spec.points;
  return using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
    const own = (await evaluate(weights)).loss;
    const checks: Recheck[] = [];
    for (const [f, epoch] of epochs.entries()) {
      const copies = (await evaluate(rowOf(ends.values, M * P, f).slice())).loss;
      for (const [m, network] of networks.entries()) {
        const at = (f * M + m) * T;
        const name = `training loss of network ${network}`;
        checks.push(
          sameLoss(`${name}, forked at epoch ${epoch}`, losses.values[at]!, own[m]!),
          sameLoss(`${name}'s copy of epoch ${epoch}`, losses.values[at + T - 1]!, copies[m]!),
        );
      }
    }
    for (const [m, network] of networks.entries())
      checks.push(
        sameLoss(
          `training loss of network ${network} on its way to the next`,
          strangers.values[m * T]!,
          own[m]!,
        ),
      );
    return checks;
  });
}

/** @throws ExperimentError where forks do not rise, or part after the run has ended. */
function checkEpochs(epochs: readonly number[], all: number, key: string): void {
  const fault = epochs.findIndex((epoch, f) => epoch >= all || (f > 0 && epoch <= epochs[f - 1]!));
  if (fault < 0) return;
  throw new ExperimentError(
    `epochs[${fault}] of the forks is ${epochs[fault]!}: expected rising epochs below the ${all} of condition "${key}"`,
  );
}
