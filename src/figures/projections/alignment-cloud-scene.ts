// Where the cloud of networks stands: one scale for both alignments, and the places on the way from one to the other.
import { scaleLinear } from 'd3';
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';
import type { Stage } from '../kit/stage.ts';
import type { AlignmentClouds, AlignmentCloudState } from './alignment-cloud-data.ts';

export type CloudScene = ReturnType<typeof placeCloud>;

const mix = (from: number, to: number, t: number): number => from + t * (to - from);

const isBeside = (width: number): boolean => width >= 540;
const sideOf = (width: number): number =>
  isBeside(width) ? Math.min(430, width * 0.62 - 50) : Math.min(400, width - 62);
export const cloudHeight = (width: number): number =>
  Math.round(sideOf(width) + 34 + 48 + (isBeside(width) ? 0 : 160));

/** What the farthest network or ring of both clouds needs: of two scales, the collapse would be drawn away. */
const reachOf = ({ clouds }: AlignmentClouds): number =>
  1.06 *
  Math.max(
    ...Object.values(clouds).flatMap(({ radius, points }) => [
      radius,
      ...points.flat().map(Math.abs),
    ]),
  );

export function placeCloud(
  view: AlignmentClouds,
  { data, state, width }: Stage<StudyDisplay, AlignmentCloudState>,
) {
  const { networks, clouds } = view;
  const { passing, aligned } = state;
  const to = clouds[aligned];
  const from = clouds[passing?.from ?? aligned];
  const t = passing?.t ?? 1;
  const side = sideOf(width);
  const box: Box = { left: 48, right: 48 + side, top: 30, bottom: 30 + side };
  const reach = reachOf(view);
  const x = scaleLinear([-reach, reach], [box.left, box.right]);
  const y = scaleLinear([-reach, reach], [box.bottom, box.top]);
  const beside = isBeside(width);
  return {
    ...view,
    data,
    state,
    side,
    box,
    x,
    y,
    /** The cloud shown and, for comparison, the other. */
    to,
    other: aligned === 'raw' ? ('aligned' as const) : ('raw' as const),
    radius: mix(from.radius, to.radius, t),
    places: to.points.map(([px, py], k): Point => {
      const [fx, fy] = from.points[k]!;
      return [x(mix(fx, px, t)), y(mix(fy, py, t))];
    }),
    pixels: (distance: number): number => x(distance) - x(0),
    /** Place of the picked network among those shown; -1 for none. */
    picked: state.selected === null ? -1 : networks.indexOf(state.selected),
    /** Where the words and bars stand: beside the cloud or below it. */
    panel: beside
      ? { x: box.right + 28, y: box.top + 6, width: width - box.right - 34, gap: 22 }
      : { x: 12, y: box.bottom + 58, width: width - 24, gap: 8 },
    /** What the moving layers depend on. */
    motion: [data, aligned, passing?.from, passing?.t] as const,
  };
}
