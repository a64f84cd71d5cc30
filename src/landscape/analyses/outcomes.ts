// How training went under each condition: curves, where networks ended, and how the conditions differ.
import type { Curves } from '../../learning/history.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import { gatherRows } from '../rows.ts';
import { convergenceStatistics, epochsToThreshold } from '../statistics.ts';
import {
  defineAnalysis,
  ofEach,
  perCondition,
  type Condition,
  type TrainedCondition,
} from './analysis.ts';
import { shapedIf } from './derived.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { idleUnits } from './outcomes/idle-units.ts';
import { differencesOf, keptEpochs, outcomeAgain, type Ends } from './outcomes/outcomes-derived.ts';
import { recheckOutcomes } from './outcomes/outcomes-rechecks.ts';
import {
  outcomesSchema,
  type ConditionOutcome,
  type OutcomesResult,
} from './outcomes/outcomes-result.ts';

export const outcomes = defineAnalysis({
  schema: outcomesSchema,
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
  recheck: recheckOutcomes,
});

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
