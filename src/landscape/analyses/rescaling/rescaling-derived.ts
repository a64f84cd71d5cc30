// What follows from measures before and after rescaling.
import { meanOf } from '../../bootstrap.ts';
import { firstNetworks, type TrainedCondition } from '../analysis.ts';
import { About, shaped, type Derived, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { forComputing, numericArray, type NumericArray } from '../numeric-array.ts';
import { weightNorms } from '../weight-norms.ts';
import { rescaledNetworks } from './rescaled-networks.ts';
import {
  byMeasure,
  type Measure,
  type RescalingResult,
  type RescalingSpec,
} from './rescaling-result.ts';

/** Of a logarithm of a ratio, where single precision keeps both numbers and the logarithm. */
const roundingOfRatio = 3e-6;
/** Of a distance, over the length of the weights, between what would be equal but for rounding. */
const roundingOfDistance = 1e-6;

export function rescalingAgain(
  condition: TrainedCondition,
  spec: RescalingSpec,
  tensors: TensorsOf<RescalingResult>,
): Derived<RescalingResult> {
  const { networks, M, weights, P } = firstNetworks(condition, spec.networks);
  const { seed } = condition.experiment;
  const moved = rescaledNetworks(condition, weights, M, spec);
  const column = (tensor: NumericArray) => shaped(tensor, [M]);
  const norms = (at: Float32Array) => numericArray([M], weightNorms(at, M));
  const measured = (own: TensorsOf<RescalingResult['before']>, at: Float32Array) =>
    byMeasure((name) => (name === 'weightNorm' ? norms(at) : column(own[name])));
  const before = measured(tensors.before, weights);
  const after = measured(tensors.after, moved.rescaled);
  const numbers = (own: typeof before) => byMeasure((name) => own[name].values);
  const again = changesOf(numbers(before), numbers(after));
  const changes = byMeasure((name) => column(tensors.changes[name]));
  const outputChanges = column(tensors.outputChanges);
  const outputSizes = column(tensors.outputSizes);
  const lines = [M, spec.points];
  return {
    networks,
    outputChange: Math.max(...outputChanges.values),
    outputSize: meanOf(Float64Array.from(outputSizes.values)),
    outputChanges,
    outputSizes,
    before,
    after,
    change: byMeasure((name) => estimateOfMean(changes[name].values, seed)),
    changes: byMeasure((name) => new About(numericArray([M], again[name]), roundingOfRatio)),
    distance: numericArray([spec.points], distancesOf(spec)),
    lineBefore: shaped(tensors.lineBefore, lines),
    lineAfter: shaped(tensors.lineAfter, lines),
    canonicalDistance: new About(numericArray([M], moved.canonicalDistance), roundingOfDistance),
    rescaled: forComputing([M, P], moved.rescaled),
  };
}

/** |ln(after / before)| of each network. */
export const changesOf = (
  before: Readonly<Record<Measure, ArrayLike<number>>>,
  after: Readonly<Record<Measure, ArrayLike<number>>>,
): Record<Measure, number[]> =>
  byMeasure((name) =>
    Array.from(before[name], (value, m) => Math.abs(Math.log(after[name][m]! / value))),
  );

export const distancesOf = ({ points, radius }: RescalingSpec): Float32Array =>
  Float32Array.from({ length: points }, (_, t) => radius * ((2 * t) / (points - 1) - 1));
