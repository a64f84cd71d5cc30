// One evaluated plane around a network, cut to a smaller radius and seen through a ruler: no point is added, none interpolated.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { SliceResult } from '../../landscape/analyses/slices/slices-result.ts';
import { formatNumber } from '../kit/format.ts';
import { contourScale, type ContourScale } from '../kit/level-scale.ts';
import { oneOf, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const radii = [1, 0.5, 0.25] as const;
export type Radius = (typeof radii)[number];
export const rulers = ['linear', 'log', 'clipped'] as const;
export type Ruler = (typeof rulers)[number];

export const radiusNames: Readonly<Record<Radius, string>> = { 1: '1', 0.5: '½', 0.25: '¼' };

export const radiusAndRulerState = {
  radius: oneOf(radii, 1),
  ruler: oneOf(rulers, 'linear'),
};
export type RadiusAndRulerState = StateOf<typeof radiusAndRulerState>;

export interface RandomPlane {
  readonly name: string;
  readonly slice: SliceResult;
  readonly size: number;
}

/** Where a clipped ruler ends: at this share of the way from the plane's lowest loss to its highest. */
const clippedShare = 0.05;

/** The first plane of random directions around a network, or null. */
function randomPlaneOf(data: StudyDisplay): RandomPlane | null {
  const found = resultOfKind(data, 'slices');
  for (const [name, slice] of Object.entries(found?.result.slices ?? {})) {
    const [xs, ys] = slice.axes;
    if (slice.directions !== 'random' || !xs || !ys || slice.axes.length !== 2) continue;
    if (xs.values.length === ys.values.length) return { name, slice, size: xs.values.length };
  }
  return null;
}

export interface RadiusView {
  readonly plane: RandomPlane;
  readonly provider: string;
}

export function viewOfRadius(data: StudyDisplay): RadiusView | string {
  const plane = randomPlaneOf(data);
  return plane
    ? { plane, provider: data.provider }
    : 'This study has no plane of random directions to draw.';
}

export interface Cut {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly values: readonly number[];
  readonly low: number;
  readonly high: number;
}

/** The grid points within a share of the plane's reach. */
export function cutTo({ slice, size }: RandomPlane, radius: number): Cut {
  const axis = (index: number): Float32Array => slice.axes[index]!.values;
  const within = (values: Float32Array): number[] => {
    const reach = Math.max(Math.abs(values[0]!), Math.abs(values[size - 1]!)) * radius;
    return [...values.keys()].filter((i) => Math.abs(values[i]!) <= reach * (1 + 1e-6));
  };
  const [columns, rows] = [within(axis(0)), within(axis(1))];
  const values = rows.flatMap((row) =>
    columns.map((column) => slice.loss.values[row * size + column]!),
  );
  const finite = values.filter(Number.isFinite);
  return {
    xs: columns.map((i) => axis(0)[i]!),
    ys: rows.map((i) => axis(1)[i]!),
    values,
    low: finite.reduce((a, b) => Math.min(a, b), Infinity),
    high: finite.reduce((a, b) => Math.max(a, b), -Infinity),
  };
}

/** One digit, rounded up. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return Number((Math.ceil(value / power - 1e-9) * power).toPrecision(1));
}

/** The loss at which the clipped ruler ends. */
export function clipOf(plane: RandomPlane): number {
  const { low, high } = cutTo(plane, 1);
  return roundUp(low + clippedShare * (high - low));
}

export const rulerName = (ruler: Ruler, plane: RandomPlane): string =>
  ruler === 'clipped' ? `clipped at ${formatNumber(clipOf(plane))}` : ruler;

/**
 * Colours of a cut. Linear and logarithmic rulers are fitted to what is shown, as plotting programs do unasked; the
 * clipped one is the same for every radius, and gives all ground above its end one colour.
 */
export function rulerOf(plane: RandomPlane, cut: Cut, ruler: Ruler, count = 20): ContourScale {
  if (ruler !== 'clipped') return contourScale(cut.values, { logarithmic: ruler === 'log', count });
  return contourScale([cutTo(plane, 1).low, clipOf(plane)], { logarithmic: false, count });
}
