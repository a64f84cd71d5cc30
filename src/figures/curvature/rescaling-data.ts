// A rescaled network beside itself: by what factor each measure changed, and which did not.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { RescalingResult } from '../../landscape/analyses/rescaling/rescaling-result.ts';
import { oneOf, pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

type Measure = keyof RescalingResult['change'];

export interface MeasureChange {
  readonly key: Measure;
  readonly name: string;
  readonly short: string;
  /** By network: after over before, or before over after where that is larger. */
  readonly factors: readonly number[];
  /** Geometric mean of these, with the interval of the mean. */
  readonly mean: number;
  readonly interval: readonly [number, number];
}

export interface Rescaling {
  readonly result: RescalingResult;
  /** Each hidden unit was scaled by a factor between one over this and this. */
  readonly largest: number;
  readonly changes: readonly MeasureChange[];
  /** Largest change of an output over their mean size. */
  readonly outputs: number;
  /** Largest distance between canonical forms, over the length of the weights. */
  readonly canonical: number;
}

const names: readonly { readonly key: Measure; readonly name: string; readonly short: string }[] = [
  { key: 'largestEigenvalue', name: 'largest eigenvalue', short: 'largest eigenvalue' },
  { key: 'epsilonSharpness', name: 'epsilon-sharpness', short: 'epsilon-sharpness' },
  {
    key: 'filterNormalised',
    name: 'filter-normalised curvature',
    short: 'filter-normalised',
  },
  { key: 'weightNorm', name: 'length of the weights', short: 'length of weights' },
  { key: 'adaptive', name: 'adaptive sharpness', short: 'adaptive sharpness' },
];

export const rescalingState = {
  show: oneOf(['before', 'after', 'both'], 'both'),
  scale: oneOf(['log', 'linear'], 'linear'),
  /** The network whose lines are drawn; null for the first. */
  selected: pickedNetwork(),
  /** Gives what the measures say, too. */
  measures: truth(true),
};
export type RescalingState = StateOf<typeof rescalingState>;

const absence = 'This study rescaled no network.';

export function rescalingOf(data: StudyDisplay): Rescaling | string {
  const found = resultOfKind(data, 'rescaling');
  const spec = found && data.study.analyses[found.name];
  if (!found || spec?.kind !== 'rescaling') return absence;
  const { result } = found;
  return {
    result,
    largest: spec.factor,
    changes: names.map(({ key, name, short }) => {
      const [before, after] = [result.before[key].values, result.after[key].values];
      const { value, interval } = result.change[key];
      return {
        key,
        name,
        short,
        factors: Array.from(before, (one, m) => Math.exp(Math.abs(Math.log(after[m]! / one)))),
        mean: Math.exp(value),
        interval: [Math.exp(interval[0]), Math.exp(interval[1])],
      };
    }),
    outputs: result.outputChange / result.outputSize,
    canonical: Math.max(...result.canonicalDistance.values),
  };
}

/** Row of the network whose lines are drawn. */
export const shownRow = ({ result }: Rescaling, selected: number | null): number =>
  Math.max(0, result.networks.indexOf(selected ?? -1));
