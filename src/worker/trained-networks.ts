// What is asked of trained networks most: the landscape of their history, and the boundaries that they draw.
import type { Executor } from '../engine/runtime/executor.ts';
import type { Boundaries } from '../landscape/boundaries.ts';
import { boundaryGrid, buildBoundaries } from '../landscape/build-boundaries.ts';
import { buildLandscape } from '../landscape/build-landscape.ts';
import { createEvaluator, createPredictor } from '../learning/evaluator.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { TrainingHistory } from '../learning/history.ts';
import type { NetworkShape } from '../learning/network-shape.ts';
import type { PreparedData } from '../learning/samples.ts';
import { boundarySize, pageMemory } from './limits.ts';

interface TrainedNetworks {
  readonly executor: Executor;
  readonly experiment: Experiment;
  readonly network: NetworkShape;
  readonly data: PreparedData;
  /** Called with the share done, 0 to 1. */
  onProgress?(share: number): void;
}

const memoryBudget = pageMemory.chunk;

/** With its plane, at full precision. @throws the signal's reason once it is aborted; what the engine throws. */
export async function landscapeOfHistory(
  options: TrainedNetworks & { readonly history: TrainingHistory; readonly signal: AbortSignal },
): ReturnType<typeof buildLandscape> {
  const { executor, experiment, network, data, history, signal, onProgress } = options;
  const common = { executor, network, loss: experiment.loss, memoryBudget };
  const made: { dispose(): void }[] = [];
  try {
    const onTrain = await createEvaluator({ ...common, samples: data.train });
    made.push(onTrain);
    const onTest =
      data.test.count > 0 ? await createEvaluator({ ...common, samples: data.test }) : null;
    if (onTest) made.push(onTest);
    return await buildLandscape({
      experiment,
      history,
      evaluateTrain: (weights) => onTrain.evaluate(weights),
      evaluateTest: onTest && ((weights) => onTest.evaluate(weights)),
      signal,
      // Small blocks, so that progress is told often, and a cancelled landscape ends soon.
      blockBytes: 256 * 4 * history.parameters,
      onProgress: (done, total) => onProgress?.(done / total),
    });
  } finally {
    for (const each of made) each.dispose();
  }
}

/** Of all networks, weights `[N, P]`, whose data have two features. @throws what the executor throws. */
export async function boundariesOfWeights(
  options: TrainedNetworks & { readonly weights: Float32Array },
): Promise<Boundaries> {
  const { executor, experiment, network, data, weights, onProgress } = options;
  const { inputs } = boundaryGrid(data, boundarySize);
  const count = boundarySize ** 2;
  const predictor = await createPredictor({ executor, network, inputs, count, memoryBudget });
  let done = 0;
  try {
    return await buildBoundaries({
      async predict(part) {
        const outputs = await predictor.predict(part);
        done += part.length / weights.length;
        onProgress?.(Math.min(1, done));
        return outputs;
      },
      data,
      networks: experiment.initialisations,
      weights,
      size: boundarySize,
      // A few networks at a time, so that progress is told.
      blockBytes: 4 * 2 ** 20,
    });
  } finally {
    predictor.dispose();
  }
}
