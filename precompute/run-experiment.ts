// Takes one experiment through all stages to its artifact, doing only what is not done yet.
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../src/engine/runtime/executor.ts';
import { contentHash } from '../src/artifact/content-hash.ts';
import { fullFiles } from '../src/artifact/files.ts';
import {
  decodeFullLandscape,
  decodeHistory,
  encodeFullLandscape,
  encodeTraining,
  encodeWeights,
} from '../src/artifact/full-tensors.ts';
import type { Manifest } from '../src/artifact/manifest.ts';
import { convergenceStatistics } from '../src/landscape/statistics.ts';
import { artifactState } from './artifact-folder.ts';
import { recoverFolder } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';
import { dataHash, diskSources } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { packageVersions } from './package-versions.ts';
import type { Progress } from './progress.ts';
import { engineVersion } from './source-hash.ts';
import { openStageCache, type StageFiles, type StageRecord } from './stage-cache.ts';
import { dataStage } from './stages/data.ts';
import { displayStage } from './stages/display.ts';
import { landscapeStage } from './stages/landscape.ts';
import { stageShares, type StageName } from './stages/shares.ts';
import { trainStage } from './stages/train.ts';
import { writeStage } from './stages/write.ts';

export interface RunOptions {
  /** The artifact becomes a folder in this one, named after the experiment. */
  readonly out: string;
  readonly cache: string;
  readonly provider: string;
  /** Started when it is first needed; the caller disposes it. */
  readonly executor: () => Promise<Executor>;
  /** Bytes. */
  readonly memory: number;
  /** Run even what is current, and forget kept stages. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

export interface RunResult {
  readonly folder: string;
  readonly status: 'unchanged' | 'written';
  readonly manifest: Manifest;
}

export async function runExperiment(
  { experiment, profile }: LoadedExperiment,
  options: RunOptions,
): Promise<RunResult> {
  const { out, provider, memory, force, signal, progress } = options;
  const folder = join(out, experiment.name);
  await checkWritable(out);
  await recoverFolder(folder);
  const hashes = {
    dataHash: await dataHash(experiment.data),
    engineVersion: await engineVersion(),
  };
  const hash = await contentHash({ experiment, ...hashes });
  const state = await artifactState(folder, hash, provider);
  if (state.kind === 'current' && !force) {
    return { folder, status: 'unchanged', manifest: state.manifest };
  }
  if (state.kind === 'damaged') progress.note(`${state.reason}: doing it now`);

  const key = `${experiment.name}-${provider}-${hash.slice(0, 16)}`;
  const cache = await openStageCache(options.cache, key, progress.note);
  if (force) await cache.clear();

  const timings: Record<string, number> = {};
  let computed: Omit<StageRecord, 'seconds'> | null = null;
  const timed = async <T>(stage: StageName, share: number, work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    progress.stage(stage, share);
    const started = performance.now();
    const result = await work();
    timings[stage] = seconds(started);
    return result;
  };
  const data = await timed('data', 0.01, () => dataStage(experiment, diskSources, memory));
  const shares = stageShares(experiment, data);

  const start = async () => {
    const executor = await options.executor();
    computed ??= { provider: executor.provider, providerReason: executor.reason };
    return { experiment, data, executor, memory, signal, onProgress: progress.update };
  };
  /** A stage whose files are kept when it has finished, and read back where they are there. */
  const kept = <T>(
    stage: StageName,
    decode: (file: (name: string) => FileIn) => T,
    compute: () => Promise<T>,
    encode: (result: T) => StageFiles,
  ): Promise<T> =>
    timed(stage, shares[stage], async () => {
      const found = await cache.load(stage);
      if (found) {
        computed ??= found.record;
        const result = decode((name) => ({
          bytes: found.files.get(name) ?? new Uint8Array(0),
          where: join(options.cache, key, name),
        }));
        restored[stage] = found.record.seconds;
        return result;
      }
      const started = performance.now();
      const result = await compute();
      const record = { seconds: seconds(started), ...(computed as Omit<StageRecord, 'seconds'>) };
      await cache.save(stage, encode(result), record);
      return result;
    });
  const restored: Record<string, number> = {};

  const history = await kept(
    'training',
    (file) => decodeHistory(file(fullFiles.weights), file(fullFiles.training)),
    async () => trainStage(await start()),
    (result) =>
      new Map([
        [fullFiles.weights as string, encodeWeights(result)],
        [fullFiles.training, encodeTraining(result)],
      ]),
  );
  const { landscape, plane } = await kept(
    'landscape',
    (file) => {
      const { bytes, where } = file(fullFiles.landscape);
      return decodeFullLandscape(bytes, where);
    },
    async () => landscapeStage(await start(), history),
    (result) =>
      new Map([[fullFiles.landscape, encodeFullLandscape(result.landscape, result.plane)]]),
  );
  const boundaries = await timed('display', shares.display, async () =>
    displayStage(await start(), history),
  );
  const statistics = convergenceStatistics(history, experiment, history.divergedAt);

  const manifest = await timed('writing', shares.writing, async () => {
    const { provider: usedProvider, providerReason } = computed as Omit<StageRecord, 'seconds'>;
    const facts = {
      profile,
      provider: usedProvider as Manifest['provider'],
      providerReason,
      versions: await packageVersions(),
      contentHash: hash,
      ...hashes,
      // A stage that was read back took what it took when it ran.
      timings: { ...timings, ...restored },
    };
    const run = { experiment, provider: usedProvider, data, curves: history.curves, statistics };
    const content = { facts, run: { ...run, boundaries, landscape }, history, plane };
    return writeStage(folder, content, signal);
  });
  await cache.clear();
  return { folder, status: 'written', manifest };
}

interface FileIn {
  readonly bytes: Uint8Array;
  readonly where: string;
}

function seconds(started: number): number {
  return Math.round(performance.now() - started) / 1000;
}

async function checkWritable(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    throw new CommandError(
      `cannot write to ${out}: ${systemReason(error)}; choose another folder with --out`,
    );
  }
}
