// A ReLU network with one layer scaled up and the next down, and the Hessian's largest eigenvalues there.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { LayerScaleResult } from '../../landscape/analyses/layer-scale/layer-scale-result.ts';
import type { Extent } from '../boundaries/answer-sheet.ts';
import {
  differenceOf,
  rescaledBy,
  unpackOneLayer,
  type LabelledPoints,
  type OneLayerNetwork,
} from '../boundaries/one-layer-network.ts';
import { formatNumber } from '../kit/format.ts';
import { number, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import type { Plane } from './layer-gauge-map.ts';

export const layerGaugeState = {
  /** All into the hidden units times this, all out of them over this. */
  factor: number(1, { from: 0 }),
  /** The network shown; null for the first. */
  selected: pickedNetwork(),
};
export type LayerGaugeState = StateOf<typeof layerGaugeState>;

export interface LayerGaugeView {
  readonly result: LayerScaleResult;
  readonly points: LabelledPoints;
  readonly extent: Extent;
  readonly network: number;
  /** As trained. */
  readonly own: OneLayerNetwork;
  readonly plane: Plane;
  /** Within those of the analysis. */
  readonly factor: number;
  /** Largest first; between two factors of the analysis, on the line between their logarithms. */
  readonly eigenvalues: readonly number[];
  readonly asTrained: readonly number[];
  /** Of all factors, for the axis. */
  readonly eigenvalueRange: readonly [number, number];
  /** Largest change of an output, and how many answers changed. */
  readonly change: { readonly answers: number; readonly largest: number };
}

export function viewOfGauge(data: StudyDisplay, state: LayerGaugeState): LayerGaugeView | string {
  const found = resultOfKind(data, 'layer-scale');
  if (!found) return 'No layer of this study was rescaled.';
  const { result } = found;
  const m = Math.max(0, result.networks.indexOf(state.selected ?? -1));
  const P = result.weights.shape[1]!;
  const row = (values: Float32Array, index: number) =>
    unpackOneLayer(values.subarray(index * P, (index + 1) * P), 'relu');
  const own = row(result.weights.values, m);
  const [x0, x1, y0, y1] = result.extent as [number, number, number, number];
  const points = { inputs: result.inputs.values, labels: result.labels.values };
  const factors = result.factors.values;
  const factor = Math.min(factors[factors.length - 1]!, Math.max(factors[0]!, state.factor));
  const positive = [...result.eigenvalues.values].filter((value) => value > 0);
  return {
    result,
    points,
    extent: [x0, x1, y0, y1],
    network: result.networks[m]!,
    own,
    plane: {
      into: row(result.directions.values, 2 * m),
      out: row(result.directions.values, 2 * m + 1),
    },
    factor,
    eigenvalues: eigenvaluesAt(result, m, factor),
    asTrained: eigenvaluesAt(result, m, 1),
    eigenvalueRange: [Math.min(...positive), Math.max(...positive)],
    change: differenceOf(own, rescaledBy(own, factor), points),
  };
}

function eigenvaluesAt(
  { factors, eigenvalues }: LayerScaleResult,
  m: number,
  factor: number,
): number[] {
  const [, A, K] = eigenvalues.shape as [number, number, number];
  const at =
    (Math.log(factor / factors.values[0]!) /
      Math.log(factors.values[A - 1]! / factors.values[0]!)) *
    (A - 1);
  // Factors are kept in single precision: a stop is one, whatever its last digit.
  const exact = Math.abs(at - Math.round(at)) < 1e-4 ? Math.round(at) : at;
  const before = Math.min(A - 2, Math.max(0, Math.floor(exact)));
  const share = exact - before;
  const value = (a: number, k: number): number => eigenvalues.values[(m * A + a) * K + k]!;
  return Array.from({ length: K }, (_, k) => {
    const [low, high] = [value(before, k), value(before + 1, k)];
    if (share === 0 || share === 1 || low <= 0 || high <= 0) return share < 0.5 ? low : high;
    return Math.exp((1 - share) * Math.log(low) + share * Math.log(high));
  });
}

/** A factor as a reader calls it: `3`, or `1/3`. */
export const factorText = (factor: number): string =>
  factor >= 1 ? formatNumber(factor) : `1/${formatNumber(1 / factor)}`;
