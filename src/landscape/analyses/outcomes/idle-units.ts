// The share of hidden units that tell no training point from another: dead, or saturated.
import { createActivationReader } from '../../../learning/evaluator.ts';
import { rowIsFinite } from '../../rows.ts';
import {
  lossOptions,
  rowOf,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';

/** A unit is idle where its answers to all points differ by less than this share of their size. */
const idleSpread = 1e-6;

export async function idleUnits(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
): Promise<number[]> {
  const { data, final, experiment, network } = condition;
  const networks = experiment.initialisations;
  const { count, inputs } = data.train;
  const reading = createActivationReader({ ...lossOptions(context, condition), count, inputs });
  const layers = await using(reading, (reader) => reader.read(final));
  const units = network.sizes.slice(1, -1).reduce((sum, size) => sum + size, 0);
  const P = final.length / networks;
  return Array.from({ length: networks }, (_, n) => {
    if (!rowIsFinite(final, P, n)) return NaN;
    let idle = 0;
    for (const [layer, activations] of layers.entries()) {
      const width = network.sizes[layer + 1]!;
      const own = rowOf(activations, count * width, n);
      for (let unit = 0; unit < width; unit++) {
        let [low, high] = [Infinity, -Infinity];
        for (let i = unit; i < own.length; i += width) {
          low = Math.min(low, own[i]!);
          high = Math.max(high, own[i]!);
        }
        const size = Math.max(Math.abs(low), Math.abs(high), 1e-30);
        if (high - low <= idleSpread * size) idle++;
      }
    }
    return idle / units;
  });
}
