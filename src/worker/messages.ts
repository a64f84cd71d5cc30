// What the page and the training worker say to each other.
import type { ProviderName } from '../engine/runtime/executor.ts';
import type { Boundaries } from '../landscape/boundaries.ts';
import type { Landscape, Plane } from '../landscape/landscape.ts';
import type { ConvergenceStatistics } from '../landscape/statistics.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { Curves } from '../learning/history.ts';
import type { PreparedData } from '../learning/samples.ts';

export type ProviderChoice = 'auto' | 'webgpu' | 'wasm';

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

export interface TrainRequest {
  readonly experiment: Experiment;
  readonly provider: ProviderChoice;
  /** Contents of the file that `experiment.data` names, where it is a CSV file. */
  readonly csv: string | null;
  /** The network whose boundary is drawn while training. */
  readonly selected: number | null;
  /** Null: the walkers are watched on the plane of the untrained weights' own PCA. */
  readonly knownPlane: KnownPlane | null;
}

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
}

export type Stage = 'runtime' | 'compile' | 'train' | 'boundaries' | 'landscape';

/** What every training tells of itself before and while it computes. */
export type CourseMessage =
  | {
      readonly kind: 'download';
      readonly loadedBytes: number;
      /** Null where the server does not say. */
      readonly totalBytes: number | null;
    }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'surface'; readonly surface: Surface };

export type WorkerMessage =
  | CourseMessage
  | {
      readonly kind: 'provider';
      readonly provider: ProviderName;
      readonly reason: string;
      readonly threads: number;
    }
  | { readonly kind: 'data'; readonly data: PreparedData; readonly initialChecksum: string | null }
  | { readonly kind: 'frame'; readonly frame: TrainingFrame }
  | { readonly kind: 'landscape'; readonly share: number }
  /** Training begins again, on another provider. */
  | { readonly kind: 'fallback'; readonly sentence: string };

/** Resolves once the page has shown the message: the worker holds the next frame back until then. */
export type Listener = (message: WorkerMessage) => Promise<void>;

export type FailureKind =
  'experiment' | 'device-lost' | 'memory' | 'provider' | 'download' | 'other';

export interface Failure {
  readonly kind: FailureKind;
  /** What went wrong and what to do, one sentence. */
  readonly sentence: string;
}

export interface TrainedRun {
  readonly provider: ProviderName;
  /** The last frame, with the records that no frame has brought yet. */
  readonly frame: TrainingFrame;
  readonly statistics: ConvergenceStatistics;
  /** True where the reader ended the training early. */
  readonly stopped: boolean;
  /** Null for more or fewer than two features. */
  readonly boundaries: Boundaries | null;
  /** Null where the reader cancelled it. */
  readonly landscape: Landscape | null;
}

export type Outcome =
  | { readonly kind: 'trained'; readonly run: TrainedRun }
  | { readonly kind: 'failed'; readonly failure: Failure }
  /** The reader reset it. */
  | { readonly kind: 'abandoned' };

/** What the worker offers; one run at a time. */
export interface TrainingService {
  train(request: TrainRequest, listener: Listener): Promise<Outcome>;
  pause(): void;
  resume(): void;
  /** While training: ends it here and draws the landscape. While drawing the landscape: leaves it. */
  stop(): void;
  /** Ends the run with nothing kept. */
  abandon(): void;
  select(network: number | null): void;
}
