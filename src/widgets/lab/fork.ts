// The settings of a fork: the same networks from where they are, with a fresh optimiser and batches in another order.
import { optimiserSchema, type Experiment } from '../../learning/experiment.ts';
import { parseExperiment } from '../../learning/parse-experiment.ts';
import type { Fork } from './transport.ts';

/** The name of the file that takes the weights along when a fork is exported. */
export const forkStart = 'start.safetensors';

/**
 * @param rate the learning rate at this moment: what the reader changed on the way is not undone by a fork.
 * @throws ExperimentError
 */
export function forked(
  experiment: Experiment,
  { orderSeed, optimiser }: Fork,
  rate: number,
): Experiment {
  const { rateChanges, ...settings } = experiment;
  return parseExperiment(
    {
      ...settings,
      optimiser:
        optimiser === null ? settings.optimiser : optimiserSchema.parse({ kind: optimiser }),
      learningRate: rateChanges ? rate : settings.learningRate,
      orderSeed,
      start: { path: forkStart },
    },
    'the fork',
  );
}
