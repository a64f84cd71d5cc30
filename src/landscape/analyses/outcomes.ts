// How training went under each condition: curves, where networks ended, and how the conditions differ.
import { z } from 'zod';
import { convergenceStatistics, type ConvergenceStatistics } from '../statistics.ts';
import { createEvaluator } from '../../learning/evaluator.ts';
import type { Curves } from '../../learning/history.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import { gatherRows } from '../rows.ts';
import { defineAnalysis, lossOptions, using } from './analysis.ts';
import type { Condition } from './analysis.ts';
import { numericArray, onLogScale, type NumericArray } from './numeric-array.ts';

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
}

export const outcomes = defineAnalysis({
  schema,
  title: 'how training went, and how the conditions differ',
  async run({ conditions }, { records }) {
    const result = Object.fromEntries(
      conditions.map((condition) => [condition.key, outcomeOf(condition, records)]),
    );
    return { result: { conditions: result }, claims: [] };
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
      for (let n = 0; n < networks; n++) {
        if (!Number.isFinite(recorded[n]) || !Number.isFinite(loss[n])) continue;
        checks.push({
          what: `final training loss of network ${n} of ${condition.key}`,
          recorded: recorded[n] as number,
          again: loss[n] as number,
          tolerance: 1e-5 + 1e-4 * Math.abs(recorded[n] as number),
        });
      }
    }
    return checks;
  },
});

function outcomeOf({ experiment, history }: Condition, records: number): ConditionOutcome {
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
  };
}
