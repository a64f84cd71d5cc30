// Prepares what a set of data looks like: a plane for points, images for digits.
import { principalComponents } from '../../landscape/pca.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData, Samples } from '../../learning/samples.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import type { DataPicture, DrawnPoints } from './table-messages.ts';

/** More points than these are a blot. */
const mostDrawn = 1_600;
/** Principal components are sought among so many points in so many dimensions at most, which takes a fraction of a second. */
const mostAnalysed = 2_000;
const mostDimensions = 256;

type Plane = Pick<Extract<DataPicture, { kind: 'plane' }>, 'axes' | 'by' | 'share'> & {
  /** Where a sample lies on it. */
  readonly at: (samples: Samples, sample: number) => readonly [number, number];
};

/** As the networks will see them: split, and normalised if they are to be. Throws what `prepareData` throws. */
export async function pictureData(
  experiment: Experiment,
  sources: DataSources,
): Promise<DataPicture> {
  // How long and in which batches is trained, and where one looks from, is no matter of the data.
  const plain: Experiment = {
    ...experiment,
    batchSize: 'full',
    epochs: 1,
    snapshots: 2,
    directions: 'pca',
  };
  const data = await prepareData(plain, sources);
  const facts = {
    classNames: data.classNames,
    features: data.features,
    train: data.train.count,
    test: data.test.count,
  };
  if (data.classNames.length === 0) return { ...facts, kind: 'values' };
  if (experiment.data.kind === 'digits') return { ...facts, kind: 'images', data };
  const { at, ...plane } = planeOf(data);
  const whole = data.train.count + data.test.count;
  const drawn = (samples: Samples): DrawnPoints => {
    const most = Math.max(1, Math.ceil((mostDrawn * samples.count) / whole));
    const rows = spreadIndices(samples.count, most);
    return {
      points: Float32Array.from(rows.flatMap((row) => [...at(samples, row)])),
      labels: Int32Array.from(rows, (row) => samples.labels?.[row] ?? 0),
    };
  };
  return {
    ...facts,
    kind: 'plane',
    ...plane,
    drawn: { train: drawn(data.train), test: drawn(data.test) },
  };
}

function planeOf(data: PreparedData): Plane {
  const { features, featureNames, train } = data;
  const name = (f: number): string => featureNames[f] ?? '';
  const feature = (samples: Samples, sample: number, f: number): number =>
    samples.inputs[sample * features + f] as number;
  if (features === 1)
    return {
      axes: [name(0), 'class'],
      by: 'one',
      share: null,
      at: (samples, row) => [feature(samples, row, 0), samples.labels?.[row] ?? 0],
    };
  const analysed = spreadIndices(train.count, mostAnalysed);
  const isNeedless = features === 2;
  const isTooMuch = Math.min(features, analysed.length) > mostDimensions || analysed.length < 3;
  if (isNeedless || isTooMuch)
    return {
      axes: [name(0), name(1)],
      by: isNeedless ? 'features' : 'first-two',
      share: null,
      at: (samples, row) => [feature(samples, row, 0), feature(samples, row, 1)],
    };
  const points = new Float32Array(analysed.length * features);
  analysed.forEach((row, i) => {
    points.set(train.inputs.subarray(row * features, (row + 1) * features), i * features);
  });
  const { mean, directions, explainedVariance } = principalComponents(
    points,
    analysed.length,
    features,
    2,
  );
  const along = (samples: Samples, row: number, component: number): number => {
    let sum = 0;
    for (let f = 0; f < features; f++)
      sum +=
        (feature(samples, row, f) - (mean[f] as number)) *
        (directions[component * features + f] as number);
    return sum;
  };
  const share = (explainedVariance[0] ?? 0) + (explainedVariance[1] ?? 0);
  return {
    axes: ['first principal component', 'second principal component'],
    by: 'principal',
    share,
    at: (samples, row) => [along(samples, row, 0), along(samples, row, 1)],
  };
}
