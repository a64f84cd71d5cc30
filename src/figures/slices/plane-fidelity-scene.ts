// Where each network stands in the comparison of true losses with the plane's, and how far off the plane it is.
import { scaleLinear, scaleLog, type ScaleLinear, type ScaleLogarithmic } from 'd3';
import type { Landscape, RunDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { formatNumber } from '../kit/format.ts';
import { nearestNetwork } from '../kit/nearest-network.ts';
import type { Point } from '../kit/path.ts';
import type { Picking, Stage } from '../kit/stage.ts';
import { moment, oneOf, orNull, pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';
import { marksOfRun } from './run-landscape.ts';

export const planeFidelityState = {
  /** Shows the networks at this snapshot; null for the end. */
  until: moment(),
  selected: pickedNetwork(),
  /** Where the reader expects most networks to stand after training. */
  guess: orNull(oneOf(['high', 'right', 'low'], 'right')),
  /** Whether what training made of the networks is shown. */
  revealed: truth(true),
};
export type PlaneFidelityState = StateOf<typeof planeFidelityState>;

export interface PlaneFidelityView {
  readonly run: RunDisplay;
  readonly landscape: Landscape;
}

export interface PlaneFidelityScene extends PlaneFidelityView {
  readonly width: number;
  readonly box: Box;
  readonly domain: readonly [number, number];
  readonly x: ScaleLogarithmic<number, number>;
  readonly y: ScaleLogarithmic<number, number>;
  /** Of the distances off the plane, in the map's unit. */
  readonly strip: Box;
  readonly distance: ScaleLinear<number, number>;
  /** How wide the map is, in that unit. */
  readonly extent: number;
  readonly networks: number;
  readonly until: number;
  readonly last: number;
  readonly selected: number | null;
  readonly revealed: boolean;
  readonly guess: PlaneFidelityState['guess'];
}

/** An exact zero has no place on a logarithmic axis: losses are drawn no lower than this share of the largest. */
const deepestShare = 1e-8;

const distanceHeight = 96;

function lossDomain(landscape: Landscape): [number, number] {
  let low = Infinity;
  let high = 0;
  for (const values of [landscape.trueLoss, landscape.planeLoss])
    for (const value of values) {
      if (!Number.isFinite(value) || value <= 0) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  if (high === 0) return [0.1, 1];
  return [Math.max(low, high * deepestShare) / 1.4, high * 1.4];
}

export function placeFidelity(
  view: PlaneFidelityView,
  { state, width, height }: Stage<RunDisplay, PlaneFidelityState>,
): PlaneFidelityScene {
  const { landscape } = view;
  const { snapshots, networks } = marksOfRun(landscape);
  const last = snapshots - 1;
  const box: Box = {
    left: 50,
    right: width - 14,
    top: 32,
    bottom: height - 46 - 44 - distanceHeight,
  };
  const domain = lossDomain(landscape);
  // Distances share the map's unit; the extent of the plane is drawn to the same scale for comparison.
  const extent = landscape.xs.at(-1)! - landscape.xs[0]!;
  const farthest = landscape.offPlane.reduce(
    (a, b) => (Number.isFinite(b) ? Math.max(a, b) : a),
    0,
  );
  const stripTop = height - distanceHeight - 2;
  const strip: Box = { left: 14, right: width - 14, top: stripTop + 4, bottom: stripTop + 48 };
  return {
    ...view,
    width,
    box,
    domain,
    x: scaleLog(domain, [box.left, box.right]),
    y: scaleLog(domain, [box.bottom, box.top]),
    strip,
    distance: scaleLinear([0, Math.max(extent, farthest)], [strip.left, strip.right]),
    extent,
    networks,
    until: state.revealed ? Math.min(state.until ?? last, last) : 0,
    last,
    selected: state.selected !== null && state.selected < networks ? state.selected : null,
    revealed: state.revealed,
    guess: state.guess,
  };
}

/** A network at a snapshot: its true loss across, and up the loss that the plane shows under it. */
export function placeAt(
  { landscape, networks, domain, x, y }: PlaneFidelityScene,
  s: number,
  n: number,
): Point {
  const index = s * networks + n;
  const at = (value: number): number => Math.max(value, domain[0]);
  return [x(at(landscape.trueLoss[index]!)), y(at(landscape.planeLoss[index]!))];
}

/** Between two snapshots while training plays. */
export function placeNow(scene: PlaneFidelityScene, n: number): Point {
  const { until, last } = scene;
  const whole = Math.floor(until);
  const [a, b] = [placeAt(scene, whole, n), placeAt(scene, Math.min(last, whole + 1), n)];
  return [a[0] + (until - whole) * (b[0] - a[0]), a[1] + (until - whole) * (b[1] - a[1])];
}

/** How far a network is off the plane now. */
export function distanceNow(
  { landscape, networks, until, last }: PlaneFidelityScene,
  n: number,
): number {
  const at = (s: number): number => landscape.offPlane[Math.min(last, s) * networks + n]!;
  const whole = Math.floor(until);
  return at(whole) + (until - whole) * (at(whole + 1) - at(whole));
}

export function pickFidelity(scene: PlaneFidelityScene): Picking {
  const { landscape, networks, selected, until, strip, distance } = scene;
  function* marks(): Generator<[number, Point]> {
    for (let n = 0; n < networks; n++) {
      yield [n, placeAt(scene, 0, n)];
      yield [n, placeNow(scene, n)];
      yield [n, [distance(distanceNow(scene, n)), strip.top + 32]];
    }
  }
  return {
    count: networks,
    columns: 1,
    selected,
    nearest: (px, py) => nearestNetwork(marks(), [px, py], 24),
    say: (n) => {
      const i = Math.floor(until) * networks + n;
      return (
        `network ${n}: true loss ${formatNumber(landscape.trueLoss[i]!)}, ` +
        `loss on the plane ${formatNumber(landscape.planeLoss[i]!)}, ` +
        `${formatNumber(distanceNow(scene, n))} off the plane`
      );
    },
  };
}
