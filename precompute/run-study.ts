// Takes a study through training and analyses to its artifact, doing only what is not done yet.
import { join } from 'node:path';
import { encodeResult, type EncodedResult } from '../src/artifact/study-content.ts';
import { studyFolder } from '../src/artifact/study-files.ts';
import type { StartWeights } from '../src/artifact/start-weights.ts';
import type { StudyManifest } from '../src/artifact/study-manifest.ts';
import type { AnalysisContext, Condition } from '../src/landscape/analyses/analysis.ts';
import type { Claim } from '../src/landscape/analyses/claim.ts';
import { analysisOf } from '../src/landscape/analyses/index.ts';
import type { Study, StudyCondition } from '../src/landscape/study.ts';
import { estimateMemory } from '../src/learning/memory.ts';
import type { PreparedData } from '../src/learning/samples.ts';
import { networkShapeOf } from '../src/learning/network-of.ts';
import { artifactState, readStudyManifest } from './artifact-folder.ts';
import { checkReplaceable } from './artifact-ownership.ts';
import { forgetFinished } from './cache-folder.ts';
import { checkCanKeep, diskBytes, placeOfArtifacts } from './can-keep.ts';
import { diskFiles, type DiskFiles } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { openCache, withArtifactFolder, type RunOptions } from './run-experiment.ts';
import { withStageCache } from './stage-cache.ts';
import { createStageRunner, type KeptStage, type StageRunner } from './stage-runner.ts';
import { dataStage } from './stages/data.ts';
import { trainStage } from './stages/train.ts';
import { writeStudyStage } from './stages/write-study.ts';
import { bytesHeld } from './study-memory.ts';
import { studySources, type StudySources } from './study-sources.ts';
import { withTrainedStage } from './trained.ts';
import { asked, UnansweredError } from './unanswered.ts';

export interface StudyResult {
  readonly folder: string;
  readonly status: 'unchanged' | 'written';
  readonly manifest: StudyManifest;
}

/** An analysis's outcome, ready to be kept. */
export interface AnsweredAnalysis extends EncodedResult {
  readonly claims: readonly Claim[];
}

interface Answers {
  readonly answers: ReadonlyMap<string, AnsweredAnalysis>;
  /** Why there is none, by the analysis's name. */
  readonly unanswered: Readonly<Record<string, string>>;
}

/** A condition before its networks are trained. */
interface PreparedCondition extends StudyCondition {
  readonly data: PreparedData;
  readonly dataHash: string;
  readonly start: StartWeights | null;
}

/** Shares of the work, for the time left: what a condition's training takes beside one analysis is not known before. */
const trainingShare = 0.3;
const writingShare = 0.02;

export async function runStudy(
  loaded: LoadedExperiment,
  options: RunOptions,
): Promise<StudyResult> {
  const { study } = loaded;
  const folder = join(options.out, studyFolder(study.name));
  return withArtifactFolder(folder, options, async (lock) => {
    const files = diskFiles(loaded.folder, options.signal);
    const sources = await studySources(study, files);
    const { hash } = sources;
    const state = await artifactState(folder, hash, options.provider, readStudyManifest);
    const key = `${study.name}-study-${options.provider}-${hash.slice(0, 16)}`;
    if (state.kind === 'current' && !options.force) {
      await forgetFinished(options.cache, key);
      return { folder, status: 'unchanged', manifest: state.manifest };
    }
    await checkReplaceable(folder);
    const { progress, signal } = options;
    if (state.kind === 'damaged') progress.note(`${state.reason}: doing it now`);
    const cacheFolder = await openCache(options, key);
    return withStageCache(cacheFolder, { signal, note: progress.note }, async (cache) => {
      if (options.force) await cache.clear();
      const stages = createStageRunner({ cache, cacheFolder, progress, signal });
      const work = { loaded, files, sources, folder, confirm: lock.confirm };
      const manifest = await compute(work, stages, options);
      await cache.clear();
      return { folder, status: 'written', manifest };
    });
  });
}

interface StudyWork {
  readonly loaded: LoadedExperiment;
  readonly files: DiskFiles;
  readonly sources: StudySources;
  readonly folder: string;
  readonly confirm: () => Promise<void>;
}

async function compute(
  { loaded, files, sources: { hash, ...sources }, folder, confirm }: StudyWork,
  stages: StageRunner,
  options: RunOptions,
): Promise<StudyManifest> {
  const { study, profile } = loaded;
  const { out, signal } = options;
  const prepared: PreparedCondition[] = [];
  for (const [index, condition] of study.conditions.entries()) {
    const { experiment } = condition;
    const start = await files.startWeights(experiment);
    const data = await dataStage(experiment, files.sources, start, options.memory);
    const dataHash = sources.conditionHashes[index] as string;
    prepared.push({ ...condition, data, dataHash, start });
  }
  const memory = options.memory - bytesHeld(study.name, prepared, options.memory);
  const bytes = prepared.reduce((sum, { experiment, data }) => {
    // First and last weights; how large the answers are is not known before.
    return sum + diskBytes({ ...experiment, snapshots: 2 }, data);
  }, 0);
  await checkCanKeep(placeOfArtifacts(out), bytes);
  const own = {
    ...options,
    memory,
    // A run of the same name comes first, and has trained anew what a study of one condition asks about.
    force: options.force && study.compares,
  };
  const trained = await trainConditions(prepared, stages, own);
  const { answers, unanswered } = await answerAnalyses(study, trained, files, stages, own);
  return stages.once('writing', writingShare, () => {
    const content = {
      study,
      profile,
      conditions: trained,
      ...sources,
      answers,
      unanswered,
      contentHash: hash,
      timings: stages.timings(),
      ...stages.provenance(),
    };
    return writeStudyStage(folder, content, { signal, confirm });
  });
}

async function trainConditions(
  conditions: readonly PreparedCondition[],
  stages: StageRunner,
  options: RunOptions,
): Promise<Condition[]> {
  const trained: Condition[] = [];
  const share = trainingShare / conditions.length;
  for (const condition of conditions) {
    trained.push(await trainCondition(condition, share, stages, options));
  }
  return trained;
}

async function trainCondition(
  { key, title, experiment, data, dataHash, start }: PreparedCondition,
  share: number,
  stages: StageRunner,
  { executor, memory, signal, progress, provider, cache: cacheRoot, force }: RunOptions,
): Promise<Condition> {
  const compute = async () => {
    const started = await executor();
    stages.computedBy(started);
    return trainStage({
      experiment,
      data,
      initialWeights: start?.values,
      executor: started,
      memory: memory - estimateMemory(experiment, data).fixed,
      signal,
      onProgress: progress.update,
    });
  };
  const startHash = start?.sha256;
  const request = { experiment, dataHash, startHash, provider, cacheRoot, force, compute, signal };
  // One record for all: the stage's name is the same in the store, the condition is in its key.
  const history = await withTrainedStage({ ...request, note: progress.note }, (training) =>
    stages.kept('training', share, training),
  );
  const size = history.networks * history.parameters;
  return {
    key,
    title,
    experiment,
    data,
    history,
    network: networkShapeOf(experiment, data),
    initial: history.snapshots.slice(0, size),
    final: history.snapshots.slice(-size),
  };
}

async function answerAnalyses(
  { analyses }: Study,
  conditions: readonly Condition[],
  files: DiskFiles,
  stages: StageRunner,
  { executor, memory, signal, progress }: RunOptions,
): Promise<Answers> {
  const answers = new Map<string, AnsweredAnalysis>();
  const unanswered: Record<string, string> = {};
  const entries = Object.entries(analyses);
  const share = (1 - trainingShare - writingShare) / entries.length;
  for (const [name, spec] of entries) {
    const stage = answerStage(name, async () => {
      const started = await executor();
      stages.computedBy(started);
      const context: AnalysisContext = {
        executor: started,
        conditions,
        memoryBudget: memory,
        signal,
        onProgress: progress.update,
        readTensors: files.tensors,
      };
      const { result, claims } = await asked(analysisOf(spec).run(context, spec));
      return { ...encodeResult(result), claims };
    });
    try {
      answers.set(name, await stages.kept(name, share, stage));
    } catch (error) {
      if (!(error instanceof UnansweredError)) throw error;
      unanswered[name] = error.message;
    }
  }
  return { answers, unanswered };
}

/** An answer is kept once it is there: whoever goes on later does not ask again. */
const answerStage = (
  name: string,
  compute: () => Promise<AnsweredAnalysis>,
): KeptStage<AnsweredAnalysis> => ({
  compute,
  encode: ({ json, full, shown, claims }) =>
    new Map<string, Uint8Array>([
      // No analysis has an underscore in its name, so that none is in another's way.
      [`${name}_full.safetensors`, full],
      [`${name}_shown.safetensors`, shown],
      [`${name}_facts.json`, new TextEncoder().encode(JSON.stringify({ json, claims }))],
    ]),
  decode: (file) => {
    const facts = new TextDecoder().decode(file(`${name}_facts.json`).bytes);
    return {
      ...(JSON.parse(facts) as Pick<AnsweredAnalysis, 'json' | 'claims'>),
      full: file(`${name}_full.safetensors`).bytes as Uint8Array<ArrayBuffer>,
      shown: file(`${name}_shown.safetensors`).bytes as Uint8Array<ArrayBuffer>,
    };
  },
});
