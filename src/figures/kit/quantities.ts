// What is measured along a run: its name, its unit, where it is kept and how it is written.
import type { ConvergenceStatistics, Curves, RunDisplay } from '../../artifact/display.ts';
import type { Summary } from '../../landscape/statistics.ts';
import type { FigureControl } from './figure.ts';
import { formatNumber, formatPercent } from './format.ts';
import { oneOf, type StateField } from './state-fields.ts';

export type Quantity = 'trainLoss' | 'testLoss' | 'trainAccuracy' | 'testAccuracy' | 'gradientNorm';

export interface QuantityFacts {
  readonly name: string;
  readonly isShare: boolean;
  series(curves: Curves): Float32Array | null;
  summary(statistics: ConvergenceStatistics): Summary | null;
  format(value: number): string;
}

export const quantities: Readonly<Record<Quantity, QuantityFacts>> = {
  trainLoss: {
    name: 'Training loss',
    isShare: false,
    series: (curves) => curves.trainLoss,
    summary: (statistics) => statistics.trainLoss,
    format: formatNumber,
  },
  testLoss: {
    name: 'Test loss',
    isShare: false,
    series: (curves) => curves.testLoss,
    summary: (statistics) => statistics.testLoss,
    format: formatNumber,
  },
  trainAccuracy: {
    name: 'Training accuracy',
    isShare: true,
    series: (curves) => curves.trainAccuracy,
    summary: (statistics) => statistics.trainAccuracy,
    format: formatPercent,
  },
  testAccuracy: {
    name: 'Test accuracy',
    isShare: true,
    series: (curves) => curves.testAccuracy,
    summary: (statistics) => statistics.testAccuracy,
    format: formatPercent,
  },
  gradientNorm: {
    name: 'Gradient norm',
    isShare: false,
    series: (curves) => curves.gradientNorm,
    summary: () => null,
    format: formatNumber,
  },
};

/** The field of a state that chooses one of them. */
export const quantityField = (initial: Quantity): StateField<Quantity> =>
  oneOf(Object.keys(quantities) as Quantity[], initial);

/** The unit that belongs behind a quantity's name. */
export function unitOf(quantity: Quantity, run: RunDisplay): string {
  if (quantities[quantity].isShare) return 'share of points';
  if (quantity === 'gradientNorm') return 'Euclidean, all weights';
  return run.experiment.loss === 'cross-entropy' ? 'cross-entropy, nats' : 'mean squared error';
}

/** `[T][n]` out of a time-major array. */
export const valueAt = (
  series: Float32Array,
  networks: number,
  record: number,
  n: number,
): number => series[record * networks + n] ?? NaN;

/** The last record of every network; NaN where it diverged. */
export function finalValues(series: Float32Array, networks: number): Float32Array {
  return series.slice(series.length - networks);
}

export const countNetworks = (curves: Curves): number =>
  curves.epochs.length === 0 ? 0 : curves.trainLoss.length / curves.epochs.length;

/** What a reader may choose between: the quantities that a run has. */
export const quantityOptions = (
  curves: Curves,
  without: readonly Quantity[] = [],
): { value: Quantity; text: string }[] =>
  (Object.keys(quantities) as Quantity[])
    .filter((name) => !without.includes(name) && quantities[name].series(curves) !== null)
    .map((value) => ({ value, text: quantities[value].name.toLowerCase() }));

/** A slider over the networks, from none. */
export const networkControl = (networks: number): FigureControl => ({
  key: 'selected',
  name: 'Network',
  kind: 'range',
  options: [
    { value: null, text: 'none' },
    ...Array.from({ length: networks }, (_, n) => ({ value: n, text: String(n) })),
  ],
});
