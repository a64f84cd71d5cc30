// A small complete run for tests of the file formats: every field filled, with NaN, infinity and -0 among the numbers.
import type { RunDisplay } from '../../../src/artifact/display.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { contentHash } from '../../../src/artifact/content-hash.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { encodeDisplay } from '../../../src/artifact/encode-display.ts';
import {
  encodeFullLandscape,
  encodeTraining,
  encodeWeights,
} from '../../../src/artifact/full-tensors.ts';
import { convergenceStatistics } from '../../../src/landscape/statistics.ts';
import type { Landscape, Plane } from '../../../src/landscape/landscape.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';
import type { TrainingHistory } from '../../../src/learning/history.ts';
import { randomStream } from '../../../src/learning/random.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';

const networks = 3;
const parameters = 12;
const records = 5;
const snapshots = 3;

export const experiment = experimentSchema.parse({
  name: 'small',
  title: 'A small run',
  data: { kind: 'moons', samples: 32 },
  hiddenSizes: [2],
  epochs: 4,
  initialisations: networks,
  snapshots,
  grid: { size: 7 },
});

const noData = () => Promise.reject(new Error('moons are generated'));
export const data = await prepareData(experiment, { digits: noData, csv: noData });

const random = randomStream(7, 'a run for tests');
const losses = (count: number) => Float32Array.from({ length: count }, () => random.uniform() * 3);

export const history: TrainingHistory = {
  networks,
  parameters,
  curves: {
    steps: Int32Array.from({ length: records }, (_, record) => record),
    epochs: Float32Array.from({ length: records }, (_, record) => record),
    trainLoss: losses(records * networks),
    trainAccuracy: losses(records * networks),
    testLoss: losses(records * networks),
    testAccuracy: null,
    gradientNorm: losses(records * networks),
  },
  snapshotSteps: Int32Array.of(0, 2, 4),
  snapshots: Float32Array.from({ length: snapshots * networks * parameters }, () =>
    random.normal(),
  ),
  divergedAt: Int32Array.of(-1, -1, 3),
};
// Network 2 diverged; one weight is a negative zero; one loss is exactly zero.
history.curves.trainLoss[records * networks - 1] = NaN;
history.curves.trainLoss[0] = 0;
history.snapshots[5] = -0;

const side = experiment.grid.size;
export const landscape: Landscape = {
  kind: 'pca',
  snapshotSteps: history.snapshotSteps,
  coordinates: Float32Array.from({ length: snapshots * networks * 2 }, () => random.normal()),
  offPlane: losses(snapshots * networks),
  trueLoss: losses(snapshots * networks),
  planeLoss: losses(snapshots * networks),
  explainedVariance: [0.5, 0.25, 0.25],
  nullExplainedVariance: [0.4, 0.3, 0.3],
  method: 'covariance',
  xs: Float32Array.from({ length: side }, (_, i) => i - 3),
  ys: Float32Array.from({ length: side }, (_, i) => i / 3),
  loss: losses(side * side),
  testLoss: losses(side * side),
  accuracy: losses(side * side).map((value) => value / 3),
};
landscape.loss[3] = Infinity;

export const plane: Plane = {
  origin: Float32Array.from({ length: parameters }, () => random.normal()),
  directions: Float32Array.from({ length: 2 * parameters }, () => random.normal()),
};

const size = 4;
export const run: RunDisplay = {
  experiment,
  provider: 'cpu',
  data,
  curves: history.curves,
  statistics: convergenceStatistics(history, experiment, history.divergedAt),
  boundaries: {
    extent: [-1.5, 2, -0.1, 0.7],
    size,
    classes: Uint8Array.from({ length: networks * size * size }, () => random.integer(2)),
    probability: Float32Array.from({ length: networks * size * size }, () => random.uniform()),
  },
  landscape,
};

/** The artifact's files by path, manifest included. */
export async function artifactFiles(): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>([
    ['weights.safetensors', encodeWeights(history)],
    ['training.safetensors', encodeTraining(history)],
    ['landscape.safetensors', encodeFullLandscape(landscape, plane)],
    ...(await encodeDisplay(run)),
  ]);
  const listed = [...files].map(async ([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: await sha256(bytes),
    purpose: 'a test',
  }));
  const hashes = { dataHash: await sha256(''), engineVersion: await sha256('engine') };
  const manifest: Manifest = await withManifestHash({
    format: 'loss-atlas-run',
    schemaVersion: 2,
    name: 'small',
    profile: 'file',
    experiment,
    seeds: { seed: experiment.seed, generator: 'xoroshiro128+', streams: ['split'] },
    provider: 'cpu',
    providerReason: 'a test',
    versions: { 'loss-atlas': '0.1.0' },
    sourcesHash: await sha256('sources'),
    engineVersion: hashes.engineVersion,
    contentHash: await contentHash({ experiment, ...hashes }),
    data: {
      features: data.features,
      outputs: data.outputs,
      featureNames: [...data.featureNames],
      classNames: [...data.classNames],
      sha256: hashes.dataHash,
      trainCount: data.train.count,
      testCount: data.test.count,
      mean: Array.from(data.normalisation.mean),
      scale: Array.from(data.normalisation.scale),
    },
    network: { sizes: [2, 2, 2], parameters },
    timings: { training: 1 },
    statistics: structuredClone(run.statistics) as Manifest['statistics'],
    explainedVariance: [...landscape.explainedVariance],
    nullExplainedVariance: [...landscape.nullExplainedVariance],
    projection: landscape.method,
    files: await Promise.all(listed),
  });
  return files.set('manifest.json', new TextEncoder().encode(JSON.stringify(manifest)));
}

/** Reads from a map, as pages read by fetch; `prefix` is what the paths begin with. */
export function readFrom(files: ReadonlyMap<string, Uint8Array>, prefix = '') {
  return (path: string): Promise<Uint8Array> => {
    const bytes = files.get(path.slice(prefix.length));
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no file ${path}`));
  };
}
