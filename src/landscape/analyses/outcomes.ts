// How training went under each condition: curves, where networks ended, and how the conditions differ.
import { z } from 'zod';
import { convergenceStatistics, type ConvergenceStatistics } from '../statistics.ts';
import { createActivationReader, createEvaluator } from '../../learning/evaluator.ts';
import type { Curves } from '../../learning/history.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import { gatherRows, rowIsFinite } from '../rows.ts';
import {
  compare,
  comparePaired,
  type Comparison,
  type PairedComparison,
} from '../comparison/effect-size.ts';
import { defineAnalysis, lossOptions, perCondition, rowOf, using } from './analysis.ts';
import type { AnalysisContext, Condition } from './analysis.ts';
import { numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameLoss } from './rechecks.ts';

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
  async answer(context, { records }) {
    const [first, ...others] = context.conditions as [Condition, ...Condition[]];
    const conditions = await perCondition(context, async (own, condition) =>
      outcomeOf(condition, records, await idleUnits(own, condition)),
    );
    const differences = others.map((other) => [other.key, differenceOf(first, other)] as const);
    return {
      conditions,
      against: first.key,
      differences: Object.fromEntries(differences),
    } satisfies OutcomesResult;
  },
  async recheck(context, _, result) {
    const checks = [];
    for (const condition of context.conditions) {
      const { trainLoss } = result.conditions[condition.key] as ConditionOutcome;
      const networks = condition.experiment.initialisations;
      const recorded = trainLoss.values.subarray(-networks);
      const { loss } = await using(createEvaluator(lossOptions(context, condition)), (evaluator) =>
        evaluator.evaluate(condition.final),
      );
      // How a diverged network's loss is not a number may differ from one provider to the next.
      const orMissing = (value: number) => (Number.isFinite(value) ? value : NaN);
      for (let n = 0; n < networks; n++) {
        checks.push(
          sameLoss(
            `final training loss of network ${n} of ${condition.key}`,
            orMissing(recorded[n]!),
            orMissing(loss[n]!),
          ),
        );
      }
    }
    return checks;
  },
});

/** A unit is idle where its answers to all points differ by less than this share of their size. */
const idleSpread = 1e-6;

async function idleUnits(context: AnalysisContext, condition: Condition): Promise<number[]> {
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

function differenceOf(first: Condition, other: Condition): ConditionDifference {
  const { seed } = first.experiment;
  const ends = ({ history }: Condition, name: 'trainLoss' | 'testAccuracy') =>
    history.curves[name]?.slice(-history.networks) ?? null;
  const [a, b] = [ends(first, 'trainLoss')!, ends(other, 'trainLoss')!];
  const [accuracyA, accuracyB] = [ends(first, 'testAccuracy'), ends(other, 'testAccuracy')];
  const sameStarts =
    first.initial.length === other.initial.length &&
    first.initial.every((weight, i) => Object.is(weight, other.initial[i]));
  return {
    trainLoss: compare(a, b, seed),
    testAccuracy: accuracyA && accuracyB && compare(accuracyA, accuracyB, seed),
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
    idleUnits: numericArray([networks], idle),
  };
}
