// How much of an experiment's work each stage is, so that the time left can be told.
import { batchSizeOf } from '../../src/learning/batches.ts';
import type { AnsweredSpec } from '../../src/landscape/analyses/index.ts';
import type { PreparedExperiment } from '../memory-held.ts';

export interface StageShares {
  readonly data: number;
  /** By condition. */
  readonly training: readonly number[];
  /** By analysis. */
  readonly analyses: Readonly<Record<string, number>>;
  readonly writing: number;
}

/**
 * They sum to 1. A run's training and surface are measured in sample evaluations (a network on a sample, forward;
 * forward and backward count three); what an author's analysis takes beside them is not known before, so that each is
 * taken for as much as the training of all conditions is for an author's two.
 */
export function stageShares(
  conditions: readonly PreparedExperiment[],
  analyses: Readonly<Record<string, AnsweredSpec>>,
): StageShares {
  const training = conditions.map(trainingWork);
  const trained = training.reduce((sum, work) => sum + work, 0);
  const work = Object.entries(analyses).map(([name, { kind }]): [string, number] => {
    if (kind === 'landscape') return [name, surfaceWork(conditions[0] as PreparedExperiment)];
    return [name, kind === 'boundaries' ? 0.03 * trained : 0.5 * trained];
  });
  const all = work.reduce((sum, [, each]) => sum + each, trained);
  const scale = 0.97 / all;
  return {
    data: 0.01,
    training: training.map((each) => each * scale),
    analyses: Object.fromEntries(work.map(([name, each]) => [name, each * scale])),
    writing: 0.02,
  };
}

function trainingWork({ experiment, data }: PreparedExperiment): number {
  const { initialisations, epochs, recordEvery } = experiment;
  const batch = batchSizeOf(experiment, data.train);
  const stepsPerEpoch = Math.max(1, Math.floor(data.train.count / batch));
  const records = epochs / recordEvery;
  const everySample = data.train.count + data.test.count;
  return initialisations * (epochs * stepsPerEpoch * batch * 3 + records * everySample);
}

function surfaceWork({ experiment, data }: PreparedExperiment): number {
  const { grid, snapshots, initialisations } = experiment;
  const everySample = data.train.count + data.test.count;
  return grid.size ** 2 * everySample + snapshots * initialisations * data.train.count;
}
