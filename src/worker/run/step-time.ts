// How long one training step of an experiment takes on an executor, measured on the graph that would run.
import type { Executor } from '../../engine/runtime/executor.ts';
import { batchSizeOf } from '../../learning/batches.ts';
import { chunkSize } from '../../learning/chunks.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { initialPopulation } from '../../learning/initial-weights.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { optimiserRule } from '../../learning/optimisers.ts';
import { createPopulation } from '../../learning/population.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { createStepFeeds } from '../../learning/step-feeds.ts';
import { TrainingPlan } from '../../learning/training-plan.ts';

/** Milliseconds that are measured at a time, after one call to warm up. */
const measured = 150;
/**
 * Browsers compile WebAssembly twice, at first quickly and then, where it is used much, well: measuring goes on while
 * it still makes a step faster by a fifth, so many times at most.
 */
const mostTimes = 5;
const worthWaiting = 0.8;
/** Milliseconds that are timed at once: browsers round their clocks to a tenth. */
const shortestLap = 5;

/** Everything that a step's time depends on, as a text: runs of the same text need no other measurement. */
export function shapesOf(experiment: Experiment, data: PreparedData): string {
  const { optimiser, loss, initialisations, batchSize, recordEvery } = experiment;
  const network = networkShapeOf(experiment, data);
  const { train, test } = data;
  const counts = [initialisations, batchSize, recordEvery, train.count, test.count];
  return JSON.stringify([network, optimiser.kind, loss, experiment.weightDecay > 0, ...counts]);
}

/**
 * Milliseconds for one step of all networks: those of the first chunk, times the chunks that follow one another.
 * Losses are read after every call, as in training, so that a device which only queues its work is waited for.
 */
export async function measureStep(
  executor: Executor,
  experiment: Experiment,
  data: PreparedData,
  memoryBudget: number,
  now: () => number = () => performance.now(),
): Promise<number> {
  const network = networkShapeOf(experiment, data);
  const rule = optimiserRule(experiment.optimiser, experiment.weightDecay);
  const { initialisations: networks, initialiser } = experiment;
  const largest = Math.max(batchSizeOf(experiment, data.train), data.train.count, data.test.count);
  const size = chunkSize(network, largest, networks, executor, memoryBudget);
  const plan = new TrainingPlan(experiment, data.train);
  const chunk = await createPopulation({
    experiment: { ...experiment, initialisations: size },
    ...{ data, executor, memoryBudget, network, rule, unroll: plan.unroll },
    weights: initialPopulation(network, initialiser, seedsOf(experiment).starts, size),
    slots: [],
  });
  try {
    const feeds = createStepFeeds(experiment, data, rule, (step) => plan.rateAt(step));
    const first = feeds(0, plan.unroll);
    const call = () => chunk.train(plan.unroll, first, () => {});
    await call();
    /** Milliseconds a call, over as many as the clock can tell. */
    const lap = async (): Promise<number> => {
      const begin = now();
      for (let calls = 1; ; calls++) {
        await call();
        const spent = now() - begin;
        if (spent >= shortestLap) return spent / calls;
      }
    };
    /** Whatever else the machine does only makes a call slower, so the fastest lap is nearest to the truth. */
    const fastestLap = async (): Promise<number> => {
      const begin = now();
      let least = Infinity;
      while (now() - begin < measured) least = Math.min(least, await lap());
      return least;
    };
    let fastest = await fastestLap();
    for (let times = 1; times < mostTimes; times++) {
      const next = await fastestLap();
      const isWorth = next < worthWaiting * fastest;
      fastest = Math.min(fastest, next);
      if (!isWorth) break;
    }
    const rounds = Math.ceil(Math.ceil(networks / size) / executor.lanes);
    return (fastest / plan.unroll) * rounds;
  } finally {
    chunk.dispose();
  }
}
