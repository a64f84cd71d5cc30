// Stage 2: all networks trained, with their records and snapshots.
import type { Executor } from '../../src/engine/runtime/executor.ts';
import type { Experiment } from '../../src/learning/experiment.ts';
import type { TrainingHistory } from '../../src/learning/history.ts';
import type { PreparedData } from '../../src/learning/samples.ts';
import { createTrainer } from '../../src/learning/trainer.ts';

interface TrainOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  /** Where training starts, `[N, P]`, where the experiment names a file. */
  readonly initialWeights?: Float32Array | undefined;
  readonly executor: Executor;
  /** Bytes that chunks of networks may take. */
  readonly memory: number;
  readonly signal: AbortSignal;
  /** Called with the share done, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

export async function trainStage({
  experiment,
  data,
  initialWeights,
  executor,
  memory,
  signal,
  onProgress,
}: TrainOptions): Promise<TrainingHistory> {
  const options = { experiment, data, initialWeights, executor, memoryBudget: memory };
  const trainer = await createTrainer(options);
  try {
    for (;;) {
      signal.throwIfAborted();
      const progress = await trainer.advance();
      if (!progress) return trainer.history();
      onProgress(progress.step / progress.totalSteps);
      await breathe();
    }
  } finally {
    trainer.dispose();
  }
}

/** Lets timers and signals (Ctrl-C) in between two pieces of work. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
