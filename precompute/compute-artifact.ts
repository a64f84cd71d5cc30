// The stages of an artifact: data, training, analyses, writing.
import type { Manifest } from '../src/artifact/manifest.ts';
import type { StartWeights } from '../src/artifact/start-weights.ts';
import type { AnalysisContext, Condition } from '../src/landscape/analyses/analysis.ts';
import { isOfWholeRuns, type AnsweredSpec } from '../src/landscape/analyses/index.ts';
import type { StudyCondition } from '../src/landscape/study.ts';
import { networkShapeOf } from '../src/learning/network-of.ts';
import type { PreparedData } from '../src/learning/samples.ts';
import { withAnsweredStage, type Question } from './answered.ts';
import type { ArtifactSources } from './artifact-sources.ts';
import { checkCanKeep, diskBytes, placeOfArtifacts } from './can-keep.ts';
import type { DiskFiles } from './data-sources.ts';
import type { LoadedExperiment } from './experiment-files.ts';
import { memoryHeld, type HeldMemory } from './memory-held.ts';
import type { RunOptions } from './run-options.ts';
import type { StageRunner } from './stage-runner.ts';
import { answerStage } from './stages/answer.ts';
import { dataStage } from './stages/data.ts';
import { stageShares } from './stages/shares.ts';
import { trainStage } from './stages/train.ts';
import { writeStage, type AnsweredAnalysis } from './stages/write.ts';
import { trainingKeyOf, withTrainedStage, type Training } from './trained.ts';
import { UnansweredError } from './unanswered.ts';

export interface ArtifactWork {
  readonly loaded: LoadedExperiment;
  readonly files: DiskFiles;
  readonly sources: ArtifactSources;
  readonly folder: string;
  /** Whether this process still holds the folder's lock. */
  readonly confirm: () => Promise<void>;
}

/** A condition before its networks are trained. */
interface PreparedCondition extends StudyCondition {
  readonly data: PreparedData;
  readonly start: StartWeights | null;
  readonly dataHash: string;
}

export async function computeArtifact(
  { loaded, files, sources, folder, confirm }: ArtifactWork,
  stages: StageRunner,
  options: RunOptions,
): Promise<Manifest> {
  const { study, profile } = loaded;
  const isWhole = !study.compares;
  const prepared = await stages.once('data', 0.01, () => prepare(study.conditions, sources, files));
  const held = memoryHeld(study.name, prepared, options.memory);
  await checkCanKeep(placeOfArtifacts(options.out), bytesOnDisk(prepared, isWhole));
  const shares = stageShares(prepared, sources.study.analyses);
  const trained: Condition[] = [];
  for (const [index, condition] of prepared.entries()) {
    const memory = options.memory - (held.whileTraining[index] as number);
    const share = shares.training[index] as number;
    trained.push(await trainCondition(condition, share, stages, { ...options, memory }));
  }
  const asked = {
    context: { conditions: trained, readTensors: files.tensors },
    question: {
      conditions: study.conditions,
      trainings: await trainingKeys(prepared, options),
      inputs: sources.inputs,
    },
  };
  const answered = await answerAnalyses(
    sources.study,
    shares.analyses,
    held,
    asked,
    stages,
    options,
  );
  return stages.once('writing', shares.writing, () =>
    writeStage(
      folder,
      {
        ...sources,
        ...answered,
        ...stages.provenance(),
        isWhole,
        profile,
        conditions: trained,
        timings: stages.timings(),
      },
      { signal: options.signal, confirm },
    ),
  );
}

async function prepare(
  conditions: readonly StudyCondition[],
  { conditionHashes }: ArtifactSources,
  files: DiskFiles,
): Promise<PreparedCondition[]> {
  const prepared: PreparedCondition[] = [];
  for (const [index, condition] of conditions.entries()) {
    const start = await files.startWeights(condition.experiment);
    const data = await dataStage(condition.experiment, files.sources, start);
    const { dataHash } = conditionHashes[index]!;
    prepared.push({ ...condition, data, start, dataHash });
  }
  return prepared;
}

/** Of conditions that are compared, first and last weights; how large the answers are is not known before. */
const bytesOnDisk = (prepared: readonly PreparedCondition[], isWhole: boolean): number =>
  prepared.reduce((sum, { experiment, data }) => {
    const kept = isWhole ? experiment : { ...experiment, snapshots: 2 };
    return sum + diskBytes(kept, data);
  }, 0);

const trainingOf = (
  { experiment, dataHash, start }: PreparedCondition,
  provider: string,
): Training => ({ experiment, dataHash, startHash: start?.sha256, provider });

async function trainCondition(
  prepared: PreparedCondition,
  share: number,
  stages: StageRunner,
  { executor, memory, signal, progress, provider, cache: cacheRoot, force }: RunOptions,
): Promise<Condition> {
  const { key, title, experiment, data, start } = prepared;
  const compute = async () => {
    const started = await executor();
    stages.computedBy(started);
    return trainStage({
      experiment,
      data,
      initialWeights: start?.values,
      executor: started,
      memory,
      signal,
      onProgress: progress.update,
    });
  };
  const request = { ...trainingOf(prepared, provider), cacheRoot, force, compute, signal };
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
    initial: history.snapshots.subarray(0, size),
    final: history.snapshots.subarray(-size),
  };
}

const trainingKeys = (
  prepared: readonly PreparedCondition[],
  { provider }: RunOptions,
): Promise<string[]> =>
  Promise.all(prepared.map((condition) => trainingKeyOf(trainingOf(condition, provider))));

/** Of which networks analyses are asked. */
interface Subject {
  readonly context: Pick<AnalysisContext, 'conditions' | 'readTensors'>;
  readonly question: Omit<Question, 'name' | 'spec'>;
}

interface Answers {
  readonly answers: ReadonlyMap<string, AnsweredAnalysis>;
  /** Why there is none, by the analysis's name. */
  readonly unanswered: Readonly<Record<string, string>>;
}

async function answerAnalyses(
  { analyses }: ArtifactSources['study'],
  shares: Readonly<Record<string, number>>,
  held: HeldMemory,
  { context, question }: Subject,
  stages: StageRunner,
  { executor, memory, signal, progress, cache: cacheRoot, force }: RunOptions,
): Promise<Answers> {
  const answers = new Map<string, AnsweredAnalysis>();
  const unanswered: Record<string, string> = {};
  const contextFor = async ({ kind }: AnsweredSpec): Promise<AnalysisContext> => {
    const started = await executor();
    stages.computedBy(started);
    // A run's principal components and surface are held with its snapshots, as the estimate of its training has it.
    const beside = isOfWholeRuns(kind) ? Math.max(...held.whileTraining) : held.all;
    const chunked = { executor: started, memoryBudget: memory - beside };
    return { ...context, ...chunked, signal, onProgress: progress.update };
  };
  for (const [name, spec] of Object.entries(analyses)) {
    try {
      const stage = answerStage(name, spec, () => contextFor(spec));
      const request = { ...question, name, spec, cacheRoot, force, signal, note: progress.note };
      const answer = await withAnsweredStage(request, stage, (kept) =>
        stages.kept(name, shares[name] as number, kept),
      );
      answers.set(name, answer);
    } catch (error) {
      if (!(error instanceof UnansweredError)) throw error;
      // A run without its landscape is none.
      if (isOfWholeRuns(spec.kind)) throw error.cause;
      unanswered[name] = error.message;
    }
  }
  return { answers, unanswered };
}
