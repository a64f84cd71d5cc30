// The settings of a fork: the same networks from where they are, with a fresh optimiser and batches in another order.
import { optimiserSchema, type Experiment } from '../learning/experiment.ts';
import { parseExperiment } from '../learning/parse-experiment.ts';
import type { Option } from './form/form-field.ts';
import { optionName } from './form/setting-names.ts';
import type { Fork } from './transport.ts';

/** What the weights of a fork are called. */
export const forkStart = 'start.safetensors';

/** What a fork may go on with. */
export const optimiserOptions = (): Option[] =>
  optimiserSchema.options.map(({ shape: { kind } }) => ({
    value: kind.value,
    label: optionName(kind.value),
  }));

/**
 * Where the reader has changed the rate on the way, the schedule was over: the fork learns at the rate of this moment.
 * @param start the name of the weights where it begins.
 * @throws ExperimentError
 */
export function forked(
  experiment: Experiment,
  { orderSeed, optimiser }: Fork,
  start: string,
  rate: number,
): Experiment {
  const { rateChanges, ...settings } = experiment;
  return parseExperiment(
    {
      ...settings,
      optimiser:
        optimiser === null ? settings.optimiser : optimiserSchema.parse({ kind: optimiser }),
      ...(rateChanges ? { learningRate: rate, schedule: { kind: 'constant' } } : {}),
      orderSeed,
      start: { path: start },
    },
    'the fork',
  );
}
