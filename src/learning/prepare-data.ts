// Loads, splits and normalises the samples of an experiment.
import { loadDataset, type DataSources } from './datasets/index.ts';
import type { ClassDataset, RegressionDataset } from './datasets/dataset.ts';
import { checkAgainstData } from './experiment-rules.ts';
import type { Experiment } from './experiment.ts';
import { fitNormalisation, identityNormalisation, normaliseRows } from './normalise.ts';
import { randomStream } from './random.ts';
import type { PreparedData, Samples } from './samples.ts';
import { seedsOf } from './seeds.ts';
import { stratifiedSplit } from './split.ts';

export type { DataSources } from './datasets/index.ts';

/**
 * The same samples for the same `data`, `testFraction`, `normalise` and seeds of data and split, wherever it runs.
 * Classes become one-hot targets, for either loss. A regression set is learned whole and as it is:
 * `testFraction` and `normalise` do not apply to it.
 * Throws `CsvError` for a bad file and `ExperimentError` where the data does not suit the other settings.
 */
export async function prepareData(
  experiment: Experiment,
  sources: DataSources,
): Promise<PreparedData> {
  const dataset = await loadDataset(experiment.data, seedsOf(experiment).data, sources);
  const prepared =
    dataset.kind === 'classes' ? prepareClasses(dataset, experiment) : prepareRegression(dataset);
  checkAgainstData(experiment, prepared, `experiment ${experiment.name}`);
  return prepared;
}

function prepareClasses(dataset: ClassDataset, experiment: Experiment): PreparedData {
  const { inputs, labels, featureNames, classNames } = dataset;
  const features = featureNames.length;
  const stream = randomStream(seedsOf(experiment).split, 'split');
  const split = stratifiedSplit(labels, classNames.length, experiment.testFraction, stream);
  const normalisation = experiment.normalise
    ? fitNormalisation(inputs, features, split.train)
    : identityNormalisation(features);
  const samples = (rows: Int32Array): Samples => {
    const chosen = rows.map((row) => labels[row] as number);
    return {
      count: rows.length,
      inputs: normaliseRows(inputs, rows, normalisation),
      targets: oneHot(chosen, classNames.length),
      labels: chosen,
    };
  };
  return {
    features,
    outputs: classNames.length,
    featureNames,
    classNames,
    train: samples(split.train),
    test: samples(split.test),
    normalisation: {
      mean: Float32Array.from(normalisation.mean),
      scale: Float32Array.from(normalisation.scale),
    },
  };
}

function prepareRegression({ inputs, values, featureNames }: RegressionDataset): PreparedData {
  const features = featureNames.length;
  const none = new Float32Array(0);
  return {
    features,
    outputs: 1,
    featureNames,
    classNames: [],
    train: {
      count: values.length,
      inputs: Float32Array.from(inputs),
      targets: Float32Array.from(values),
      labels: null,
    },
    test: { count: 0, inputs: none, targets: none, labels: null },
    normalisation: {
      mean: new Float32Array(features),
      scale: new Float32Array(features).fill(1),
    },
  };
}

/** `[count, classes]`: 1 in the column of each label's class, 0 elsewhere. */
function oneHot(labels: Int32Array, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, i) => {
    targets[i * classes + label] = 1;
  });
  return targets;
}
