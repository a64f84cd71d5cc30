// What a training graph is fed besides the networks: the samples of each step, and its learning rate.
import { floats } from '../engine/runtime/executor.ts';
import type { Feed } from '../engine/runtime/executor.ts';
import { batchOrder, batchSizeOf, stepsPerEpoch } from './batches.ts';
import type { Experiment } from './experiment.ts';
import type { OptimiserRule } from './optimisers.ts';
import type { PreparedData, Samples } from './samples.ts';

/** Rows of a sample array in a given order, `[order.length, width]`. */
function rows(values: Float32Array, order: Int32Array, width: number): Float32Array {
  const picked = new Float32Array(order.length * width);
  order.forEach((row, k) => picked.set(values.subarray(row * width, (row + 1) * width), k * width));
  return picked;
}

/** A whole part of the data, under the names that `measurement` gives its inputs. */
export const sampleFeeds = (
  part: 'train' | 'test',
  samples: Samples,
  { features, outputs }: Pick<PreparedData, 'features' | 'outputs'>,
): Record<string, Feed> => ({
  [`${part}-inputs`]: floats([1, samples.count, features], samples.inputs),
  [`${part}-targets`]: floats([1, samples.count, outputs], samples.targets),
});

/** Feeds of `trainingSteps` for the `steps` steps from 0-based `step` on, all but its state. */
export type StepFeeds = (step: number, steps: number) => Record<string, Feed>;

/** @param rateAt the learning rate of a 0-based step; it may change while training goes on. */
export function createStepFeeds(
  experiment: Experiment,
  data: PreparedData,
  rule: OptimiserRule,
  rateAt: (step: number) => number,
): StepFeeds {
  const { features, outputs, train } = data;
  const batch = batchSizeOf(experiment, train);
  const perEpoch = stepsPerEpoch(experiment, train);
  const whole = {
    inputs: floats([1, batch, features], train.inputs),
    targets: floats([1, batch, outputs], train.targets),
  };
  let order: { readonly epoch: number; readonly rows: Int32Array } | null = null;

  const scalars = (step: number, steps: number): Feed => {
    const values = Array.from({ length: steps }, (_, k) =>
      rule.schedule(step + k + 1, rateAt(step + k)),
    );
    return floats([steps, rule.scalars], Float32Array.from(values.flat()));
  };

  /** Row numbers of the samples of these steps, batch after batch. */
  const picks = (step: number, steps: number): Int32Array => {
    const picked = new Int32Array(steps * batch);
    for (let k = 0; k < steps; k++) {
      const epoch = Math.floor((step + k) / perEpoch);
      if (order?.epoch !== epoch) order = { epoch, rows: batchOrder(experiment, train, epoch) };
      const start = ((step + k) % perEpoch) * batch;
      picked.set(order.rows.subarray(start, start + batch), k * batch);
    }
    return picked;
  };

  return (step, steps) => {
    if (batch === train.count) return { scalars: scalars(step, steps), ...whole };
    const picked = picks(step, steps);
    return {
      scalars: scalars(step, steps),
      inputs: floats([steps, batch, features], rows(train.inputs, picked, features)),
      targets: floats([steps, batch, outputs], rows(train.targets, picked, outputs)),
    };
  };
}
