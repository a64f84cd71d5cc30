// What a page and its training worker say to each other: one run that is open, led by commands and told of in messages.
import type { ProviderName } from '../../engine/runtime/executor.ts';
import type { Boundaries } from '../../landscape/boundaries.ts';
import type { Landscape, Plane } from '../../landscape/landscape.ts';
import type { ConvergenceStatistics } from '../../landscape/statistics.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { Curves, TrainingHistory } from '../../learning/history.ts';
import type { PreparedData } from '../../learning/samples.ts';
import type { TrainingState } from '../../learning/trainer.ts';
import type { Failure } from '../failures.ts';
import type { DownloadReport, ProviderChoice } from '../provider-choice.ts';

export type PlaneFacts = Pick<
  Landscape,
  'kind' | 'method' | 'explainedVariance' | 'nullExplainedVariance'
>;

/** A plane that is known before training, with the part of it that has been drawn. */
export interface KnownPlane {
  readonly plane: Plane;
  /** How it was found. */
  readonly facts: PlaneFacts;
  /** `[minimum, maximum]` of each coordinate. */
  readonly xs: readonly [number, number];
  readonly ys: readonly [number, number];
}

/** Everything that a run needs to go on, here or elsewhere. */
export interface SavedTraining {
  /** As trained so far: with the changes of learning rate and the epochs that the reader made on the way. */
  readonly experiment: Experiment;
  readonly state: TrainingState;
  readonly history: TrainingHistory;
}

export interface RunRequest {
  readonly experiment: Experiment;
  /** Contents of the file that `experiment.data` names, where it is a CSV file. */
  readonly csv: string | null;
  /** `[N, P]`: where training starts instead of at drawn weights (a fork, an opened file). */
  readonly startWeights: Float32Array | null;
  /** A run that goes on from where it was; its experiment is then the one in here. */
  readonly resume: SavedTraining | null;
  readonly provider: ProviderChoice;
  /** What 'auto' takes: the provider that is measured to be faster, or WebGPU wherever a graphics card runs it. */
  readonly automatic: 'faster' | 'webgpu-first';
  /** Whether the run is saved to the page: now and then while it plays, and whenever it pauses or ends. */
  readonly isSaved: boolean;
  /** The network whose boundary is drawn while training. */
  readonly selected: number | null;
  /** Null: the walkers are watched on the plane of the untrained weights' own PCA. */
  readonly knownPlane: KnownPlane | null;
}

/** What changes the networks' training itself; a change that cannot be made is answered by a note. */
export type RunChange =
  /** From the next step on; kept in the experiment as `rateChanges`. */
  | { readonly kind: 'set-learning-rate'; readonly learningRate: number }
  /** In all, counted from the start of the run; a run that had ended can then go on. */
  | { readonly kind: 'set-epochs'; readonly epochs: number };

/** What a reader may ask of the open run at any time; it is heard between two pieces of work. */
export type RunCommand =
  | RunChange
  | { readonly kind: 'play' }
  /** After the record under way, or some 100 ms; also of a run that is 'ready', which is then saved and 'paused'. */
  | { readonly kind: 'pause' }
  /** One optimiser step, then pauses. */
  | { readonly kind: 'step' }
  /** The network whose boundary is drawn. */
  | { readonly kind: 'select'; readonly network: number | null }
  /** Ends training at the next record, and computes boundaries and landscape of the weights there. */
  | { readonly kind: 'finish' }
  /** While the landscape is computed at the finish: leaves it out. */
  | { readonly kind: 'skip-landscape' };

/** 'ready': opened, nothing asked for yet; 'ended': all epochs are over. */
export type RunPhase = 'ready' | 'playing' | 'paused' | 'ended';

export type Stage = 'runtime' | 'compile' | 'train' | 'boundaries' | 'landscape';

/** A landscape while it is trained upon: how the plane was found and the loss evaluated on it. */
export type Surface = PlaneFacts & Pick<Landscape, 'xs' | 'ys' | 'loss' | 'testLoss' | 'accuracy'>;

/** Every network on the plane, at one step. */
export interface Positions {
  readonly step: number;
  /** `[N, 2]`. */
  readonly coordinates: Float32Array;
  /** `[N]`: distance from the plane. */
  readonly offPlane: Float32Array;
  /** `[N]`: training loss of the network. */
  readonly trueLoss: Float32Array;
  /** `[N]`: training loss of its foot point on the plane. */
  readonly planeLoss: Float32Array;
}

/** What one network answers on the input plane, at this moment. */
export interface OneBoundary {
  readonly network: number;
  readonly boundary: Boundaries;
}

/** Sent at most once for every frame that the page has drawn. */
export interface TrainingFrame {
  readonly step: number;
  readonly totalSteps: number;
  readonly epoch: number;
  readonly millisecondsPerStep: number;
  /** The records made since the frame before. */
  readonly newRecords: Curves;
  /** Null where they are as good as those sent before. */
  readonly statistics: ConvergenceStatistics | null;
  /** Null where the walkers cannot be placed on a plane. */
  readonly positions: Positions | null;
  readonly boundary: OneBoundary | null;
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

/** A run whose training is over, as a whole. */
export interface FinishedRun {
  readonly provider: ProviderName;
  /** The last frame, with its statistics and the records that no frame has brought yet. */
  readonly frame: TrainingFrame;
  /** Null for more or fewer than two features. */
  readonly boundaries: Boundaries | null;
  /** Null where the reader left it out. */
  readonly landscape: Landscape | null;
}

/** Milliseconds that one step took on each provider that was tried. */
export type ProviderTimes = Readonly<Partial<Record<ProviderName, number>>>;

export type RunMessage =
  | ({ readonly kind: 'download' } & DownloadReport)
  | { readonly kind: 'stage'; readonly stage: Stage }
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
  | {
      readonly kind: 'data';
      readonly data: PreparedData;
      /** SHA-256 of the first weights of the network that is compared with the published run; null without it. */
      readonly initialChecksum: string | null;
    }
  /** Of a plane that the page does not have, and again where walkers leave what is drawn of it. */
  | { readonly kind: 'surface'; readonly surface: Surface }
  | { readonly kind: 'frame'; readonly frame: TrainingFrame }
  | { readonly kind: 'phase'; readonly phase: RunPhase }
  | { readonly kind: 'saved'; readonly training: SavedTraining }
  /** How much of the landscape is computed, 0 to 1. */
  | { readonly kind: 'landscape'; readonly share: number }
  | { readonly kind: 'finished'; readonly run: FinishedRun }
  /** Something to know that stops nothing: a change that could not be made, training while nothing was drawn. */
  | { readonly kind: 'note'; readonly sentence: string }
  /** Training goes on from the last saved state, or begins again, on another provider. */
  | { readonly kind: 'fallback'; readonly sentence: string }
  /** The run is over, against everybody's will; what was saved last is intact. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/**
 * Resolves once the page has shown the message: the worker holds the next frame back until then, and that alone. A page
 * that draws nothing, because its tab is hidden, stops nothing: training goes on without frames, pauses, steps and
 * savings are told as ever, and the next frame is made once the page has drawn the last.
 */
export type RunListener = (message: RunMessage) => Promise<void>;

export type OpenOutcome =
  | { readonly kind: 'opened'; readonly totalSteps: number; readonly stepsPerEpoch: number }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** Another run was opened, or this one closed, before it was ready. */
  | { readonly kind: 'closed' };

/** What the worker offers; opening a run closes the one before. */
export interface TrainingService {
  open(request: RunRequest, listener: RunListener): Promise<OpenOutcome>;
  /** Nothing where no run is open. */
  send(command: RunCommand): void;
  /** The run as it is at the next moment between two pieces of work; null where nothing is open. */
  save(): Promise<SavedTraining | null>;
  close(): void;
}
