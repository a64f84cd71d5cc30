// Trains one run up to some epochs, and from each of them a copy that goes on with its data in another order.
import type { Executor } from '../../engine/runtime/executor.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { createTrainer, type Resumed, type Trainer } from '../../learning/trainer.ts';

export interface ForkOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
  readonly memoryBudget?: number | undefined;
  /** `[M, P]`: where the networks start; as many are trained. */
  readonly starts: Float32Array;
  /** Of the experiment's networks, so many are trained. */
  readonly networks: number;
  /** At which epochs the copies part from the run, rising. */
  readonly epochs: readonly number[];
  /** Of the copies, from there on. */
  readonly orderSeed: number;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number) => void;
}

/**
 * The copies' ends, `[F, M, P]`: instability analysis of Frankle et al. 2020 (arXiv:1912.05671, section 2), with the order
 * of the data as its noise. A copy has the run's weights and the state of its optimiser where it parts.
 */
export async function trainForks(options: ForkOptions): Promise<Float32Array> {
  const { networks, starts, epochs, orderSeed, signal, onProgress } = options;
  const experiment = { ...options.experiment, ...unrecorded, initialisations: networks };
  const trainerOf = (of: Experiment, resume?: Resumed) =>
    createTrainer({ ...options, experiment: of, initialWeights: starts, resume });
  const run = await trainerOf(experiment);
  const ends = new Float32Array(epochs.length * starts.length);
  let step = 0;
  try {
    for (const [f, epoch] of epochs.entries()) {
      const parting = epoch * run.stepsPerEpoch;
      await train(run, [step, parting], signal);
      step = parting;
      const resume = { state: await run.state(), history: run.history() };
      const copy = await trainerOf({ ...experiment, orderSeed }, resume);
      try {
        await train(copy, [step, copy.totalSteps], signal);
        ends.set(await copy.weights(), f * starts.length);
      } finally {
        copy.dispose();
      }
      onProgress((f + 1) / epochs.length);
    }
  } finally {
    run.dispose();
  }
  return ends;
}

/** Nothing on the way is asked for. */
const unrecorded = { snapshots: 2, recordEvery: 1_000_000 };

async function train(
  trainer: Trainer,
  [from, to]: readonly [number, number],
  signal: AbortSignal,
): Promise<void> {
  let at = from;
  while (at < to) {
    signal.throwIfAborted();
    const progress = await trainer.advance(to - at, false);
    if (progress === null) return;
    at = progress.step;
  }
}
