// What `atlas verify` finds of a run that says something else than was computed: each field of its manifest, each tensor.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diskSources } from '../../../precompute/data-sources.ts';
import { ArtifactError } from '../../../src/artifact/artifact-error.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { contentHash } from '../../../src/artifact/content-hash.ts';
import { zipped } from '../../../src/artifact/gzip.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/artifact/safetensors.ts';
import { unzippedFile } from '../../../src/artifact/unzipped-file.ts';
import { verifyArtifact } from '../../../src/artifact/verify.ts';
import { parseStudy } from '../../../src/landscape/study.ts';
import type { Experiment } from '../../../src/learning/experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { cpuExecutor } from '../../fixtures/cpu-executor.ts';
import { temporaryFolder } from '../../fixtures/temporary-folder.ts';
import { artifactOf, type Files } from './a-study.ts';

const study = parseStudy(
  {
    name: 'tiny',
    data: { kind: 'moons', samples: 48 },
    hiddenSizes: [3, 3],
    epochs: 4,
    initialisations: 3,
    snapshots: 3,
    grid: { size: 5 },
  },
  'a test',
);
const folder = temporaryFolder();
const executor = await cpuExecutor();
let files: Files;

const prepare = async (own: Experiment) => ({
  data: await prepareData(own, diskSources),
  dataHash: await sha256(''),
});

beforeAll(async () => {
  files = await artifactOf(study, executor, join(folder.path, 'tiny'));
});
afterAll(() => folder.remove());

const verify = (artifact: Files) =>
  verifyArtifact({
    read: (path) => {
      const bytes = artifact.get(path);
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no file ${path}`));
    },
    where: 'tiny',
    executor,
    prepare,
    readTensors: () => Promise.reject(new Error('no file is named')),
    fileHash: () => Promise.resolve(null),
    signal: new AbortController().signal,
  });

const manifestOf = (artifact: Files): Manifest =>
  JSON.parse(new TextDecoder().decode(artifact.get('manifest.json'))) as Manifest;

/** The artifact with another manifest, whose hashes agree with it. */
async function sealed(artifact: Files, manifest: Manifest): Promise<Files> {
  const { study: told, engineVersion, conditions, inputs } = manifest;
  const hash = await contentHash({
    study: told,
    engineVersion,
    dataHashes: [
      ...conditions.map(({ dataHash }) => dataHash),
      ...inputs.map((each) => each.sha256),
    ],
    startHashes: conditions.map(({ startHash }) => startHash),
  }).catch(() => manifest.contentHash);
  const { manifestHash: _, ...fields } = manifest;
  const text = JSON.stringify(await withManifestHash({ ...fields, contentHash: hash }));
  return new Map(artifact).set('manifest.json', new TextEncoder().encode(text));
}

type Tree = Record<string, unknown>;

function leavesOf(tree: Tree, above = ''): string[] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const path = above === '' ? key : `${above}.${key}`;
    return typeof value === 'object' && value !== null ? leavesOf(value as Tree, path) : [path];
  });
}

/** By a tenth, by one, or to another word. */
function changed(value: unknown): unknown {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value))
    return `${value.startsWith('0') ? 1 : 0}${value.slice(1)}`;
  if (typeof value === 'string') return `${value}x`;
  if (typeof value !== 'number') return 1;
  return Number.isInteger(value) ? value + 1 : value * 1.1;
}

/**
 * What no computation from the artifact gives again. The content hash holds the settings, and the manifest's own hash
 * all of it, where hashes were not made to agree with a falsification.
 */
const untold = [
  // Where, when and for whom it was computed.
  /^profile$/,
  /^provider(Reason)?$/,
  /^timings\./,
  /^versions\.node$/,
  // Free text.
  /\.title$/,
  // Settings of the steps between start and end, which only training again would show.
  /^study\.conditions\.0\.experiment\.(learningRate|weightDecay|optimiser\..*|schedule\..*)$/,
];

describe('a run as it was computed', () => {
  it('is found to hold, in all its parts', async () => {
    const findings = (await verify(files)).join('\n');
    for (const found of [
      'engine version: follows from the sources and the versions of all packages',
      /facts: \d+ of seeds and data/,
      'steps: 5 records and 3 snapshots',
      'networks: initial and final losses of all 3 evaluated again',
      // Losses and accuracies of 25 points, of 9 snapshots and below them, and 9 in the curves.
      /landscape: \d+ numbers computed again \(\d+ that follow from tensors, weights and settings, 102 of tensors: training loss, accuracy, test loss, true loss\)/,
      /boundaries: \d+ numbers computed again/,
      "display of training: the page's samples and curves show the full ones",
      "display: the page's copies show the results",
    ])
      expect(findings).toMatch(found);
  });
});

describe('a run that says something else', () => {
  it('is found out by every field of its manifest but those that nothing follows from', async () => {
    const paths = leavesOf(manifestOf(files) as unknown as Tree).filter(
      (path) => path !== 'contentHash' && path !== 'manifestHash',
    );
    const missed: string[] = [];
    for (const path of paths) {
      const manifest = manifestOf(files);
      const keys = path.split('.');
      const last = keys.pop()!;
      const parent = keys.reduce<Tree>(
        (tree, key) => tree[key] as Tree,
        manifest as unknown as Tree,
      );
      parent[last] = changed(parent[last]);
      const isFound = await verify(await sealed(files, manifest)).then(
        () => false,
        (error: unknown) => {
          expect(error).toBeInstanceOf(ArtifactError);
          return true;
        },
      );
      if (!isFound) missed.push(path);
    }
    expect(paths.length).toBeGreaterThan(150);
    expect(missed.filter((path) => !untold.some((known) => known.test(path)))).toEqual([]);
    console.info(`${paths.length - missed.length} of ${paths.length} fields found`);
  });

  const places = [
    ['weights.safetensors', ['snapshotSteps', 'snapshots', 'initial', 'final']],
    [
      'training.safetensors',
      [
        ...['steps', 'epochs', 'divergedAt', 'trainLoss', 'trainAccuracy'],
        ...['testLoss', 'testAccuracy', 'gradientNorm'],
      ],
    ],
    [
      'results/landscape.safetensors',
      [
        ...['origin', 'directions', 'snapshotSteps', 'coordinates', 'xs', 'ys', 'offPlane'],
        ...['trueLoss', 'planeLoss', 'loss', 'testLoss', 'accuracy'],
      ],
    ],
    ['results/boundaries.safetensors', ['classes', 'probability']],
    ['display/data.safetensors.gz', ['train.inputs', 'train.labels', 'test.inputs', 'test.labels']],
    [
      'display/curves.safetensors.gz',
      [
        ...['steps', 'epochs', 'trainLoss', 'trainAccuracy'],
        ...['testLoss', 'testAccuracy', 'gradientNorm'],
      ],
    ],
    ['display/boundaries.safetensors.gz', ['probability', 'classes']],
    [
      'display/landscape.safetensors.gz',
      [
        ...['snapshotSteps', 'coordinates', 'offPlane', 'trueLoss', 'planeLoss', 'xs', 'ys'],
        ...['loss', 'testLoss', 'accuracy'],
      ],
    ],
  ] as const;

  it.each(places.flatMap(([path, names]) => names.map((name) => [name, path] as const)))(
    'is found out by %s of %s',
    async (name, path) => {
      const isZipped = path.endsWith('.gz');
      const bytes = files.get(path)!;
      const { tensors, metadata } = decodeSafetensors(
        isZipped ? await unzippedFile(bytes, path) : bytes,
        path,
      );
      const values = tensors.get(name)!.values;
      const isShare = /ccuracy$/.test(name);
      // A tenth of a number, a few codes, another step.
      for (let i = 0; i < values.length; i++) {
        const value = values[i] as number;
        const other = isZipped || values instanceof Int32Array ? value + 5 : value * 1.1;
        values[i] = values instanceof Float32Array && isShare ? value - 0.25 : other;
      }
      const encoded = encodeSafetensors(Object.fromEntries(tensors), Object.fromEntries(metadata));
      const written = isZipped ? await zipped(encoded) : encoded;
      const falsified: Files = new Map(files).set(path, written);
      const manifest = manifestOf(files);
      const entry = manifest.files.find((file) => file.path === path)!;
      Object.assign(entry, { bytes: written.length, sha256: await sha256(written) });
      const failing = verify(await sealed(falsified, manifest));
      await expect(failing).rejects.toBeInstanceOf(ArtifactError);
    },
  );
});
