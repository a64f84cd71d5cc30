// What the worker of the data section does: reads tables and weights, prepares pictures; every complaint becomes a sentence.
import { openWeights, type DataSizes } from '../../artifact/open-weights.ts';
import { CsvError } from '../../learning/csv.ts';
import { dataDimensions } from '../../learning/data-dimensions.ts';
import { loadDataset, type DataSources } from '../../learning/datasets/index.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { inspectTable } from './inspect-table.ts';
import type { TableChoices, TableService, TableSource, Told } from './table-messages.ts';
import { pictureData } from './picture-data.ts';
import { plainPoints } from './plain-points.ts';
import { shapeTable } from './shape-table.ts';
import { suggestChoices, wholeTable } from './suggest-choices.ts';

/** @param sourcesOf where the texts of data sets come from, given the reader's file. */
export function createTableService(sourcesOf: (csv: string | null) => DataSources): TableService {
  let text = '';
  return {
    inspect: (source, where, header, labelColumn) =>
      told(() => {
        text = textOf(source);
        const report = inspectTable(text, { where, header });
        const choices = suggestChoices(report, labelColumn ?? undefined);
        const whole = labelColumn === null ? null : wholeTable(report, choices.label);
        return { report, choices: whole && isReady(text, whole, where) ? whole : choices };
      }),
    shape: (where, choices) => told(() => shapeTable(text, choices, where)),
    picture: (experiment, csv) => told(() => pictureData(experiment, sourcesOf(csv))),
    plainPoints: (experiment, csv, reach) =>
      told(() => plainPoints(experiment, sourcesOf(csv), reach)),
    openWeights: (bytes, where, experiment, csv) =>
      told(async () => {
        const data = dataDimensions(experiment.data) ?? (await sizesOf(experiment, csv));
        return openWeights(bytes, where, experiment, data);
      }),
  };

  /** Features and classes of the reader's table. */
  async function sizesOf(experiment: Experiment, csv: string | null): Promise<DataSizes> {
    if (csv === null)
      throw new CsvError(
        'the table that these settings name is not here: choose it first, then the weights',
      );
    const set = await loadDataset(experiment.data, seedsOf(experiment).data, sourcesOf(csv));
    const outputs = set.kind === 'classes' ? set.classNames.length : 1;
    return { features: set.featureNames.length, outputs };
  }
}

/** Whether a table that was made ready before, here or elsewhere, can be taken as it is. */
function isReady(text: string, whole: TableChoices, where: string): boolean {
  try {
    shapeTable(text, whole, where);
    return true;
  } catch (error) {
    if (error instanceof CsvError) return false;
    throw error;
  }
}

/** What is not UTF-8 becomes marks that `readTable` complains of, with their line. */
const textOf = (source: TableSource): string =>
  typeof source === 'string' ? source : new TextDecoder().decode(source);

const ownErrors = ['CsvError', 'ExperimentError', 'ArtifactError'];

async function told<Result>(work: () => Result | Promise<Result>): Promise<Told<Result>> {
  try {
    return { kind: 'done', result: await work() };
  } catch (error) {
    const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
    const sentence = ownErrors.includes(name)
      ? message
      : `this did not work (${message}); try again`;
    return { kind: 'refused', sentence: asSentence(sentence) };
  }
}

const asSentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
