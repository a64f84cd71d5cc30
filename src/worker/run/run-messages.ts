// What the laboratory and its training worker say to each other: one run that is open, and can be led step by step.
import type { ProviderName } from '../../engine/runtime/executor.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { TrainingHistory } from '../../learning/history.ts';
import type { PreparedData } from '../../learning/samples.ts';
import type { TrainingState } from '../../learning/trainer.ts';
import type { CourseMessage, Failure, ProviderChoice, TrainingFrame } from '../messages.ts';

/** Everything that a run needs to go on, here or elsewhere. */
export interface SavedTraining {
  /** As trained so far: with the changes of learning rate and the epochs that the reader made on the way. */
  readonly experiment: Experiment;
  readonly state: TrainingState;
  readonly history: TrainingHistory;
}

export interface LabRequest {
  readonly experiment: Experiment;
  /** Contents of the file that `experiment.data` names, where it is a CSV file. */
  readonly csv: string | null;
  /** `[N, P]`: where training starts instead of at drawn weights (a fork, an opened file). */
  readonly startWeights: Float32Array | null;
  /** A run that goes on from where it was; its experiment is then the one in here. */
  readonly resume: SavedTraining | null;
  readonly provider: ProviderChoice;
  /** The network whose boundary is drawn while training. */
  readonly selected: number | null;
}

/** 'ready': opened, nothing asked for yet; 'ended': all epochs are over. */
export type LabPhase = 'ready' | 'playing' | 'paused' | 'ended';

export interface LabFrame extends TrainingFrame {
  /** The rate of the next step. */
  readonly learningRate: number;
  /** `[N]`: the step at which each network diverged, -1 for never. */
  readonly divergedAt: Int32Array;
  /**
   * `[N]`: hidden units whose output is the same for every training point looked at (see silent-units.ts); 0 for a
   * network that diverged; null without hidden layers.
   */
  readonly silentUnits: Int32Array | null;
}

/** Milliseconds that one step took on each provider that was tried. */
export type ProviderTimes = Readonly<Partial<Record<ProviderName, number>>>;

export type LabMessage =
  | CourseMessage
  | {
      readonly kind: 'provider';
      readonly provider: ProviderName;
      /** One sentence, with both times where both were measured. */
      readonly reason: string;
      readonly threads: number;
      /** Null where nothing was measured. */
      readonly times: ProviderTimes | null;
    }
  /** Begins what the page draws, once more after a fallback: the next frame brings all records. */
  | { readonly kind: 'data'; readonly data: PreparedData }
  | { readonly kind: 'frame'; readonly frame: LabFrame }
  | { readonly kind: 'phase'; readonly phase: LabPhase }
  /** The run as it is, now and then while it plays, and whenever it pauses or ends. */
  | { readonly kind: 'saved'; readonly training: SavedTraining }
  /** Something to know that stops nothing: a wish that could not be followed, training while nothing was drawn. */
  | { readonly kind: 'note'; readonly sentence: string }
  /** Training goes on from the last saved state, on another provider. */
  | { readonly kind: 'fallback'; readonly sentence: string }
  /** The run is over, against everybody's will; what was saved last is intact. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Resolves once the page has shown the message: the worker holds the next frame back until then, and that alone. A page
 * that draws nothing, because its tab is hidden, stops nothing: training goes on without frames, pauses, steps and
 * savings are told as ever, and the next frame is made once the page has drawn the last.
 */
export type LabListener = (message: LabMessage) => Promise<void>;

export type OpenOutcome =
  | { readonly kind: 'opened'; readonly totalSteps: number; readonly stepsPerEpoch: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Another run was opened, or this one closed, before it was ready. */
  | { readonly kind: 'closed' };

/** What the worker offers; opening a run closes the one before. */
export interface LabTraining {
  open(request: LabRequest, listener: LabListener): Promise<OpenOutcome>;
  play(): void;
  /** After the record under way, or some 100 ms; also of a run that is 'ready', which is then saved and 'paused'. */
  pause(): void;
  /** One optimiser step, then pauses. */
  step(): void;
  /** From the next step on; kept in the experiment as `rateChanges`. */
  setLearningRate(rate: number): void;
  /** In all, counted from the start of the run; a run that had ended can then go on. */
  setEpochs(epochs: number): void;
  select(network: number | null): void;
  /** Null where nothing is open. */
  save(): Promise<SavedTraining | null>;
  close(): void;
}
