// What follows from curves and their ends: statistics, and how the conditions differ.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import { spreadIndices } from '../../../learning/spread-indices.ts';
import { compare, comparePaired } from '../../comparison/effect-size.ts';
import { statisticsOfEnds } from '../../statistics.ts';
import type { TrainedCondition } from '../analysis.ts';
import { About, shaped, shapedIf, type Derived, type TensorsOf } from '../derived.ts';
import { numericArray, type NumericArray } from '../numeric-array.ts';
import type { ConditionDifference, ConditionOutcome, OutcomesResult } from './outcomes-result.ts';

export function outcomeAgain(
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

/** Which records of a condition are kept, in epochs. */
export function keptEpochs({ experiment, data }: TrainedCondition, most: number): number[] {
  const planned = plannedSteps(experiment, data.train);
  return spreadIndices(planned.records.length, most).map(
    (row) => planned.records[row]! / planned.stepsPerEpoch,
  );
}

/** Where networks ended, by condition: all that conditions are compared by. */
export type Ends = Pick<ConditionOutcome, 'trainLoss' | 'testAccuracy'>;

export function differencesOf(
  conditions: readonly TrainedCondition[],
  endsOf: (condition: TrainedCondition) => Ends,
): Pick<OutcomesResult, 'against' | 'differences'> {
  const [first, ...others] = conditions as [TrainedCondition, ...TrainedCondition[]];
  const differences = others.map(
    (other) => [other.key, differenceOf(first, other, endsOf(first), endsOf(other))] as const,
  );
  return { against: first.key, differences: Object.fromEntries(differences) };
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
