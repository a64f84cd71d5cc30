// What a page knows of one run, live or precomputed: the one type that every figure's data is drawn from.
import type { Experiment } from '../learning/experiment.ts';
import type { Curves } from '../learning/history.ts';
import type { PreparedData } from '../learning/samples.ts';
import type { Boundaries } from '../landscape/boundaries.ts';
import type { Landscape } from '../landscape/landscape.ts';
import type { ConvergenceStatistics } from '../landscape/statistics.ts';

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
}

export type { Boundaries, ConvergenceStatistics, Curves, Experiment, Landscape, PreparedData };
