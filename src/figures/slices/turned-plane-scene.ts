// Where the map of a turned plane stands, with the dial that turns it and the numbers beside.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import { contourScale, type ContourScale } from '../kit/level-scale.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import type { TurnedPlanesResult } from '../../landscape/analyses/turned-planes/turned-planes-result.ts';
import type { TurnedGround } from './turned-plane-ground.ts';
import type { TurnedPlaneState, TurnedPlaneView } from './turned-plane-data.ts';

export type TurnedPlaneScene = ReturnType<typeof placeTurnedPlane>;

/** A half circle over which the hand goes from left to right. */
export interface Dial {
  readonly centre: Point;
  readonly radius: number;
}

const isBeside = (width: number): boolean => width >= 600;
const sideOf = (width: number): number =>
  Math.round(isBeside(width) ? Math.min(470, 0.58 * width) : Math.min(width, 360));

/** Below the map: the colour bar and the scale of distances. */
const legendHeight = 72;

export const turnedPlaneHeight = (width: number): number =>
  sideOf(width) + legendHeight + (isBeside(width) ? 0 : 96);

export function turnedPlaneBoxes(width: number): {
  readonly map: Box;
  /** Null on a phone, which has no room for it: there the map itself is dragged. */
  readonly dial: Dial | null;
  readonly panel: { readonly x: number; readonly y: number; readonly width: number };
} {
  const side = sideOf(width);
  const left = isBeside(width) ? 0 : (width - side) / 2;
  const map = { left, right: left + side, top: 0, bottom: side };
  if (!isBeside(width)) {
    const panel = { x: 0, y: side + legendHeight + 20, width };
    return { map, dial: null, panel };
  }
  const panel = { x: side + 30, width: width - side - 34 };
  const radius = Math.min(96, panel.width / 2 - 34);
  const centre: Point = [panel.x + panel.width / 2, 44 + radius];
  return { map, dial: { centre, radius }, panel: { ...panel, y: centre[1] + 52 } };
}

/** One scale over all planes: equal colours are equal losses all the way. */
const scales = new WeakMap<TurnedPlanesResult, ContourScale>();
function scaleOf(result: TurnedPlanesResult): ContourScale {
  const known = scales.get(result) ?? contourScale(result.losses.values, { logarithmic: true });
  scales.set(result, known);
  return known;
}

/** The ground of a plane in a picture of this width. */
export function groundOf({ result, turn, losses }: TurnedPlaneView, width: number) {
  const { map } = turnedPlaneBoxes(width);
  const axis = result.axis.values;
  const ends = [axis[0]!, axis[axis.length - 1]!];
  return {
    turn,
    box: map,
    axis,
    losses,
    scale: scaleOf(result),
    x: scaleLinear(ends, [map.left, map.right]),
    y: scaleLinear(ends, [map.bottom, map.top]),
  } satisfies TurnedGround;
}

export function placeTurnedPlane(
  view: TurnedPlaneView,
  { width, environment }: Stage<StudyDisplay, TurnedPlaneState>,
) {
  const { map, dial, panel } = turnedPlaneBoxes(width);
  const ground = groundOf(view, width);
  const { axis, scale, x, y } = ground;
  return {
    ...view,
    width,
    map,
    dial,
    panel,
    axis,
    x,
    y,
    at: ([a, b]: Point): Point => [x(a), y(b)],
    scale,
    ground,
    isLive: environment.interactive,
    plane: [view.result, view.turn] as const,
  };
}

/** Where the hand points at a plane, as an angle from the right, counter-clockwise, in radians. */
export const handAngle = (turn: number, planes: number): number =>
  Math.PI * (1 - turn / (planes - 1));

export const onDial = ({ centre, radius }: Dial, angle: number, share = 1): Point => [
  centre[0] + share * radius * Math.cos(angle),
  centre[1] - share * radius * Math.sin(angle),
];

/** The plane that the hand is pulled to by a point of the drawing. */
export function turnUnder({ centre }: Dial, [px, py]: Point, planes: number): number {
  const angle = Math.atan2(Math.max(0, centre[1] - py), px - centre[0]);
  return Math.round((1 - angle / Math.PI) * (planes - 1));
}
