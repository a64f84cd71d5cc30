// Answers one question about trained networks: their landscape, their boundaries, or what an analysis asks.
import type { ArtifactClaim } from '../../artifact/manifest.ts';
import { joinResult, splitResult } from '../../artifact/result-tree.ts';
import type { Executor } from '../../engine/runtime/executor.ts';
import type { Condition } from '../../landscape/analyses/analysis.ts';
import { analysisOf } from '../../landscape/analyses/index.ts';
import { boundaryGrid, buildBoundaries, hasBoundaries } from '../../landscape/build-boundaries.ts';
import { buildLandscape } from '../../landscape/build-landscape.ts';
import { createEvaluator, createPredictor } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { boundarySize, pageMemory } from '../limits.ts';
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
  const { experiment, history, data, network } = condition;
  const { executor, signal, onProgress } = home;
  const common = { executor, network, loss: experiment.loss, memoryBudget };
  const made: { dispose(): void }[] = [];
  try {
    const onTrain = await createEvaluator({ ...common, samples: data.train });
    made.push(onTrain);
    const onTest =
      data.test.count > 0 ? await createEvaluator({ ...common, samples: data.test }) : null;
    if (onTest) made.push(onTest);
    const { landscape, plane } = await buildLandscape({
      experiment,
      history,
      evaluateTrain: (weights) => onTrain.evaluate(weights),
      evaluateTest: onTest && ((weights) => onTest.evaluate(weights)),
      signal,
      // Small blocks, so that progress is told often.
      blockBytes: 256 * 4 * history.parameters,
      onProgress: (done, total) => onProgress(done / total),
    });
    return { kind: 'landscape', landscape, plane };
  } finally {
    for (const each of made) each.dispose();
  }
}

async function boundariesOf(condition: Condition, home: AnswerHome): Promise<Answer> {
  const { data, network, final, history } = condition;
  if (!hasBoundaries(data)) return { kind: 'boundaries', boundaries: null };
  const { inputs } = boundaryGrid(data, boundarySize);
  const predictor = await createPredictor({
    executor: home.executor,
    network,
    inputs,
    count: boundarySize ** 2,
    memoryBudget,
  });
  let done = 0;
  try {
    const boundaries = await buildBoundaries({
      async predict(weights) {
        const outputs = await predictor.predict(weights);
        done += weights.length / final.length;
        home.onProgress(Math.min(1, done));
        return outputs;
      },
      data,
      networks: history.networks,
      weights: final,
      size: boundarySize,
      // A few networks at a time, so that progress is told.
      blockBytes: 4 * 2 ** 20,
    });
    return { kind: 'boundaries', boundaries };
  } finally {
    predictor.dispose();
  }
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
