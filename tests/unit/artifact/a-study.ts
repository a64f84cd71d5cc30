// A small study, trained and asked for tests: its artifact's files as the command writes them, and ways to falsify them.
import { diskSources } from '../../../precompute/data-sources.ts';
import { packageVersions } from '../../../precompute/package-versions.ts';
import { writeStage } from '../../../precompute/stages/write.ts';
import { sha256 } from '../../../src/artifact/checksum.ts';
import { contentHash } from '../../../src/artifact/content-hash.ts';
import { engineVersionOf } from '../../../src/artifact/engine-version.ts';
import { withManifestHash } from '../../../src/artifact/manifest-hash.ts';
import { readableJson } from '../../../src/artifact/readable-json.ts';
import { resultFile } from '../../../src/artifact/files.ts';
import { zipped } from '../../../src/artifact/gzip.ts';
import { unzippedFile } from '../../../src/artifact/unzipped-file.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/artifact/safetensors.ts';
import type { Manifest } from '../../../src/artifact/manifest.ts';
import { encodeResult } from '../../../src/artifact/result-files.ts';
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import type { Condition } from '../../../src/landscape/analyses/analysis.ts';
import { analysisOf } from '../../../src/landscape/analyses/index.ts';
import {
  answeredStudy,
  parseStudy,
  type Study,
  type StudyCondition,
} from '../../../src/landscape/study.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';
import { readArtifact } from './a-run.ts';

/** A plane of 2,209 points is kept rounded for the page, all else exactly. */
const written = {
  name: 'pace',
  data: { kind: 'moons', samples: 48 },
  hiddenSizes: [4],
  epochs: 4,
  initialisations: 4,
  snapshots: 3,
  conditions: [{ key: 'adam' }, { key: 'sgd', set: { optimiser: { kind: 'sgd' } } }],
  analyses: {
    ends: { kind: 'outcomes', records: 3 },
    ways: {
      kind: 'curves',
      condition: 'adam',
      points: 5,
      curves: { bezier: { steps: 3 }, chain: { shape: 'polygon', steps: 3 } },
    },
    planes: {
      kind: 'slices',
      condition: 'sgd',
      slices: { around: { directions: 'random', size: 47, radius: 1 } },
    },
  },
};
export const study = parseStudy(written, 'a test');

async function train(
  { key, title, experiment }: StudyCondition,
  executor: Executor,
): Promise<Condition> {
  const data = await prepareData(experiment, diskSources);
  const trainer = await createTrainer({ experiment, data, executor });
  while (await trainer.advance());
  const history = trainer.history();
  const { network } = trainer;
  trainer.dispose();
  const size = history.networks * history.parameters;
  const [initial, final] = [history.snapshots.slice(0, size), history.snapshots.slice(-size)];
  return { key, title, experiment, data, network, history, initial, final };
}

export type Files = Map<string, Uint8Array>;

/** The files of the study's artifact, by their paths inside it; `folder` is for writing them once. */
export const studyArtifact = (executor: Executor, folder: string): Promise<Files> =>
  artifactOf(study, executor, folder);

/** The same of any study. */
export async function artifactOf(asked: Study, executor: Executor, folder: string): Promise<Files> {
  const conditions: Condition[] = [];
  for (const condition of asked.conditions) conditions.push(await train(condition, executor));
  const answers = new Map();
  const told = answeredStudy(asked);
  for (const [name, spec] of Object.entries(told.analyses)) {
    const analysis = analysisOf(spec);
    const { result, claims } = await analysis.run(
      {
        executor,
        conditions,
        signal: new AbortController().signal,
        onProgress: () => {},
        readTensors: () => Promise.reject(new Error('no file is named')),
      },
      spec,
    );
    answers.set(name, { ...encodeResult(result, analysis.shown(result)), claims });
  }
  const nothing = await sha256('');
  const engineVersion = await engineVersionOf(nothing, await packageVersions());
  const manifest = await writeStage(
    folder,
    {
      study: told,
      isWhole: !asked.compares,
      profile: 'file',
      conditions,
      conditionHashes: conditions.map(() => ({ dataHash: nothing, startHash: undefined })),
      inputs: [],
      answers,
      unanswered: {},
      sourcesHash: nothing,
      engineVersion,
      contentHash: await contentHash({
        study: told,
        dataHashes: conditions.map(() => nothing),
        startHashes: [],
        engineVersion,
      }),
      timings: { training: 1 },
      provider: 'cpu',
      providerReason: 'a test',
    },
    {},
  );
  return readArtifact(folder, manifest);
}

/** What a study says in plain data: its manifest, and beside it the results by analysis. */
export type Told = Manifest & { results: Record<string, unknown> };

export interface Tampering {
  /** Changes the manifest, or results. */
  readonly manifest?: (told: Told) => void;
  /** Changes each number of some tensors of a file. */
  readonly tensors?: readonly [
    path: string,
    name: RegExp,
    change: (value: number, index: number) => number,
  ];
  /** Changes a file's bytes. */
  readonly bytes?: readonly [path: string, change: (bytes: Uint8Array) => Uint8Array];
  /** Whether sizes, checksums and content hash are left as they were; else all are made to fit, as the manifest's own is. */
  readonly leaves?: boolean;
}

/** A copy of the artifact that says something else. */
export async function falsified(
  original: Files,
  { manifest: changeManifest, tensors: changeTensors, bytes: changeBytes, leaves }: Tampering,
): Promise<Files> {
  const files: Files = new Map(original);
  if (changeTensors) {
    const [path, name, change] = changeTensors;
    const { tensors, metadata } = decodeSafetensors(
      await unzippedFile(files.get(path)!, path),
      path,
    );
    const chosen = [...tensors].filter(([key]) => name.test(key));
    if (chosen.length === 0) throw new Error(`${path} has no tensor ${name}`);
    for (const [, { values }] of chosen) {
      for (let i = 0; i < values.length; i++) values[i] = change(values[i] as number, i);
    }
    const bytes = encodeSafetensors(Object.fromEntries(tensors), Object.fromEntries(metadata));
    files.set(path, path.endsWith('.gz') ? await zipped(bytes) : bytes);
  }
  if (changeBytes) files.set(changeBytes[0], changeBytes[1](files.get(changeBytes[0])!));
  const json = (path: string): unknown => JSON.parse(new TextDecoder().decode(original.get(path)));
  const { manifestHash: _, ...fields } = json('manifest.json') as Manifest;
  const analyses = Object.keys(fields.study.analyses);
  const told = {
    ...fields,
    results: Object.fromEntries(analyses.map((each) => [each, json(resultFile(each))])),
  } as Told;
  changeManifest?.(told);
  const { results, ...manifest } = told;
  for (const [analysis, result] of Object.entries(results)) {
    files.set(resultFile(analysis), new TextEncoder().encode(readableJson(result)));
  }
  if (!leaves) {
    for (const entry of manifest.files) {
      const bytes = files.get(entry.path)!;
      Object.assign(entry, { bytes: bytes.length, sha256: await sha256(bytes) });
    }
    const { study: told, engineVersion, conditions } = manifest;
    const dataHashes = conditions.map(({ dataHash }) => dataHash);
    const startHashes = conditions.map(({ startHash }) => startHash);
    manifest.contentHash = await contentHash({
      study: told,
      dataHashes,
      startHashes,
      engineVersion,
    });
  }
  const sealed = JSON.stringify(await withManifestHash(manifest));
  return files.set('manifest.json', new TextEncoder().encode(sealed));
}
