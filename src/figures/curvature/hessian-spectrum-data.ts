// Eigenvalues of Hessians as a picture wants them: one network's whole spectrum, and the outermost of many.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { ConditionCurvature } from '../../landscape/analyses/curvature/curvature-result.ts';
import { oneOf, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const hessianSpectrumState = {
  /** All eigenvalues, or those around 0 alone. */
  zoom: oneOf(['all', 'middle'], 'all'),
  selected: pickedNetwork(),
};
export type HessianSpectrumState = StateOf<typeof hessianSpectrumState>;

export interface HessianSpectrum {
  readonly curvature: ConditionCurvature;
  /** Number of the network whose whole spectrum it is, and its place among those measured. */
  readonly network: number;
  readonly place: number;
  readonly eigenvalues: ArrayLike<number>;
  readonly density: ArrayLike<number>;
  readonly sigma: number;
  /** Every eigenvalue, largest first; null where the network is too large. */
  readonly all: ArrayLike<number> | null;
  /** How many weights, hence eigenvalues, there are; null where that is not known. */
  readonly count: number | null;
}

/** Of the first condition with a spectrum. */
export function hessianSpectrumOf(data: StudyDisplay): HessianSpectrum | string {
  const conditions = resultOfKind(data, 'curvature')?.result.conditions ?? {};
  const curvature = Object.values(conditions).find(({ spectrum }) => spectrum !== null);
  if (!curvature?.spectrum) return 'This study computed no spectrum of a Hessian.';
  const { network, eigenvalues, density, sigma, all } = curvature.spectrum;
  return {
    curvature,
    network,
    place: curvature.networks.indexOf(network),
    eigenvalues: eigenvalues.values,
    density: density.values,
    sigma,
    all: all?.values ?? null,
    count: all?.values.length ?? curvature.vector?.shape[1] ?? null,
  };
}

/** The outermost eigenvalues of the network at a place: the largest first, then the smallest, from outside in. */
export function outermost({ top, bottom }: ConditionCurvature, place: number) {
  const row = ({ values, shape }: typeof top): number[] => {
    const each = shape[1] ?? 1;
    return Array.from(values.subarray(place * each, (place + 1) * each));
  };
  return { top: row(top), bottom: bottom === null ? [] : row(bottom) };
}

export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** Counts in bins of one width, laid so that 0 lies between two of them. */
export function binsOf(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  bins: number,
): Bin[] {
  const width = (high - low) / bins;
  const first = Math.floor(low / width);
  const counts = Array.from({ length: Math.ceil(high / width) - first }, (_, index): Bin => {
    const from = (first + index) * width;
    return { from, to: from + width, count: 0 };
  });
  const tally = counts.map(() => 0);
  for (let i = 0; i < values.length; i++) {
    const bin = Math.floor(values[i]! / width) - first;
    if (bin >= 0 && bin < tally.length) tally[bin]! += 1;
  }
  return counts.map((bin, index) => ({ ...bin, count: tally[index]! }));
}

/** The height of one eigenvalue alone, of so many, smoothed by sigma. */
export const heightOfOne = (count: number, sigma: number): number =>
  1 / (count * sigma * Math.sqrt(2 * Math.PI));
