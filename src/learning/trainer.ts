// Trains N networks as one graph; the caller decides when to go on, so that a page can pause it.
import type { Executor } from '../engine/runtime/executor.ts';
import type { Experiment } from './experiment.ts';
import type { TrainingHistory } from './history.ts';
import type { NetworkShape } from './network-shape.ts';
import type { PreparedData } from './samples.ts';

export interface TrainerOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
  /** Bytes that activations may take; the networks are trained in chunks that fit. */
  readonly memoryBudget?: number;
}

export interface TrainingProgress {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  /** Measured over the steps since the last record, all networks together. */
  readonly millisecondsPerStep: number;
}

export interface Trainer {
  readonly network: NetworkShape;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** Trains up to the next record and makes it; null once training has ended. The first call records step 0. */
  advance(): Promise<TrainingProgress | null>;
  /** All records and snapshots so far. */
  history(): TrainingHistory;
  /** The weights as they are now, `[N, P]`. */
  weights(): Promise<Float32Array>;
  dispose(): void;
}

export declare function createTrainer(options: TrainerOptions): Promise<Trainer>;
