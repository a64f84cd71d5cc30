// The end of a run: what all of its networks answer, and the landscape of its snapshots.
import type { Executor } from '../../engine/runtime/executor.ts';
import { hasBoundaries } from '../../landscape/build-boundaries.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { watchedExecutor } from '../watched-executor.ts';
import { historyToNow } from '../history-to-now.ts';
import { boundariesOfWeights, landscapeOfHistory } from '../trained-networks.ts';
import type { FinishedRun, SavedTraining } from './run-messages.ts';

export interface WholeRun extends SavedTraining {
  readonly executor: Executor;
  readonly network: NetworkShape;
  readonly data: PreparedData;
}

export interface FinishOptions {
  /** Aborted where nobody wants the run any more. */
  readonly closed: AbortSignal;
  /** Aborted where the reader leaves the landscape out. */
  readonly skipped: AbortSignal;
  onStage(stage: 'boundaries' | 'landscape'): void;
  /** Hears how much of the landscape is computed, 0 to 1. */
  onLandscape(share: number): void;
}

/** @throws the reason of `closed`; what the engine throws. */
export async function finishRun(
  { experiment, network, data, executor, ...training }: WholeRun,
  { closed, skipped, onStage, onLandscape }: FinishOptions,
): Promise<Pick<FinishedRun, 'boundaries' | 'landscape'>> {
  const { state } = training;
  const history = historyToNow(training);
  const common = { experiment, network, data };
  onStage('boundaries');
  const boundaries = hasBoundaries(data)
    ? await boundariesOfWeights({
        ...common,
        executor: watchedExecutor(executor, closed),
        weights: state.weights,
      })
    : null;
  onStage('landscape');
  const signal = AbortSignal.any([closed, skipped]);
  try {
    const { landscape } = await landscapeOfHistory({
      ...common,
      executor: watchedExecutor(executor, signal),
      history,
      signal,
      onProgress: onLandscape,
    });
    return { boundaries, landscape };
  } catch (error) {
    closed.throwIfAborted();
    if (skipped.aborted) return { boundaries, landscape: null };
    throw error;
  }
}
