// Settings of an experiment as labels name them: batch size, weight decay, and the unit of the loss.
import type { StudyDisplay } from '../../artifact/display.ts';

type Experiment = StudyDisplay['study']['conditions'][number]['experiment'];

export const batchName = ({ batchSize }: Experiment): string =>
  batchSize === 'full' ? 'full batch' : `batches of ${batchSize}`;

export const decayName = ({ weightDecay }: Experiment): string =>
  weightDecay === 0 ? 'no weight decay' : `weight decay ${weightDecay}`;

/** What is left of a name of `decayName` under the heading "Decay". */
export const shortDecayName = (name: string): string =>
  name === 'no weight decay' ? 'none' : name.replace('weight decay ', '');

/** Of a study whose conditions share one loss. */
export const lossUnit = ({ conditions }: StudyDisplay['study']): string =>
  conditions[0]?.experiment.loss === 'cross-entropy' ? 'nats' : 'mean squared error';
