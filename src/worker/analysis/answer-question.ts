// Answers one question about trained networks: their landscape, their boundaries, or what an analysis asks.
import type { ArtifactClaim } from '../../artifact/manifest.ts';
import { joinResult, splitResult } from '../../artifact/result-tree.ts';
import type { Executor } from '../../engine/runtime/executor.ts';
import type { Condition } from '../../landscape/analyses/analysis.ts';
import { analysisOf } from '../../landscape/analyses/index.ts';
import { hasBoundaries } from '../../landscape/build-boundaries.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { pageMemory } from '../limits.ts';
import { boundariesOfWeights, landscapeOfHistory } from '../trained-networks.ts';
import type { Answer, Question, Subject } from './analysis-messages.ts';

export interface AnswerHome {
  /** Ends what is asked of it once the question is cancelled. */
  readonly executor: Executor;
  readonly signal: AbortSignal;
  prepare(subject: Subject): Promise<Condition>;
  /** Called with the share done, 0 to 1. */
  onProgress(share: number): void;
}

const memoryBudget = pageMemory.chunk;

/** @throws the signal's reason once it is aborted; what the engine and the analyses throw. */
export async function answerQuestion(question: Question, home: AnswerHome): Promise<Answer> {
  switch (question.kind) {
    case 'landscape':
      return landscapeOf(await home.prepare(question.subject), home);
    case 'boundaries':
      return boundariesOf(await home.prepare(question.subject), home);
    case 'analysis':
      return analysed(question, home);
  }
}

async function landscapeOf(condition: Condition, home: AnswerHome): Promise<Answer> {
  const { landscape, plane } = await landscapeOfHistory({ ...condition, ...home });
  return { kind: 'landscape', landscape, plane };
}

async function boundariesOf(condition: Condition, home: AnswerHome): Promise<Answer> {
  const boundaries = hasBoundaries(condition.data)
    ? await boundariesOfWeights({ ...condition, ...home, weights: condition.final })
    : null;
  return { kind: 'boundaries', boundaries };
}

async function analysed(
  { name, spec, subjects }: Extract<Question, { kind: 'analysis' }>,
  { executor, signal, prepare, onProgress }: AnswerHome,
): Promise<Answer> {
  const conditions: Condition[] = [];
  for (const subject of subjects) conditions.push(await prepare(subject));
  const { result, claims } = await analysisOf(spec).run(
    {
      executor,
      conditions,
      memoryBudget,
      signal,
      onProgress,
      readTensors: (path) =>
        Promise.reject(
          new ExperimentError(
            `the directions of ${path} are in a file, which this page does not read: choose other directions, or use \`npx atlas run\``,
          ),
        ),
    },
    spec,
  );
  return {
    kind: 'analysis',
    result: shownResult(result),
    claims: claims.map((claim) => ({ ...claim, analysis: name })) as unknown as ArtifactClaim[],
  };
}

/** The result as an artifact gives it to a figure: without what only computations want, and in memory of its own. */
function shownResult(result: unknown): unknown {
  const { json, tensors } = splitResult(result);
  return joinResult(
    json,
    (path) => {
      const tensor = tensors.get(path);
      return tensor?.shown ? { ...tensor, values: tensor.values.slice() } : null;
    },
    'this analysis',
  );
}
