// Takes one experiment through all stages to its artifact, doing only what is not done yet.
import { basename, join } from 'node:path';
import type { Executor } from '../src/engine/runtime/executor.ts';
import { contentHash, type ContentSources } from '../src/artifact/content-hash.ts';
import { fullFiles } from '../src/artifact/files.ts';
import { decodeFullLandscape, encodeFullLandscape } from '../src/artifact/full-tensors.ts';
import type { Manifest } from '../src/artifact/manifest.ts';
import type { StartWeights } from '../src/artifact/start-weights.ts';
import { convergenceStatistics } from '../src/landscape/statistics.ts';
import { estimateMemory } from '../src/learning/memory.ts';
import { artifactState, readManifest } from './artifact-folder.ts';
import { checkReplaceable } from './artifact-ownership.ts';
import { forgetFinished, forgetOld, openCacheFolder } from './cache-folder.ts';
import { checkCanKeep, diskBytes, placeOfArtifacts, placeOfCache } from './can-keep.ts';
import { diskFiles, type DiskFiles } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { withLock, type Lock } from './lock.ts';
import { packageVersions } from './package-versions.ts';
import type { Progress } from './progress.ts';
import { lockBeside, recoverFolder } from './replace-folder.ts';
import { engineVersion, sourcesHash } from './source-hash.ts';
import { withStageCache } from './stage-cache.ts';
import { createStageRunner, type StageRunner } from './stage-runner.ts';
import { dataStage } from './stages/data.ts';
import { displayStage } from './stages/display.ts';
import { landscapeStage } from './stages/landscape.ts';
import { stageShares } from './stages/shares.ts';
import { trainStage, type StageOptions } from './stages/train.ts';
import { writeStage } from './stages/write.ts';
import { withTrainedStage } from './trained.ts';

export interface RunOptions {
  /** The artifact becomes a folder in this one, named after the experiment. */
  readonly out: string;
  readonly cache: string;
  /** The cache is the project's own, not one that the user names. */
  readonly isOwnCache: boolean;
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
  loaded: LoadedExperiment,
  options: RunOptions,
): Promise<RunResult> {
  const { base: experiment } = loaded.study;
  const folder = join(options.out, experiment.name);
  return withArtifactFolder(folder, options, async (lock) => {
    const files = diskFiles(loaded.folder, options.signal);
    const start = await files.startWeights(experiment);
    const sources = {
      experiment,
      dataHash: await files.dataHash(experiment.data),
      startHash: start?.sha256,
      engineVersion: await engineVersion(),
    };
    const hash = await contentHash(sources);
    const state = await artifactState(folder, hash, options.provider, readManifest);
    const key = `${experiment.name}-${options.provider}-${hash.slice(0, 16)}`;
    if (state.kind === 'current' && !options.force) {
      await forgetFinished(options.cache, key);
      return { folder, status: 'unchanged', manifest: state.manifest };
    }
    await checkReplaceable(folder);
    if (state.kind === 'damaged') options.progress.note(`${state.reason}: doing it now`);
    const computed = { ...sources, contentHash: hash, key, files, start, folder, lock };
    return { folder, status: 'written', manifest: await compute(loaded, computed, options) };
  });
}

interface Sources extends ContentSources {
  readonly contentHash: string;
  /** Of its stages in the cache. */
  readonly key: string;
  readonly files: DiskFiles;
  readonly start: StartWeights | null;
  readonly folder: string;
  readonly lock: Lock;
}

async function compute(
  loaded: LoadedExperiment,
  sources: Sources,
  options: RunOptions,
): Promise<Manifest> {
  const { force, signal, progress } = options;
  const cacheFolder = await openCache(options, sources.key);
  return withStageCache(cacheFolder, { signal, note: progress.note }, async (kept) => {
    if (force) await kept.clear();
    const stages = createStageRunner({ cache: kept, cacheFolder, progress, signal });
    const manifest = await runStages(loaded, sources, stages, options);
    await kept.clear();
    return manifest;
  });
}

/** Bytes; a cache with less is full. */
const leastCacheRoom = 2 ** 16;

/** The folder of a key in the cache, which can be written to and is ours. */
export async function openCache(
  { cache, isOwnCache }: Pick<RunOptions, 'cache' | 'isOwnCache'>,
  key: string,
): Promise<string> {
  await openCacheFolder(cache, isOwnCache);
  // How much of a run is there already is not known yet, and a cache that fills up later loses nothing.
  await checkCanKeep(placeOfCache(cache), leastCacheRoom);
  await forgetOld(cache);
  return join(cache, key);
}

async function runStages(
  { study: { base: experiment }, profile }: LoadedExperiment,
  sources: Sources,
  stages: StageRunner,
  options: RunOptions,
): Promise<Manifest> {
  const { cache: cacheRoot, out, provider, executor, memory, force, signal, progress } = options;
  const { dataHash, startHash, files, folder, lock } = sources;
  const data = await stages.once('data', 0.01, () =>
    dataStage(experiment, files.sources, sources.start, memory),
  );
  await checkCanKeep(placeOfArtifacts(out), diskBytes(experiment, data));
  const shares = stageShares(experiment, data);
  const start = async (): Promise<StageOptions> => {
    const started = await executor();
    stages.computedBy(started);
    const onProgress = progress.update;
    // What must be held in any case is not there for chunks.
    const forChunks = memory - estimateMemory(experiment, data).fixed;
    const initialWeights = sources.start?.values;
    const chunked = { executor: started, memory: forChunks, signal, onProgress };
    return { experiment, data, initialWeights, ...chunked };
  };

  const request = { experiment, dataHash, startHash, provider, cacheRoot, force, signal };
  const history = await withTrainedStage(
    { ...request, note: progress.note, compute: async () => trainStage(await start()) },
    (training) => stages.kept('training', shares.training, training),
  );
  const { landscape, plane } = await stages.kept('landscape', shares.landscape, {
    compute: async () => landscapeStage(await start(), history),
    encode: (result) =>
      new Map([[fullFiles.landscape, encodeFullLandscape(result.landscape, result.plane)]]),
    decode: (file) => decodeFullLandscape(file(fullFiles.landscape)),
  });
  const boundaries = await stages.once('display', shares.display, async () =>
    displayStage(await start(), history),
  );

  return stages.once('writing', shares.writing, async () => {
    const statistics = convergenceStatistics(history, experiment, history.divergedAt);
    const { provider, providerReason } = stages.provenance();
    const { curves } = history;
    const facts = {
      profile,
      provider: provider as Manifest['provider'],
      providerReason,
      versions: await packageVersions(),
      sourcesHash: await sourcesHash(),
      engineVersion: sources.engineVersion,
      contentHash: sources.contentHash,
      dataHash,
      startHash,
      timings: stages.timings(),
    };
    const run = { experiment, provider, data, curves, statistics, boundaries, landscape };
    const guard = { signal, confirm: lock.confirm };
    return writeStage(folder, { facts, run, history, plane }, guard);
  });
}

/** Gives `use` the folder of an artifact, in which no other process writes meanwhile, mended where one was killed. */
export async function withArtifactFolder<Result>(
  folder: string,
  { out, signal, progress }: Pick<RunOptions, 'out' | 'signal' | 'progress'>,
  use: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  await checkCanKeep(placeOfArtifacts(out), 0);
  const work = `computing ${basename(folder)}`;
  return withLock(lockBeside(folder), { work, signal, onWait: progress.note }, async (lock) => {
    await recoverFolder(folder);
    return use(lock);
  });
}
