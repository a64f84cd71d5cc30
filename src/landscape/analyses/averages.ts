// What averaging weights does: across runs, as trained and renumbered, and along each run.
import { plannedSteps } from '../../learning/planned-steps.ts';
import type { Evaluate } from '../evaluate-blocks.ts';
import { alignJointly } from '../symmetry/align-jointly.ts';
import {
  conditionOf,
  defineAnalysis,
  soundNetworks,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { averageOfARunClaim } from './averages/averages-claims.ts';
import {
  acrossLosses,
  alongLosses,
  factsOfLosses,
  type Numbered,
} from './averages/averaged-losses.ts';
import {
  averagesSchema,
  type AveragesResult,
  type AveragesSpec,
  type PartLosses,
} from './averages/averages-result.ts';
import { checkNetworks } from './checks.ts';
import { evaluateBothParts, recheckBothParts } from './data-parts.ts';
import { About, shaped, type Derived, type TensorsOf } from './derived.ts';
import { sameLoss } from './rechecks.ts';

export const averages = defineAnalysis({
  schema: averagesSchema,
  title: 'what averaging weights does, across runs and along each of them',
  check: (plan, spec) => checkNetworks(conditionOf(plan, spec.condition), 2),
  async answer(context, spec): Promise<AveragesResult> {
    const condition = conditionOf(context, spec.condition);
    const settings = settingsOf(condition, spec);
    const numbered = await numberedWeights(context, condition, settings.networks);
    context.onProgress(0.3);
    const { history, experiment } = condition;
    const S = settings.lateEpochs.length;
    const { train, test } = await evaluateBothParts(
      context,
      condition,
      async ({ part, evaluate }) => {
        const losses = {
          ...(await bothNumberings(numbered, settings, evaluate)),
          along: await alongLosses(history, settings.networks, S, evaluate),
        };
        context.onProgress(part === 'train' ? 0.6 : 0.9);
        return { ...losses, ...factsOfLosses(losses, settings, experiment.seed) };
      },
    );
    return { ...settings, train, test };
  },
  claims: (_, __, result: AveragesResult) => {
    const claim = averageOfARunClaim(result);
    return claim ? [claim] : [];
  },
  async derived(context, spec, tensors): Promise<Derived<AveragesResult>> {
    const condition = conditionOf(context, spec.condition);
    const settings = settingsOf(condition, spec);
    const numbered = await numberedWeights(context, condition, settings.networks);
    const { train, test } = await evaluateBothParts(
      context,
      condition,
      async ({ part, evaluate }) =>
        derivedPart(
          tensors[part] as TensorsOf<PartLosses>,
          settings,
          await bothNumberings(numbered, settings, evaluate),
          condition.experiment.seed,
        ),
    );
    return { ...settings, train, test };
  },
  recheck: (context, spec, result: AveragesResult) => {
    const condition = conditionOf(context, spec.condition);
    const ends = weightsOf(condition, result.networks);
    return recheckBothParts(context, condition, async ({ part, evaluate }) => {
      const { along } = result[part]!;
      const { loss } = await evaluate(ends);
      return result.networks.map((network, n) =>
        sameLoss(`${part} loss at the end of network ${network}`, along.values[n]!, loss[n]!),
      );
    });
  },
});

type Settings = Pick<AveragesResult, 'networks' | 'sizes' | 'groups' | 'lateEpochs'>;

function settingsOf(condition: TrainedCondition, spec: AveragesSpec): Settings {
  const { experiment, data } = condition;
  const networks = soundNetworks(condition, 2);
  const sizes = spec.sizes.filter((size) => size <= networks.length);
  const { snapshots, stepsPerEpoch } = plannedSteps(experiment, data.train);
  const from = (1 - spec.window) * snapshots.at(-1)!;
  return {
    networks,
    sizes,
    groups: sizes.map((size) => Math.floor(networks.length / size)),
    lateEpochs: snapshots
      .filter((step) => step >= from)
      .map((step) => step / stepsPerEpoch)
      .reverse(),
  };
}

async function numberedWeights(
  { signal }: Pick<AnalysisContext, 'signal'>,
  condition: TrainedCondition,
  networks: readonly number[],
): Promise<Numbered> {
  signal.throwIfAborted();
  const raw = weightsOf(condition, networks);
  const { seed } = condition.experiment;
  return { raw, aligned: (await alignJointly(condition.network, raw, { seed, signal })).weights };
}

async function bothNumberings(
  { raw, aligned }: Numbered,
  { networks, sizes }: Settings,
  evaluate: Evaluate,
): Promise<Pick<PartLosses, 'raw' | 'aligned'>> {
  const P = raw.length / networks.length;
  return {
    raw: await acrossLosses(raw, P, sizes, evaluate),
    aligned: await acrossLosses(aligned, P, sizes, evaluate),
  };
}

/** What single precision leaves of a loss on another provider, nats. */
const lossTolerance = 1e-4;

function derivedPart(
  kept: TensorsOf<PartLosses>,
  settings: Settings,
  again: Pick<PartLosses, 'raw' | 'aligned'>,
  seed: number,
): Derived<PartLosses> {
  const { networks, groups, lateEpochs } = settings;
  const G = groups.reduce((sum, count) => sum + count, 0);
  const losses = {
    raw: shaped(kept?.raw, [G]),
    aligned: shaped(kept?.aligned, [G]),
    along: shaped(kept?.along, [lateEpochs.length, networks.length]),
  };
  return {
    ...factsOfLosses(losses, settings, seed),
    raw: new About(again.raw, lossTolerance),
    aligned: new About(again.aligned, lossTolerance),
    along: losses.along,
  };
}
