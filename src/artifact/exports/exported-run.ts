// A run of the laboratory as it is taken away: settings, data, what was trained and what was seen.
import type { Landscape, Plane } from '../../landscape/landscape.ts';
import type { ConvergenceStatistics } from '../../landscape/statistics.ts';
import { stepsPerEpoch, totalSteps } from '../../learning/batches.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { TrainingHistory } from '../../learning/history.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { PreparedData } from '../../learning/samples.ts';

export interface ExportedRun {
  /** As trained: with the changes that were made on the way. */
  readonly experiment: Experiment;
  /** Contents of the reader's own CSV file, where the data are one. */
  readonly csv: string | null;
  /** `[N, P]` where training began, if it was not where the initialiser says. */
  readonly startWeights: Float32Array | null;
  readonly data: PreparedData;
  /** Its last snapshot is the network that is taken away. */
  readonly history: TrainingHistory;
  readonly statistics: ConvergenceStatistics;
  readonly landscapeInPlane: { readonly landscape: Landscape; readonly plane: Plane } | null;
  /** 'webgpu', 'wasm', 'cpu' or 'cuda'. */
  readonly provider: string;
}

export const shapeOf = ({ experiment, data }: ExportedRun): NetworkShape =>
  networkShapeOf(experiment, data);

/** The weights of one network as it is taken away, `[P]`. */
export function finalWeights({ history }: ExportedRun, network: number): Float32Array {
  const { networks, parameters, snapshots } = history;
  if (!Number.isInteger(network) || network < 0 || network >= networks)
    throw new RangeError(
      `there is no network ${network}: this run has ${networks}, so expected 0 to ${networks - 1}`,
    );
  const first = snapshots.length - (networks - network) * parameters;
  return snapshots.subarray(first, first + parameters);
}

/** How far a run has come, against what its settings ask for. */
export interface TrainedSoFar {
  readonly steps: number;
  readonly totalSteps: number;
  /** Not whole where the run was paused within an epoch. */
  readonly epochs: number;
  readonly isComplete: boolean;
}

export function trainedSoFar({ experiment, data, history }: ExportedRun): TrainedSoFar {
  const steps = history.snapshotSteps.at(-1) ?? 0;
  const total = totalSteps(experiment, data.train);
  return {
    steps,
    totalSteps: total,
    epochs: steps / stepsPerEpoch(experiment, data.train),
    isComplete: steps >= total,
  };
}
