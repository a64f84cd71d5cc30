// Trained networks with their data: prepared once for all questions that are asked of them.
import type { Condition } from '../../landscape/analyses/analysis.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { checkMemory } from '../../learning/memory.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { pageMemory } from '../limits.ts';
import type { Subject } from './analysis-messages.ts';

interface Known {
  readonly settings: string;
  readonly csv: string | null;
  readonly data: PreparedData;
}

/** The two runs of a comparison, and two from before. */
const mostKept = 4;

export class PreparedSubjects {
  readonly #sources: (csv: string | null) => DataSources;
  #known: Known[] = [];

  constructor(sources: (csv: string | null) => DataSources) {
    this.#sources = sources;
  }

  /** @throws ExperimentError where the weights are not those of the experiment's networks. */
  async prepare({ key, title, experiment, csv, history }: Subject): Promise<Condition> {
    const data = await this.#dataOf({ experiment, csv });
    const network = networkShapeOf(experiment, data);
    const expected = parameterCount(network);
    if (history.parameters !== expected || history.networks !== experiment.initialisations) {
      throw new ExperimentError(
        `the weights are of ${history.networks} networks with ${history.parameters} parameters, but the settings describe ${experiment.initialisations} with ${expected}: open the weights together with their own settings`,
      );
    }
    const size = history.networks * history.parameters;
    return {
      key,
      title,
      experiment,
      data,
      network,
      initial: history.snapshots.slice(0, size),
      final: history.snapshots.slice(-size),
      history,
    };
  }

  async #dataOf({ experiment, csv }: Pick<Subject, 'experiment' | 'csv'>): Promise<PreparedData> {
    const { data: kind, testFraction, normalise } = experiment;
    const { data: drawn, split } = seedsOf(experiment);
    const settings = JSON.stringify([kind, testFraction, normalise, drawn, split]);
    const found = this.#known.find((known) => known.settings === settings && known.csv === csv);
    if (found) return found.data;
    const data = await prepareData(experiment, this.#sources(csv));
    checkMemory(experiment, data, pageMemory.whole);
    this.#known = [{ settings, csv, data }, ...this.#known].slice(0, mostKept);
    return data;
  }
}
