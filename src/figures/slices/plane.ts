// A plane through weight space with the networks on it, whatever it comes from, and where it lies in a picture.
import { scaleLinear, type ScaleLinear } from 'd3';
import type { Box } from '../kit/axes.ts';
import type { Point } from '../kit/path.ts';

/** One network's marks on a slice. */
export interface Track {
  readonly network: number;
  /** Rows of the slice's marks, in the order of their steps. */
  readonly rows: readonly number[];
  readonly colour: string;
  /** `network 17`, or the condition's short name where each network is of another condition. */
  readonly title: string;
}

export interface Plane {
  /** Ascending grid coordinates. */
  readonly xs: ArrayLike<number>;
  readonly ys: ArrayLike<number>;
  /** Of the marks, `[K, 2]`. */
  readonly coordinates: ArrayLike<number>;
  readonly tracks: readonly Track[];
  /** Whether marks may be drawn beyond the grid; else those are left out. */
  readonly isOpen: boolean;
}

export interface PlanePlace {
  readonly box: Box;
  readonly x: ScaleLinear<number, number>;
  readonly y: ScaleLinear<number, number>;
  /** Pixels per unit across: the scale of distances on the map. */
  readonly unit: number;
  /** How many times the shorter side is stretched; 1 where a distance is a distance in every direction. */
  readonly stretch: number;
}

/** A plane narrower than this share of its length would be a ribbon: it is widened to it, and the map says so. */
const narrowest = 0.55;

type Grid = Pick<Plane, 'xs' | 'ys'>;

const extentOf = (values: ArrayLike<number>): number => values[values.length - 1]! - values[0]!;

const trueShare = ({ xs, ys }: Grid): number => extentOf(ys) / extentOf(xs);

/** Height over width of a plane's map. */
export const planeShare = (grid: Grid): number =>
  Math.min(Math.max(trueShare(grid), narrowest), 1 / narrowest);

export interface PlacingOptions {
  readonly isCentred?: boolean;
  /** Height over width of the map; without it, both axes have one scale. */
  readonly share?: number;
}

/** Fits a plane into a box. */
export function placePlane(
  { xs, ys }: Grid,
  within: Box,
  { isCentred = false, share }: PlacingOptions = {},
): PlanePlace {
  const [across, up] = [extentOf(xs), extentOf(ys)];
  const [most, highest] = [within.right - within.left, within.bottom - within.top];
  const equal = Math.min(most / across, highest / up);
  const width = share === undefined ? equal * across : Math.min(most, highest / share);
  const height = share === undefined ? equal * up : width * share;
  const left = within.left + (most - width) / 2;
  const top = isCentred ? within.top + (highest - height) / 2 : within.top;
  const box = { left, right: left + width, top, bottom: top + height };
  const [unit, unitUp] = [width / across, height / up];
  return {
    box,
    x: scaleLinear([xs[0]!, xs[xs.length - 1]!], [box.left, box.right]),
    y: scaleLinear([ys[0]!, ys[ys.length - 1]!], [box.bottom, box.top]),
    unit,
    stretch: Math.max(unitUp / unit, unit / unitUp),
  };
}

/** Where a mark's shadow falls, in pixels; not finite where it falls outside of a map that is not open. */
export function shadowOf(plane: Plane, place: PlanePlace, row: number): Point {
  const { coordinates } = plane;
  const [x, y] = [place.x(coordinates[2 * row]!), place.y(coordinates[2 * row + 1]!)];
  const { left, right, top, bottom } = place.box;
  const isOn = x >= left - 0.5 && x <= right + 0.5 && y >= top - 0.5 && y <= bottom + 0.5;
  return isOn || plane.isOpen ? [x, y] : [NaN, NaN];
}

/** The shadow of a network's path up to a moment, between two snapshots too; without what does not fall on the map. */
export function shadowPath(
  plane: Plane,
  place: PlanePlace,
  { rows }: Track,
  until: number | null,
): Point[] {
  const last = Math.min(rows.length - 1, until ?? rows.length - 1);
  const points = rows.slice(0, Math.floor(last) + 1).map((row) => shadowOf(plane, place, row));
  const rest = last - Math.floor(last);
  const next = rows[Math.floor(last) + 1];
  if (rest > 0 && next !== undefined) {
    const [from, to] = [points.at(-1)!, shadowOf(plane, place, next)];
    points.push([from[0] + rest * (to[0] - from[0]), from[1] + rest * (to[1] - from[1])]);
  }
  return points.filter((point) => point.every(Number.isFinite));
}
