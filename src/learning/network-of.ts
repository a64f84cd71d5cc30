// The network that an experiment trains on its data.
import type { Experiment } from './experiment.ts';
import type { NetworkShape } from './network-shape.ts';
import type { PreparedData } from './samples.ts';

/** As many inputs as the data has features, one output per class (or per regression target). */
export function networkShapeOf(
  experiment: Pick<Experiment, 'hiddenSizes' | 'activation' | 'residual' | 'bias'>,
  data: Pick<PreparedData, 'features' | 'outputs'>,
): NetworkShape {
  return {
    sizes: [data.features, ...experiment.hiddenSizes, data.outputs],
    activation: experiment.activation,
    residual: experiment.residual,
    bias: experiment.bias,
  };
}
