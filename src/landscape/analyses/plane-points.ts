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
    inputs: numericArray([count, 2], inputs, { rounding: 'fine' }),
    labels: numericArray([count], labels ?? [], { rounding: 'whole' }),
    extent: [...boundaryGrid(data, 2).extent],
  };
}

/** Data of two features and two classes, which a page's own arithmetic can answer for. */
const onThePlane: readonly Experiment['data']['kind'][] = ['moons', 'circles', 'spirals', 'xor'];

interface Planned {
  readonly key: string;
  readonly experiment: Experiment;
}

/** @throws ExperimentError where the input is no plane, or there are not two classes. */
export function checkPlaneClasses({ key, experiment }: Planned): void {
  const { data, loss } = experiment;
  if (loss === 'cross-entropy' && onThePlane.includes(data.kind)) return;
  throw new ExperimentError(
    `condition "${key}" has no line between two classes on a plane: expected data.kind to be one of ${onThePlane.join(', ')}, and cross-entropy`,
  );
}

/**
 * Refuses all but networks of one hidden layer with biases that tell two classes of plane points apart.
 * @param activation of the hidden units.
 * @throws ExperimentError
 */
export function checkPlaneNetwork(condition: Planned, activation: Experiment['activation']): void {
  checkPlaneClasses(condition);
  const { key, experiment } = condition;
  const { hiddenSizes, bias, residual } = experiment;
  if (hiddenSizes.length === 1 && bias && !residual && experiment.activation === activation) return;
  throw new ExperimentError(
    `condition "${key}" cannot be evaluated in a picture: expected one hidden layer of "${activation}" units with biases`,
  );
}
