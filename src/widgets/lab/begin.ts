// What a run needs besides its settings, found or asked for: the reader's own data, the weights that it starts from.
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';

export interface Belongings {
  readonly csv: string | null;
  readonly startWeights: Float32Array | null;
}

export interface Belonging {
  /** Text of a CSV file by its name; null where it is not here. */
  csvFor(path: string): string | null;
  /** `[N, P]` by the name of their file. */
  readonly weights: ReadonlyMap<string, Float32Array>;
}

/** @throws ExperimentError where a file that the settings name is not in the page. */
export function belongingsOf(
  { data, start }: Pick<Experiment, 'data' | 'start'>,
  { csvFor, weights }: Belonging,
): Belongings {
  const csv = data.kind === 'csv' ? csvFor(data.path) : null;
  if (data.kind === 'csv' && csv === null) {
    throw new ExperimentError(
      `The data are the file ${data.path}, which is not in this page: choose it again under Data, or another set.`,
    );
  }
  const startWeights = start ? (weights.get(start.path) ?? null) : null;
  if (start && !startWeights) {
    throw new ExperimentError(
      `The networks start at the weights of ${start.path}, which is not in this page: open it again under Data, or remove the start.`,
    );
  }
  return { csv, startWeights };
}
