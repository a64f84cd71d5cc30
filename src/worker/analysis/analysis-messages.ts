// What the laboratory and its analysis worker say to each other: one question at a time about trained networks.
import type { ArtifactClaim } from '../../artifact/manifest.ts';
import type { Boundaries } from '../../landscape/boundaries.ts';
import type { Landscape, Plane } from '../../landscape/landscape.ts';
import type { AnalysisSpec } from '../../landscape/analyses/index.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { TrainingHistory } from '../../learning/history.ts';
import type { Failure } from '../failures.ts';
import type { ProviderChoice } from '../provider-choice.ts';

/** Trained networks that a question is asked of. */
export interface Subject {
  /** Short, in lower case: the key of the condition. */
  readonly key: string;
  readonly title: string;
  readonly experiment: Experiment;
  /** Contents of the file that `experiment.data` names, where it is a CSV file. */
  readonly csv: string | null;
  readonly history: TrainingHistory;
}

export type Question =
  | { readonly kind: 'landscape'; readonly subject: Subject }
  | { readonly kind: 'boundaries'; readonly subject: Subject }
  | {
      readonly kind: 'analysis';
      /** Under which the result stands in a study. */
      readonly name: string;
      readonly spec: AnalysisSpec;
      readonly subjects: readonly Subject[];
    };

export type Answer =
  | { readonly kind: 'landscape'; readonly landscape: Landscape; readonly plane: Plane }
  | { readonly kind: 'boundaries'; readonly boundaries: Boundaries | null }
  | {
      readonly kind: 'analysis';
      readonly result: unknown;
      readonly claims: readonly ArtifactClaim[];
    };

export type AnswerOutcome =
  | { readonly kind: 'answered'; readonly answer: Answer; readonly provider: string }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'cancelled' };

/** Share done, 0 to 1; null while what comes first (runtime, data) is made ready, which `doing` says. */
export interface QuestionProgress {
  readonly share: number | null;
  /** A short phrase, such as "Loading the runtime". */
  readonly doing: string;
}

/** What the worker offers; one question at a time. */
export interface AnalysisService {
  ask(
    question: Question,
    provider: ProviderChoice,
    listener: (progress: QuestionProgress) => Promise<void>,
  ): Promise<AnswerOutcome>;
  cancel(): void;
}
