// Takes one experiment through all stages to its artifact, doing only what is not done yet.
import { access, constants, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Executor } from '../src/engine/runtime/executor.ts';
import { contentHash, type ContentSources } from '../src/artifact/content-hash.ts';
import { fullFiles } from '../src/artifact/files.ts';
import { decodeFullLandscape, encodeFullLandscape } from '../src/artifact/full-tensors.ts';
import type { Manifest } from '../src/artifact/manifest.ts';
import type { StartWeights } from '../src/artifact/start-weights.ts';
import { convergenceStatistics } from '../src/landscape/statistics.ts';
import { estimateMemory } from '../src/learning/memory.ts';
import { artifactState, readManifest } from './artifact-folder.ts';
import { recoverFolder } from './atomic-write.ts';
import { CommandError, systemReason } from './command-error.ts';
import { diskFiles, type DiskFiles } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { packageVersions } from './package-versions.ts';
import type { Progress } from './progress.ts';
import { engineVersion } from './source-hash.ts';
import { openStageCache } from './stage-cache.ts';
import { createStageRunner } from './stage-runner.ts';
import { dataStage } from './stages/data.ts';
import { displayStage } from './stages/display.ts';
import { landscapeStage } from './stages/landscape.ts';
import { stageShares } from './stages/shares.ts';
import { trainStage, type StageOptions } from './stages/train.ts';
import { writeStage } from './stages/write.ts';
import { trainedStage } from './trained.ts';

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
  loaded: LoadedExperiment,
  options: RunOptions,
): Promise<RunResult> {
  const { base: experiment } = loaded.study;
  const folder = join(options.out, experiment.name);
  await checkWritable(options.out);
  await recoverFolder(folder);
  const files = diskFiles(loaded.folder);
  const start = await files.startWeights(experiment);
  const sources = {
    experiment,
    dataHash: await files.dataHash(experiment.data),
    startHash: start?.sha256,
    engineVersion: await engineVersion(),
  };
  const hash = await contentHash(sources);
  const state = await artifactState(folder, hash, options.provider, readManifest);
  if (state.kind === 'current' && !options.force) {
    return { folder, status: 'unchanged', manifest: state.manifest };
  }
  if (state.kind === 'damaged') options.progress.note(`${state.reason}: doing it now`);
  const computed = { ...sources, contentHash: hash, files, start };
  const manifest = await compute(loaded, computed, folder, options);
  return { folder, status: 'written', manifest };
}

interface Sources extends ContentSources {
  readonly contentHash: string;
  readonly files: DiskFiles;
  readonly start: StartWeights | null;
}

async function compute(
  { study: { base: experiment }, profile }: LoadedExperiment,
  { dataHash, startHash, engineVersion, contentHash, files, start: startWeights }: Sources,
  folder: string,
  { cache: cacheRoot, provider, executor, memory, force, signal, progress }: RunOptions,
): Promise<Manifest> {
  const key = `${experiment.name}-${provider}-${contentHash.slice(0, 16)}`;
  const cache = await openStageCache(cacheRoot, key, progress.note);
  if (force) await cache.clear();
  const cacheFolder = join(cacheRoot, key);
  const stages = createStageRunner({ cache, cacheFolder, progress, signal });

  const data = await stages.once('data', 0.01, () =>
    dataStage(experiment, files.sources, startWeights, memory),
  );
  const shares = stageShares(experiment, data);
  const start = async (): Promise<StageOptions> => {
    const started = await executor();
    stages.computedBy(started);
    const onProgress = progress.update;
    // What must be held in any case is not there for chunks.
    const forChunks = memory - estimateMemory(experiment, data).fixed;
    const initialWeights = startWeights?.values;
    const chunked = { executor: started, memory: forChunks, signal, onProgress };
    return { experiment, data, initialWeights, ...chunked };
  };

  const training = await trainedStage({
    experiment,
    dataHash,
    startHash,
    provider,
    cacheRoot,
    force,
    onDamage: progress.note,
    compute: async () => trainStage(await start()),
  });
  const history = await stages.kept('training', shares.training, training);
  const { landscape, plane } = await stages.kept('landscape', shares.landscape, {
    compute: async () => landscapeStage(await start(), history),
    encode: (result) =>
      new Map([[fullFiles.landscape, encodeFullLandscape(result.landscape, result.plane)]]),
    decode: (file) => decodeFullLandscape(file(fullFiles.landscape)),
  });
  const boundaries = await stages.once('display', shares.display, async () =>
    displayStage(await start(), history),
  );

  const manifest = await stages.once('writing', shares.writing, async () => {
    const statistics = convergenceStatistics(history, experiment, history.divergedAt);
    const { provider, providerReason } = stages.provenance();
    const { curves } = history;
    return writeStage(
      folder,
      {
        facts: {
          profile,
          provider: provider as Manifest['provider'],
          providerReason,
          versions: await packageVersions(),
          engineVersion,
          contentHash,
          dataHash,
          startHash,
          timings: stages.timings(),
        },
        run: { experiment, provider, data, curves, statistics, boundaries, landscape },
        history,
        plane,
      },
      signal,
    );
  });
  await cache.clear();
  return manifest;
}

export async function checkWritable(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    throw new CommandError(
      `cannot write to ${out}: ${systemReason(error)}; choose another folder with --out`,
    );
  }
}
