// What figures draw from, live or precomputed: a run of its own, or results of analyses.
import type { Experiment } from '../learning/experiment.ts';
import type { Curves } from '../learning/history.ts';
import type { PreparedData } from '../learning/samples.ts';
import type { Boundaries } from '../landscape/boundaries.ts';
import type { BoundaryHistoryResult } from '../landscape/analyses/boundary-history/boundary-history-result.ts';
import type { Landscape } from '../landscape/landscape.ts';
import type { AnsweredStudy } from '../landscape/study.ts';
import type { ConvergenceStatistics } from '../landscape/statistics.ts';
import type { ArtifactClaim, ConditionFacts } from './manifest.ts';

export interface RunDisplay {
  readonly experiment: Experiment;
  /** Where it was computed, for the caption: 'cpu', 'cuda', 'webgpu' or 'wasm'. */
  readonly provider: string;
  readonly data: PreparedData;
  readonly curves: Curves;
  readonly statistics: ConvergenceStatistics;
  readonly boundaries: Boundaries | null;
  /** Null while a live run is still training. */
  readonly landscape: Landscape | null;
  /** Of a run that was asked for it. */
  readonly boundaryHistory?: BoundaryHistoryResult | null;
}

/** Conditions that were trained, and what was asked of them. */
export interface StudyDisplay {
  readonly study: AnsweredStudy;
  readonly provider: string;
  readonly conditions: readonly ConditionFacts[];
  /** By analysis; tensors are there, but for those that no figure draws, which are null. */
  readonly results: Readonly<Record<string, unknown>>;
  /** By id; what a second analysis claims alike stands under its name and the id, `wide/curves-connect`. */
  readonly claims: Readonly<Record<string, ArtifactClaim>>;
}

export type { Boundaries, ConvergenceStatistics, Curves, Experiment, Landscape, PreparedData };
