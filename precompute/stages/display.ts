// Stage 4: what the page draws besides curves and landscape: the decision boundary of every network.
import { boundarySize } from '../../src/artifact/display-boundaries.ts';
import { createPredictor } from '../../src/learning/evaluator.ts';
import type { TrainingHistory } from '../../src/learning/history.ts';
import { networkShapeOf } from '../../src/learning/network-of.ts';
import {
  boundaryGrid,
  buildBoundaries,
  hasBoundaries,
} from '../../src/landscape/build-boundaries.ts';
import type { Boundaries } from '../../src/landscape/boundaries.ts';
import { blockBytesOf, type StageOptions } from './train.ts';

/** Null where the input is not a plane, or nothing is classified. */
export async function displayStage(
  { experiment, data, executor, memory, signal }: StageOptions,
  { networks, parameters, snapshots }: TrainingHistory,
): Promise<Boundaries | null> {
  if (!hasBoundaries(data)) return null;
  signal.throwIfAborted();
  const size = boundarySize(networks, data.outputs);
  const predictor = await createPredictor({
    executor,
    network: networkShapeOf(experiment, data),
    inputs: boundaryGrid(data, size).inputs,
    count: size * size,
    memoryBudget: memory,
  });
  try {
    const weights = snapshots.slice(-networks * parameters);
    return await buildBoundaries({
      predict: predictor.predict,
      data,
      networks,
      weights,
      size,
      blockBytes: blockBytesOf(memory),
    });
  } finally {
    predictor.dispose();
  }
}
