// Takes an experiment through training and analyses to its artifact, doing only what is not done yet.
import { basename, join } from 'node:path';
import type { Manifest } from '../src/artifact/manifest.ts';
import { artifactState } from './artifact-folder.ts';
import { checkReplaceable } from './artifact-ownership.ts';
import { artifactSources } from './artifact-sources.ts';
import { forgetOld, openCacheFolder } from './cache-folder.ts';
import { checkCanKeep, placeOfArtifacts, placeOfCache } from './can-keep.ts';
import { computeArtifact } from './compute-artifact.ts';
import { diskFiles } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { withLock, type Lock } from './lock.ts';
import { deleteOlderStudy } from './older-study.ts';
import { lockBeside, recoverFolder } from './replace-folder.ts';
import type { RunOptions } from './run-options.ts';
import { createStageRunner } from './stage-runner.ts';

export interface RunResult {
  readonly folder: string;
  readonly status: 'unchanged' | 'written';
  readonly manifest: Manifest;
}

export async function runExperiment(
  loaded: LoadedExperiment,
  options: RunOptions,
): Promise<RunResult> {
  const { name } = loaded.study;
  const { provider, force, signal, progress } = options;
  const folder = join(options.out, name);
  return withArtifactFolder(folder, options, async (lock) => {
    const files = diskFiles(loaded.folder, signal);
    const sources = await artifactSources(loaded.study, files);
    const state = await artifactState(folder, sources.contentHash, provider);
    if (state.kind === 'current' && !force)
      return { folder, status: 'unchanged', manifest: state.manifest };
    await checkReplaceable(folder);
    if (state.kind === 'damaged') progress.note(`${state.reason}: doing it now`);
    await openCache(options);
    const stages = createStageRunner({ progress, signal });
    const work = { loaded, files, sources, folder, confirm: lock.confirm };
    const manifest = await computeArtifact(work, stages, options);
    await deleteOlderStudy(folder, progress.note);
    return { folder, status: 'written', manifest };
  });
}

/** Bytes; a cache with less is full. */
const leastCacheRoom = 2 ** 16;

/** Makes sure of a cache that is ours and can be written to. */
async function openCache({
  cache,
  isOwnCache,
}: Pick<RunOptions, 'cache' | 'isOwnCache'>): Promise<void> {
  await openCacheFolder(cache, isOwnCache);
  // How much of a run is there already is not known yet, and a cache that fills up later loses nothing.
  await checkCanKeep(placeOfCache(cache), leastCacheRoom);
  await forgetOld(cache);
}

/** Gives `use` the folder of an artifact, in which no other process writes meanwhile, mended where one was killed. */
async function withArtifactFolder<Result>(
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
