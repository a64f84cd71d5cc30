// A small complete run for tests of the file formats: every field filled, with NaN, infinity and -0 among the numbers.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeStage } from '../../../precompute/stages/write.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { contentHash } from '../../../src/artifact/content-hash.ts';
import type { RunDisplay } from '../../../src/artifact/display.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { encodeResult } from '../../../src/artifact/result-files.ts';
import { boundariesResult } from '../../../src/landscape/analyses/boundaries/boundaries-result.ts';
import { analysisOf } from '../../../src/landscape/analyses/index.ts';
import { landscapeResult } from '../../../src/landscape/analyses/landscape/landscape-result.ts';
import { answeredStudy, parseStudy } from '../../../src/landscape/study.ts';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { convergenceStatistics } from '../../../src/landscape/statistics.ts';
import type { Landscape, Plane } from '../../../src/landscape/landscape.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';
import type { TrainingHistory } from '../../../src/learning/history.ts';
import { randomStream } from '../../../src/learning/random.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';

const networks = 3;
const parameters = 12;
const records = 5;
const snapshots = 3;

const settings = {
  name: 'small',
  title: 'A small run',
  data: { kind: 'moons', samples: 32 },
  hiddenSizes: [2],
  epochs: 4,
  initialisations: networks,
  snapshots,
  grid: { size: 7 },
};
export const experiment = experimentSchema.parse(settings);

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

const boundaries = run.boundaries!;

/** The artifact's files by path as the command writes them, manifest included. */
export async function artifactFiles(): Promise<Map<string, Uint8Array>> {
  const written = parseStudy(settings, 'a test');
  const study = answeredStudy(written);
  const results = {
    landscape: landscapeResult(landscape, plane),
    boundaries: boundariesResult(boundaries),
  };
  const answers = Object.entries(results).map(([name, result]) => {
    const shown = analysisOf(study.analyses[name]!).shown(result);
    return [name, { ...encodeResult(result, shown), claims: [] }] as const;
  });
  const ends = networks * parameters;
  const condition = {
    ...written.conditions[0]!,
    data,
    network: networkShapeOf(experiment, data),
    history,
    initial: history.snapshots.slice(0, ends),
    final: history.snapshots.slice(-ends),
  };
  const conditionHashes = [{ dataHash: await sha256(''), startHash: undefined }];
  const folder = temporaryFolder();
  try {
    const manifest = await writeStage(
      join(folder.path, 'small'),
      {
        study,
        isWhole: true,
        profile: 'file',
        conditions: [condition],
        conditionHashes,
        inputs: [],
        answers: new Map(answers),
        unanswered: {},
        sourcesHash: await sha256('sources'),
        engineVersion: await sha256('engine'),
        contentHash: await contentHash({
          study,
          dataHashes: [await sha256('')],
          startHashes: [],
          engineVersion: await sha256('engine'),
        }),
        timings: { training: 1 },
        provider: 'cpu',
        providerReason: 'a test',
      },
      {},
    );
    return readArtifact(join(folder.path, 'small'), manifest);
  } finally {
    folder.remove();
  }
}

/** All files of an artifact that lies in a folder. */
export function readArtifact(
  folder: string,
  { files }: Pick<Manifest, 'files'>,
): Map<string, Uint8Array> {
  const paths = ['manifest.json', ...files.map(({ path }) => path)];
  return new Map(paths.map((path) => [path, new Uint8Array(readFileSync(join(folder, path)))]));
}

/** Reads from a map, as pages read by fetch; `prefix` is what the paths begin with. */
export function readFrom(files: ReadonlyMap<string, Uint8Array>, prefix = '') {
  return (path: string): Promise<Uint8Array> => {
    const bytes = files.get(path.slice(prefix.length));
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no file ${path}`));
  };
}
