// A run's history up to the weights it has now.
import type { TrainingHistory } from '../learning/history.ts';
import type { Resumed } from '../learning/trainer.ts';

/**
 * The history with the weights of now as its last snapshot, which a run that pauses between two snapshots does not
 * have: what a picture or an analysis of a saved run is made of. Training goes on from the history as it was saved.
 */
export function historyToNow({
  state,
  history,
}: {
  readonly state: Pick<Resumed['state'], 'step' | 'weights'>;
  readonly history: TrainingHistory;
}): TrainingHistory {
  const { step, weights } = state;
  if (history.snapshotSteps.at(-1) === step) return history;
  const snapshots = new Float32Array(history.snapshots.length + weights.length);
  snapshots.set(history.snapshots);
  snapshots.set(weights, history.snapshots.length);
  return { ...history, snapshotSteps: Int32Array.of(...history.snapshotSteps, step), snapshots };
}
