// How training went under each condition: curves, where networks ended, and how the conditions differ.
import { z } from 'zod';
import {
  convergenceStatistics,
  epochsToThreshold,
  statisticsOfEnds,
  type ConvergenceStatistics,
} from '../statistics.ts';
import { createActivationReader, createEvaluator } from '../../learning/evaluator.ts';
import type { Curves } from '../../learning/history.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import { gatherRows, rowIsFinite } from '../rows.ts';
import {
  compare,
  comparePaired,
  type Comparison,
  type PairedComparison,
} from '../comparison/effect-size.ts';
import { createDerivatives } from '../curvature/derivatives.ts';
import { defineAnalysis, lossOptions, ofEach, perCondition, rowOf, using } from './analysis.ts';
import type { AnalysisContext, Condition, Recheck, TrainedCondition } from './analysis.ts';
import { About, shaped, shapedIf, type Derived, type TensorsOf } from './derived.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameGradientNorm, sameLoss, sameShare } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('outcomes'),
  records: z.number().int().min(2).max(1000).default(101).meta({
    label: 'Records',
    help: 'How many points of each curve are kept, evenly spread.',
  }),
});

export interface ConditionOutcome {
  /** `[T]`, in epochs. */
  readonly epochs: NumericArray;
  /** `[T, N]` each; null where the condition has none. */
  readonly trainLoss: NumericArray;
  readonly trainAccuracy: NumericArray | null;
  readonly testLoss: NumericArray | null;
  readonly testAccuracy: NumericArray | null;
  readonly gradientNorm: NumericArray;
  readonly statistics: ConvergenceStatistics;
  /** `[N]` each, what the statistics want of the records that are not kept: see `RunEnds`. */
  readonly epochsToThreshold: NumericArray;
  readonly divergedAt: NumericArray;
  /** `[N]`: share of hidden units that give every training point the same answer: dead, or saturated. NaN without any, and for diverged networks. */
  readonly idleUnits: NumericArray;
}

/** Of a condition against the first one, at the end of training. */
export interface ConditionDifference {
  readonly trainLoss: Comparison;
  readonly testAccuracy: Comparison | null;
  /** Network by network, where both conditions begin at the same weights; else null. */
  readonly pairedTrainLoss: PairedComparison | null;
}

export interface OutcomesResult {
  readonly conditions: Readonly<Record<string, ConditionOutcome>>;
  readonly against: string;
  readonly differences: Readonly<Record<string, ConditionDifference>>;
}

export const outcomes = defineAnalysis({
  schema,
  title: 'how training went, and how the conditions differ',
  async answer(context, { records }): Promise<OutcomesResult> {
    const conditions = await perCondition(context, async (own, condition) =>
      outcomeOf(condition, records, await idleUnits(own, condition)),
    );
    return { conditions, ...differencesOf(context.conditions, ({ key }) => conditions[key]!) };
  },
  async derived(context, { records }, tensors) {
    const conditions = await ofEach(context, async (condition) =>
      outcomeAgain(
        condition,
        await idleUnits(context, condition),
        tensors.conditions[condition.key]!,
        keptEpochs(condition, records),
      ),
    );
    const endsOf = ({ key, data }: TrainedCondition): Ends => {
      const { trainLoss, testAccuracy } = tensors.conditions[key]!;
      const isThere = data.test.count > 0 && data.classNames.length > 0;
      return { trainLoss, testAccuracy: shapedIf(isThere, testAccuracy, trainLoss.shape) };
    };
    return { conditions, ...differencesOf(context.conditions, endsOf) };
  },
  async recheck(context, { records }, result) {
    const checks: Recheck[] = [];
    for (const condition of context.conditions) {
      const own = result.conditions[condition.key] as ConditionOutcome;
      checks.push(...(await recheckCurves(context, condition, own)));
      checks.push(...recheckUnkept(condition, records, own));
    }
    return checks;
  },
});

/** Where networks ended, by condition: all that conditions are compared by. */
type Ends = Pick<ConditionOutcome, 'trainLoss' | 'testAccuracy'>;

function differencesOf(
  conditions: readonly TrainedCondition[],
  endsOf: (condition: TrainedCondition) => Ends,
): Pick<OutcomesResult, 'against' | 'differences'> {
  const [first, ...others] = conditions as [TrainedCondition, ...TrainedCondition[]];
  const differences = others.map(
    (other) => [other.key, differenceOf(first, other, endsOf(first), endsOf(other))] as const,
  );
  return { against: first.key, differences: Object.fromEntries(differences) };
}

/** A unit is idle where its answers to all points differ by less than this share of their size. */
const idleSpread = 1e-6;

async function idleUnits(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
): Promise<number[]> {
  const { data, final, experiment, network } = condition;
  const networks = experiment.initialisations;
  const { count, inputs } = data.train;
  const reading = createActivationReader({ ...lossOptions(context, condition), count, inputs });
  const layers = await using(reading, (reader) => reader.read(final));
  const units = network.sizes.slice(1, -1).reduce((sum, size) => sum + size, 0);
  const P = final.length / networks;
  return Array.from({ length: networks }, (_, n) => {
    if (!rowIsFinite(final, P, n)) return NaN;
    let idle = 0;
    for (const [layer, activations] of layers.entries()) {
      const width = network.sizes[layer + 1]!;
      const own = rowOf(activations, count * width, n);
      for (let unit = 0; unit < width; unit++) {
        let [low, high] = [Infinity, -Infinity];
        for (let i = unit; i < own.length; i += width) {
          low = Math.min(low, own[i]!);
          high = Math.max(high, own[i]!);
        }
        const size = Math.max(Math.abs(low), Math.abs(high), 1e-30);
        if (high - low <= idleSpread * size) idle++;
      }
    }
    return idle / units;
  });
}

function differenceOf(
  first: TrainedCondition,
  other: TrainedCondition,
  endsOfFirst: Ends,
  endsOfOther: Ends,
): ConditionDifference {
  const { seed } = first.experiment;
  const ends = (curve: NumericArray) => curve.values.subarray(-curve.shape[1]!);
  const [a, b] = [ends(endsOfFirst.trainLoss), ends(endsOfOther.trainLoss)];
  const [accuracyA, accuracyB] = [endsOfFirst, endsOfOther].map(
    ({ testAccuracy }) => testAccuracy && ends(testAccuracy),
  );
  const sameStarts =
    first.initial.length === other.initial.length &&
    first.initial.every((weight, i) => Object.is(weight, other.initial[i]));
  return {
    trainLoss: compare(a, b, seed),
    testAccuracy: accuracyA && accuracyB ? compare(accuracyA, accuracyB, seed) : null,
    pairedTrainLoss: sameStarts ? comparePaired(a, b, seed) : null,
  };
}

function outcomeOf(
  { experiment, history }: Condition,
  records: number,
  idle: readonly number[],
): ConditionOutcome {
  const { curves, divergedAt, networks } = history;
  const rows = spreadIndices(curves.steps.length, records);
  const shape = [rows.length, networks];
  const kept = (name: keyof Curves) => {
    const values = curves[name] as Float32Array | null;
    if (!values) return null;
    const chosen = gatherRows(values, networks, rows);
    return name.endsWith('Accuracy') ? numericArray(shape, chosen) : onLogScale(shape, chosen);
  };
  return {
    epochs: numericArray(
      [rows.length],
      rows.map((row) => curves.epochs[row] as number),
    ),
    trainLoss: kept('trainLoss') as NumericArray,
    trainAccuracy: kept('trainAccuracy'),
    testLoss: kept('testLoss'),
    testAccuracy: kept('testAccuracy'),
    gradientNorm: kept('gradientNorm') as NumericArray,
    statistics: convergenceStatistics(curves, experiment, divergedAt),
    epochsToThreshold: forComputing(
      [networks],
      epochsToThreshold(curves, experiment.converged.lossBelow, networks),
    ),
    divergedAt: forComputing([networks], divergedAt),
    idleUnits: numericArray([networks], idle),
  };
}

/** Which records of a condition are kept, in epochs. */
function keptEpochs({ experiment, data }: TrainedCondition, most: number): number[] {
  const planned = plannedSteps(experiment, data.train);
  return spreadIndices(planned.records.length, most).map(
    (row) => planned.records[row]! / planned.stepsPerEpoch,
  );
}

function outcomeAgain(
  { experiment, data, network }: TrainedCondition,
  idle: readonly number[],
  tensors: TensorsOf<ConditionOutcome>,
  epochs: readonly number[],
): Derived<ConditionOutcome> {
  const N = experiment.initialisations;
  const shape = [epochs.length, N];
  const [classifies, hasTest] = [data.classNames.length > 0, data.test.count > 0];
  const curves = {
    trainLoss: shaped(tensors.trainLoss, shape),
    trainAccuracy: shapedIf(classifies, tensors.trainAccuracy, shape),
    testLoss: shapedIf(hasTest, tensors.testLoss, shape),
    testAccuracy: shapedIf(hasTest && classifies, tensors.testAccuracy, shape),
  };
  const ends = (curve: NumericArray) => curve.values.subarray(-N);
  const whole = {
    epochsToThreshold: shaped(tensors.epochsToThreshold, [N]),
    divergedAt: shaped(tensors.divergedAt, [N]),
  };
  const units = network.sizes.slice(1, -1).reduce((sum, size) => sum + size, 0);
  return {
    ...curves,
    ...whole,
    epochs: numericArray([epochs.length], epochs),
    gradientNorm: shaped(tensors.gradientNorm, shape),
    statistics: statisticsOfEnds(
      {
        trainLoss: ends(curves.trainLoss),
        trainAccuracy: curves.trainAccuracy && ends(curves.trainAccuracy),
        testLoss: curves.testLoss && ends(curves.testLoss),
        testAccuracy: curves.testAccuracy && ends(curves.testAccuracy),
        epochsToThreshold: whole.epochsToThreshold.values,
        divergedAt: whole.divergedAt.values,
        epochs: epochs.at(-1)!,
      },
      experiment,
    ),
    // Another provider may find a unit on the other side of the bound.
    idleUnits: new About(numericArray([N], idle), 1.5 / Math.max(1, units)),
  };
}

/** Where the curves begin and end, from the weights there. */
async function recheckCurves(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  outcome: ConditionOutcome,
): Promise<Recheck[]> {
  const { key, data, experiment, initial, final } = condition;
  const N = experiment.initialisations;
  const checks: Recheck[] = [];
  const diverged = (n: number) => outcome.divergedAt.values[n]! >= 0;
  const ends = [
    ['initial', initial, (values: Float32Array) => values.subarray(0, N)],
    ['final', final, (values: Float32Array) => values.subarray(-N)],
  ] as const;
  for (const part of ['train', 'test'] as const) {
    if (data[part].count === 0) continue;
    const [losses, accuracies] =
      part === 'train'
        ? [outcome.trainLoss, outcome.trainAccuracy]
        : [outcome.testLoss!, outcome.testAccuracy];
    const name = part === 'train' ? 'training' : 'test';
    await using(createEvaluator(lossOptions(context, condition, part)), async ({ evaluate }) => {
      for (const [end, weights, row] of ends) {
        const { loss, accuracy } = await evaluate(weights);
        for (let n = 0; n < N; n++) {
          const recorded = row(losses.values)[n]!;
          // Curves end where a network diverged, even if its loss is finite again.
          if (diverged(n) && Number.isNaN(recorded)) continue;
          const of = `of network ${n} of ${key}`;
          checks.push(sameLoss(`${end} ${name} loss ${of}`, recorded, loss[n]!));
          if (!accuracy || !accuracies) continue;
          const share = row(accuracies.values)[n]!;
          const what = `${end} ${name} accuracy ${of}`;
          checks.push(sameShare(what, share, accuracy[n]!, data[part].count));
        }
      }
    });
  }
  await using(
    createDerivatives(lossOptions(context, condition)),
    async ({ gradient, parameters }) => {
      const { gradient: values } = await gradient(final);
      for (let n = 0; n < N; n++) {
        const recorded = outcome.gradientNorm.values.at(n - N)!;
        if (diverged(n) && Number.isNaN(recorded)) continue;
        const own = rowOf(values, parameters, n);
        const norm = Math.sqrt(own.reduce((sum, value) => sum + value * value, 0));
        const what = `final gradient norm of network ${n} of ${key}`;
        checks.push(sameGradientNorm(what, recorded, norm));
      }
    },
  );
  return checks;
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
