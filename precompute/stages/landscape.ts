// Stage 3: the plane through all snapshots and the surface over it, every point evaluated.
import { createEvaluator } from '../../src/learning/evaluator.ts';
import type { TrainingHistory } from '../../src/learning/history.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import type { Samples } from '../../src/learning/samples.ts';
import { buildLandscape } from '../../src/landscape/build-landscape.ts';
import type { Landscape, Plane } from '../../src/landscape/landscape.ts';
import { blockBytesOf, breathe, type StageOptions } from './train.ts';

export async function landscapeStage(
  { experiment, data, executor, memory, signal, onProgress }: StageOptions,
  history: TrainingHistory,
): Promise<{ landscape: Landscape; plane: Plane }> {
  const network = networkShapeOf(experiment, data);
  const evaluatorOf = (samples: Samples) =>
    createEvaluator({ executor, network, loss: experiment.loss, samples, memoryBudget: memory });
  const train = await evaluatorOf(data.train);
  const test = data.test.count > 0 ? await evaluatorOf(data.test) : null;
  const interruptible =
    ({ evaluate }: Pick<typeof train, 'evaluate'>) =>
    async (weights: Float32Array) => {
      await breathe();
      signal.throwIfAborted();
      return evaluate(weights);
    };
  try {
    return await buildLandscape({
      experiment,
      history,
      evaluateTrain: interruptible(train),
      evaluateTest: test && interruptible(test),
      onProgress: (done, total) => onProgress(done / total),
      signal,
      blockBytes: blockBytesOf(memory),
    });
  } finally {
    train.dispose();
    test?.dispose();
  }
}
