// What a manifest says of conditions: as it is written, and as it is checked.
import type {
  Condition,
  TrainedCondition,
  WholeCondition,
} from '../landscape/analyses/analysis.ts';
import { convergenceStatistics } from '../landscape/statistics.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { PreparedData } from '../learning/samples.ts';
import type { ConditionFacts, TrainingFacts } from './manifest.ts';

/** SHA-256 of what a condition is made from. */
export interface ConditionHashes {
  readonly dataHash: string;
  readonly startHash: string | undefined;
}

export const conditionFacts = (
  { key, network, history }: Condition,
  { dataHash, startHash }: ConditionHashes,
): Omit<ConditionFacts, 'training'> => ({
  key,
  dataHash,
  ...(startHash === undefined ? {} : { startHash }),
  sizes: [...network.sizes],
  parameters: history.parameters,
  networks: history.networks,
  diverged: history.divergedAt.reduce((count, step) => count + Number(step >= 0), 0),
});

/** What follows from settings and data alone. */
export function settledFacts({
  experiment,
  data,
}: Pick<TrainedCondition, 'experiment' | 'data'>): Omit<TrainingFacts, 'statistics'> {
  return { seeds: seedsOf(experiment), data: dataFacts(data) };
}

export const trainingFacts = (condition: WholeCondition): TrainingFacts => ({
  ...settledFacts(condition),
  // The types differ in `readonly` alone.
  statistics: structuredClone(statisticsOf(condition)) as TrainingFacts['statistics'],
});

export const statisticsOf = ({ experiment, history }: WholeCondition) =>
  convergenceStatistics(history.curves, experiment, history.divergedAt);

const seedsOf = ({ seed, start }: Experiment): TrainingFacts['seeds'] => ({
  seed,
  generator: 'xoroshiro128+ (pure-rand), a stream of its own for each purpose and index',
  streams: [
    'data/<kind>',
    'split',
    ...(start ? [] : ['initial-weights/<network>']),
    'batches/<epoch>',
    'bootstrap',
  ],
});

function dataFacts(data: PreparedData): TrainingFacts['data'] {
  const { features, outputs, featureNames, classNames, normalisation, train, test } = data;
  return {
    features,
    outputs,
    featureNames: [...featureNames],
    classNames: [...classNames],
    trainCount: train.count,
    testCount: test.count,
    mean: Array.from(normalisation.mean),
    scale: Array.from(normalisation.scale),
  };
}
