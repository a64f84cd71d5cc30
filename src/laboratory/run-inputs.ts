// What a run needs besides its settings, kept by name or asked for: the reader's own table, the weights that it starts from.
import { ExperimentError } from '../learning/experiment-error.ts';
import type { Experiment } from '../learning/experiment.ts';
import { freeName } from './data/free-name.ts';
import { sameValues } from './same-values.ts';

export interface RunInputs {
  /** Text of the CSV file that the settings name. */
  readonly csv: string | null;
  /** `[N, P]`. */
  readonly startWeights: Float32Array | null;
}

export class RunInputStore {
  readonly #csvFor: (path: string) => string | null;
  readonly #weights = new Map<string, Float32Array>();

  /** @param csvFor text of a CSV file by its name; null where it is not here. */
  constructor(csvFor: (path: string) => string | null) {
    this.#csvFor = csvFor;
  }

  /** @returns the name under which settings may start from these weights: each name keeps its meaning, also after undo. */
  keepWeights(file: string, weights: Float32Array): string {
    const isOther = (name: string) => {
      const kept = this.#weights.get(name);
      return kept !== undefined && !sameValues(kept, weights);
    };
    const name = freeName(file, isOther);
    this.#weights.set(name, weights);
    return name;
  }

  /** Null where they are not in the page. */
  weights(name: string): Float32Array | null {
    return this.#weights.get(name) ?? null;
  }

  /** @throws ExperimentError where a file that the settings name is not in the page. */
  inputsOf({ data, start }: Pick<Experiment, 'data' | 'start'>): RunInputs {
    const csv = data.kind === 'csv' ? this.#csvFor(data.path) : null;
    if (data.kind === 'csv' && csv === null) {
      throw new ExperimentError(
        `The data are the file ${data.path}, which is not in this page: choose it again under Data, or another set.`,
      );
    }
    const startWeights = start ? (this.#weights.get(start.path) ?? null) : null;
    if (start && !startWeights) {
      throw new ExperimentError(
        `The networks start at the weights of ${start.path}, which is not in this page: open it again under Data, or remove the start.`,
      );
    }
    return { csv, startWeights };
  }
}
