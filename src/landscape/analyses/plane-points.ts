// The training points of two features as a figure draws them beside the answers of networks.
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { boundaryGrid } from '../build-boundaries.ts';
import { numericArray, type NumericArray } from './numeric-array.ts';

export interface PlanePoints {
  /** `[count, 2]`, normalised features. */
  readonly inputs: NumericArray;
  /** `[count]`: 0 or 1. */
  readonly labels: NumericArray;
  /** `[minimum x, maximum x, minimum y, maximum y]`: all points with some air around them. */
  readonly extent: readonly number[];
}

export function planePoints(data: PreparedData): PlanePoints {
  const { inputs, count, labels } = data.train;
  return {
    inputs: numericArray([count, 2], inputs, { rounding: 'exact' }),
    labels: numericArray([count], labels ?? [], { rounding: 'whole' }),
    extent: [...boundaryGrid(data, 2).extent],
  };
}

/** Data of two features and two classes, which a page's own arithmetic can answer for. */
const onThePlane: readonly Experiment['data']['kind'][] = ['moons', 'circles', 'spirals', 'xor'];

/**
 * Refuses all but networks of one hidden layer with biases that tell two classes of plane points apart.
 * @param activation of the hidden units.
 * @throws ExperimentError
 */
export function checkPlaneNetwork(
  { key, experiment }: { readonly key: string; readonly experiment: Experiment },
  activation: Experiment['activation'],
): void {
  const { data, hiddenSizes, bias, residual, loss } = experiment;
  const isPlain = hiddenSizes.length === 1 && bias && !residual && loss === 'cross-entropy';
  if (isPlain && experiment.activation === activation && onThePlane.includes(data.kind)) return;
  throw new ExperimentError(
    `condition "${key}" cannot be drawn live: expected two classes of points in two features (${onThePlane.join(', ')}), cross-entropy, and one hidden layer of "${activation}" units with biases`,
  );
}
