// Where every network's outcome stands: the axis, and piles of dots that are as large as their tallest pile allows.
import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3';
import type { RunDisplay } from '../../artifact/display.ts';
import type { Summary } from '../../landscape/statistics.ts';
import type { Box } from '../kit/axes.ts';
import { dodge } from '../kit/dodge.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import {
  countNetworks,
  finalValues,
  quantities,
  type Quantity,
  type QuantityFacts,
} from '../kit/quantities.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import { number, oneOf, orNull, pickedNetwork, type StateOf } from '../kit/state-fields.ts';

export const outcomeDistributionState = {
  quantity: oneOf(['trainLoss', 'testLoss', 'trainAccuracy', 'testAccuracy'], 'trainLoss'),
  /** 'auto' draws a loss on a logarithmic axis where it spans much. */
  scale: oneOf(['auto', 'log', 'linear'], 'auto'),
  selected: pickedNetwork(),
  /** A value, drawn across the dots. */
  guess: orNull(number(0)),
};
export type OutcomeDistributionState = StateOf<typeof outcomeDistributionState>;

export interface OutcomeDistributionView {
  readonly run: RunDisplay;
  readonly quantity: Quantity;
  readonly facts: QuantityFacts;
  readonly summary: Summary;
  /** Of every network; not finite where it diverged. */
  readonly values: readonly number[];
}

export function viewOfOutcomes(
  run: RunDisplay,
  { quantity }: { readonly quantity: Quantity },
): OutcomeDistributionView | string {
  const facts = quantities[quantity];
  const series = facts.series(run.curves);
  const summary = facts.summary(run.statistics);
  const values = series === null ? [] : Array.from(finalValues(series, countNetworks(run.curves)));
  if (summary === null || !values.some(Number.isFinite))
    return `This run has no ${facts.name.toLowerCase()} to draw.`;
  return { run, quantity, facts, summary, values };
}

export interface OutcomeDistributionScene extends OutcomeDistributionView, Scale {
  readonly width: number;
  readonly box: Box;
  readonly x: ScaleLinear<number, number> | ScaleLogarithmic<number, number>;
  readonly radius: number;
  /** Of every network. */
  readonly places: ReadonlyMap<number, Point>;
  readonly hasDiverged: boolean;
  /** Room for the summary over the dots. */
  readonly summaryHeight: number;
  readonly selected: number | null;
  readonly guess: number | null;
  /** What every layer depends on. */
  readonly ground: readonly unknown[];
}

const largestRadius = 8;

/** A loss that spans more than this factor is drawn on a logarithmic axis, which says so. */
const logarithmicFrom = 8;

interface Scale {
  readonly domain: [number, number];
  readonly logarithmic: boolean;
  /** Exact zeros on a logarithmic axis: they rest on its left end, which the axis then says. */
  readonly hasZeros: boolean;
}

/** A guess far off stands at the edge, with an arrow: it must not squeeze the answer. */
function withinReach(guess: number, values: readonly number[]): number {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const reach = 1.5 * (high - low);
  return Math.min(high + reach, Math.max(low - reach, guess));
}

function scaleOf(
  values: readonly number[],
  isShare: boolean,
  wanted: OutcomeDistributionState['scale'],
): Scale {
  const low = Math.min(...values);
  const high = Math.max(...values);
  const positive = values.filter((value) => value > 0);
  const lowest = Math.min(...positive);
  const canBeLogarithmic = !isShare && low >= 0 && positive.length > 0;
  const spansMuch = high / lowest > logarithmicFrom;
  const logarithmic = canBeLogarithmic && (wanted === 'log' || (wanted === 'auto' && spansMuch));
  if (logarithmic)
    return { domain: [lowest / 1.15, high * 1.15], logarithmic, hasZeros: low === 0 };
  const room = (high - low) * 0.06 || Math.abs(high) * 0.05 || 0.5;
  return {
    domain: [
      isShare ? low - room : Math.max(0, low - room),
      isShare ? Math.min(1, high + room) : high + room,
    ],
    logarithmic,
    hasZeros: false,
  };
}

export function placeOutcomes(
  view: OutcomeDistributionView,
  { state, width, height }: Stage<RunDisplay, OutcomeDistributionState>,
): OutcomeDistributionScene {
  const { run, facts, values } = view;
  const finite = values.filter(Number.isFinite);
  const hasDiverged = finite.length < values.length;
  const { guess, selected } = state;
  // A guess has its words in a line of its own, between summary and dots.
  const summaryHeight = 84 + (guess === null ? 0 : 16);
  const keyHeight = width < 460 ? 44 : 26;
  const box: Box = {
    left: 14,
    right: width - 18 - (hasDiverged ? 74 : 0),
    top: summaryHeight + 8,
    bottom: height - 46 - keyHeight,
  };
  const scale = scaleOf(
    guess === null ? finite : [...finite, withinReach(guess, finite)],
    facts.isShare,
    state.scale,
  );
  const range = [box.left + 8, box.right - 8];
  const x = (scale.logarithmic ? scaleLog : scaleLinear)(scale.domain, range).clamp(true);
  return {
    ...view,
    ...scale,
    width,
    box,
    x,
    ...pilesOf(values, x, box),
    hasDiverged,
    summaryHeight,
    selected: selected !== null && selected < values.length ? selected : null,
    guess,
    ground: [run, state.quantity, state.scale, guess],
  };
}

/** The largest dots whose tallest pile still fits, and where each stands; those that diverged beside the axis. */
function pilesOf(
  values: readonly number[],
  x: (value: number) => number,
  box: Box,
): { readonly radius: number; readonly places: ReadonlyMap<number, Point> } {
  const finite = values.filter(Number.isFinite);
  let radius = largestRadius;
  let heights: number[] = [];
  for (; radius >= 1; radius -= 0.5) {
    heights = dodge(
      finite.map((value) => x(value)),
      2 * radius + 1,
    );
    if (Math.max(...heights) + 2 * radius + 4 <= box.bottom - box.top) break;
  }
  const places = new Map<number, Point>();
  let rank = 0;
  for (const [n, value] of values.entries()) {
    if (!Number.isFinite(value)) continue;
    places.set(n, [x(value), box.bottom - 5 - radius - heights[rank]!]);
    rank += 1;
  }
  const gone = values.flatMap((value, n) => (Number.isFinite(value) ? [] : [n]));
  for (const [index, n] of gone.entries())
    places.set(n, [box.right + 30 + (index % 4) * 13, box.bottom - 9 - Math.floor(index / 4) * 13]);
  return { radius, places };
}

export const pickOutcome = ({
  run,
  facts,
  values,
  places,
  selected,
}: OutcomeDistributionScene): Picking => ({
  count: values.length,
  columns: 1,
  selected,
  nearest: (px, py) => nearestNetwork(places, [px, py], 24),
  say: (n) =>
    `network ${n}: ${facts.name.toLowerCase()} ${facts.format(values[n] ?? NaN)}, ${run.statistics.outcomeOf[n] ?? ''}`,
});
