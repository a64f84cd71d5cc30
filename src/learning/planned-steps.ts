// At which optimiser steps a run records losses and keeps weights, from its settings alone.
import { stepsPerEpoch, totalSteps } from './batches.ts';
import { cadenceOf } from './cadence.ts';
import type { Experiment } from './experiment.ts';
import type { Samples } from './samples.ts';

export interface PlannedSteps {
  /** 0 and the last among them. */
  readonly records: readonly number[];
  /** 0 and the last among them. */
  readonly snapshots: readonly number[];
  readonly stepsPerEpoch: number;
}

/** @param samples the training part. */
export function plannedSteps(
  experiment: Experiment,
  samples: Pick<Samples, 'count'>,
): PlannedSteps {
  const total = totalSteps(experiment, samples);
  const perEpoch = stepsPerEpoch(experiment, samples);
  const cadence = cadenceOf({ ...experiment, totalSteps: total, stepsPerEpoch: perEpoch });
  const records = [0];
  while (records.at(-1)! < total) records.push(cadence.nextRecord(records.at(-1)!));
  return { records, snapshots: cadence.snapshots, stepsPerEpoch: perEpoch };
}
