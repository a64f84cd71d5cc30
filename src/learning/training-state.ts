// A run at one moment: all that it needs to go on as if it had never stopped.
import type { TrainingHistory } from './history.ts';

export interface TrainingState {
  /** Optimiser steps taken. */
  readonly step: number;
  /** `[N, P]`. */
  readonly weights: Float32Array;
  /** State of the optimiser, each `[N, P]`: none for SGD, the velocity, the running averages. */
  readonly slots: readonly Float32Array[];
}

/** A run that goes on from where it was, with what it had recorded by then. */
export interface Resumed {
  readonly state: TrainingState;
  readonly history: TrainingHistory;
}

/** @throws RangeError, one sentence, where the state or its history is not one of such a run. */
export function checkResumed(
  { state, history }: Resumed,
  run: {
    readonly networks: number;
    readonly parameters: number;
    readonly slots: number;
    readonly totalSteps: number;
    readonly classes: boolean;
    readonly hasTest: boolean;
  },
): void {
  const { networks, parameters, slots, totalSteps, classes, hasTest } = run;
  const size = networks * parameters;
  const { curves, snapshotSteps, snapshots, divergedAt } = history;
  const values = curves.steps.length * networks;
  const column = (kept: boolean) => (kept ? values : 0);
  const isStep = Number.isInteger(state.step) && state.step >= 0 && state.step <= totalSteps;
  if (!isStep) {
    throw new RangeError(
      `the state to resume is at step ${state.step}: expected a whole number from 0 to ${totalSteps}`,
    );
  }
  const ahead = Math.max(curves.steps.at(-1) ?? 0, snapshotSteps.at(-1) ?? 0);
  if (ahead > state.step) {
    throw new RangeError(
      `the history to resume goes on to step ${ahead}: expected none after its state's, ${state.step}`,
    );
  }
  const sizes: [what: string, found: number, expected: number][] = [
    ['weights of the state', state.weights.length, size],
    ['slots of the optimiser', state.slots.length, slots],
    ...state.slots.map((slot, k): [string, number, number] => [
      `values of slot ${k}`,
      slot.length,
      size,
    ]),
    ['networks of the history', history.networks, networks],
    ['weights of a network in the history', history.parameters, parameters],
    ['values of the snapshots', snapshots.length, snapshotSteps.length * size],
    ['steps of divergence', divergedAt.length, networks],
    ['training losses', curves.trainLoss.length, values],
    ['training accuracies', curves.trainAccuracy?.length ?? 0, column(classes)],
    ['test losses', curves.testLoss?.length ?? 0, column(hasTest)],
    ['test accuracies', curves.testAccuracy?.length ?? 0, column(hasTest && classes)],
    ['gradient norms', curves.gradientNorm.length, values],
  ];
  for (const [what, found, expected] of sizes) {
    if (found === expected) continue;
    throw new RangeError(
      `the run to resume does not fit its experiment: ${what} are ${found} where ${expected} were expected`,
    );
  }
}
