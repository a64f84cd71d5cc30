// The fall in space: the ground as it was evaluated, each network's shadow on it, and how far below it the network really is.
import type { Landscape, RunDisplay } from '../../artifact/display.ts';
import { contourScale, contourValue, type ContourScale } from '../kit/level-scale.ts';
import { skyVisible } from '../kit/relief/occlusion.ts';
import type { FallMoment } from './fall-clock.ts';
import { marksOfRun } from '../slices/run-landscape.ts';

export type Vector = readonly [x: number, y: number, z: number];

/** A place on a path, and when the network was there: 0 at the start of training, 1 at its end. */
export interface PathPoint {
  readonly place: Vector;
  readonly when: number;
}

export interface FallNetwork {
  readonly network: number;
  /** Its shadow on the ground, from start to end. */
  readonly path: readonly PathPoint[];
  /** Training loss of the last weights, and of their shadow on the plane. */
  readonly ownLoss: number;
  readonly planeLoss: number;
  /** Distance of the last weights from the plane, in weight space. */
  readonly offPlane: number;
  /** World height of its own loss, under the end of its path. */
  readonly floor: number;
  /** Its turn in the drops, 0 to 1. */
  readonly rank: number;
}

/**
 * World X runs along the plane's first direction, world Z against its second, and world Y is the natural logarithm of
 * the loss times `logHeight`. The longer side of the ground is 2, centred on the origin.
 */
export interface FallModel {
  readonly columns: number;
  readonly rows: number;
  readonly halfWidth: number;
  readonly halfDepth: number;
  /** `[rows, columns, 3]`. */
  readonly positions: Float32Array;
  /** `[rows, columns, 3]`, unit length. */
  readonly normals: Float32Array;
  /** `[rows, columns]`, the share of the sky that is seen. */
  readonly sky: Float32Array;
  /** `[rows, columns]`: a whole number at each contour line, between two as the logarithm of the loss. */
  readonly contours: Float32Array;
  readonly scale: ContourScale;
  readonly networks: readonly FallNetwork[];
}

/** World units to a factor of e in loss. */
export const logHeight = 0.3;

export const heightOf = (loss: number): number => logHeight * Math.log(loss);

interface Frame {
  readonly place: (x: number, y: number) => readonly [x: number, z: number];
  readonly halfWidth: number;
  readonly halfDepth: number;
}

function frameOf({ xs, ys }: Landscape): Frame {
  const [left, right, low, high] = [xs[0]!, xs.at(-1)!, ys[0]!, ys.at(-1)!];
  const half = Math.max(right - left, high - low) / 2;
  return {
    place: (x, y) => [(x - (left + right) / 2) / half, ((low + high) / 2 - y) / half],
    halfWidth: (right - left) / 2 / half,
    halfDepth: (high - low) / 2 / half,
  };
}

/** Unit normals of a height field, by central differences, one-sided at the rim. */
function normalsOf(positions: Float32Array, columns: number, rows: number): Float32Array {
  const normals = new Float32Array(positions.length);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      const slope = (a: number, b: number, axis: 0 | 2): number =>
        (positions[3 * b + 1]! - positions[3 * a + 1]!) /
        (positions[3 * b + axis]! - positions[3 * a + axis]!);
      const alongX = slope(column > 0 ? i - 1 : i, column < columns - 1 ? i + 1 : i, 0);
      const alongZ = slope(row > 0 ? i - columns : i, row < rows - 1 ? i + columns : i, 2);
      const length = Math.hypot(alongX, 1, alongZ);
      normals.set([-alongX / length, 1 / length, -alongZ / length], 3 * i);
    }
  return normals;
}

/** Index in `lines`, with the share of the way to the next: piecewise linear in the logarithm of the loss. */
function contourCoordinate(lines: readonly number[], height: number): number {
  let index = lines.findIndex((line) => line > height);
  if (index < 0) index = lines.length;
  const below = lines[index - 1] ?? 2 * lines[0]! - lines[1]!;
  const above = lines[index] ?? 2 * lines.at(-1)! - lines.at(-2)!;
  return index + (height - below) / (above - below);
}

/** World height of the ground under a place of the plane, between its four grid points. */
function groundHeight({ xs, ys, loss }: Landscape, x: number, y: number): number {
  const at = (values: Float32Array, value: number): [number, number] => {
    const step = (values.at(-1)! - values[0]!) / (values.length - 1);
    const place = Math.min(values.length - 1.001, Math.max(0, (value - values[0]!) / step));
    return [Math.floor(place), place - Math.floor(place)];
  };
  const [column, u] = at(xs, x);
  const [row, v] = at(ys, y);
  const height = (r: number, c: number): number => heightOf(loss[r * xs.length + c]!);
  return (
    (1 - v) * ((1 - u) * height(row, column) + u * height(row, column + 1)) +
    v * ((1 - u) * height(row + 1, column) + u * height(row + 1, column + 1))
  );
}

/** Places between two snapshots, so that a straight step of the shadow follows the ground. */
const betweenSnapshots = 4;

function pathOf(landscape: Landscape, frame: Frame, rows: readonly number[]): PathPoint[] {
  const { coordinates } = landscape;
  const at = (row: number): [number, number] => [coordinates[2 * row]!, coordinates[2 * row + 1]!];
  const last = (rows.length - 1) * betweenSnapshots;
  return Array.from({ length: last + 1 }, (_, k) => {
    const s = Math.min(rows.length - 2, Math.floor(k / betweenSnapshots));
    const t = k / betweenSnapshots - s;
    const [from, to] = [at(rows[s]!), at(rows[s + 1]!)];
    const [x, y] = [from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1])];
    const [worldX, worldZ] = frame.place(x, y);
    return { place: [worldX, groundHeight(landscape, x, y), worldZ], when: k / last };
  });
}

function networksOf(landscape: Landscape, frame: Frame): FallNetwork[] {
  const { snapshots, networks, row } = marksOfRun(landscape);
  const found = Array.from({ length: networks }, (_, network) => {
    const rows = Array.from({ length: snapshots }, (__, s) => row(s, network));
    const last = rows.at(-1)!;
    return {
      network,
      path: pathOf(landscape, frame, rows),
      ownLoss: landscape.trueLoss[last]!,
      planeLoss: landscape.planeLoss[last]!,
      offPlane: landscape.offPlane[last]!,
      floor: heightOf(landscape.trueLoss[last]!),
    };
  });
  // From the middle of the ground outwards, as a wave.
  const reach = ({ path }: { path: readonly PathPoint[] }): number => {
    const { place } = path.at(-1)!;
    return Math.hypot(place[0], place[2]);
  };
  const order = [...found].sort((a, b) => reach(a) - reach(b));
  return found.map((each) => ({
    ...each,
    rank: order.indexOf(each) / Math.max(1, order.length - 1),
  }));
}

const models = new WeakMap<Landscape, FallModel | string>();

/** The model of a run, or a sentence that says why there is none. */
export function fallModel({ landscape }: RunDisplay): FallModel | string {
  if (landscape === null)
    return 'The fall is drawn when training has ended: its plane is found from all the paths.';
  let model = models.get(landscape);
  if (model === undefined) {
    model = build(landscape);
    models.set(landscape, model);
  }
  return model;
}

function build(landscape: Landscape): FallModel | string {
  const { xs, ys, loss, trueLoss, coordinates } = landscape;
  const isDrawable = (values: Float32Array): boolean =>
    values.every((value) => value > 0 && value < Infinity);
  if (!isDrawable(loss) || !isDrawable(trueLoss) || !coordinates.every(Number.isFinite))
    return 'A network of this run diverged or reached a loss of zero, so that not every height has a logarithm.';
  const frame = frameOf(landscape);
  const [columns, rows] = [xs.length, ys.length];
  const positions = new Float32Array(3 * columns * rows);
  for (let i = 0; i < columns * rows; i++) {
    const [x, z] = frame.place(xs[i % columns]!, ys[Math.floor(i / columns)]!);
    positions.set([x, heightOf(loss[i]!), z], 3 * i);
  }
  const heights = Float64Array.from(loss, heightOf);
  const spacing = [
    (2 * frame.halfWidth) / (columns - 1),
    (2 * frame.halfDepth) / (rows - 1),
  ] as const;
  const scale = contourScale(loss, { logarithmic: true });
  const lines = scale.lines.map(({ value }) => contourValue(value, scale));
  return {
    columns,
    rows,
    halfWidth: frame.halfWidth,
    halfDepth: frame.halfDepth,
    positions,
    normals: normalsOf(positions, columns, rows),
    sky: Float32Array.from(skyVisible({ heights, columns, rows, spacing }, 1)),
    contours: Float32Array.from(loss, (value) => contourCoordinate(lines, Math.log(value))),
    scale,
    networks: networksOf(landscape, frame),
  };
}

/** Where a network's shadow is when a share of training is over, and how many points of its path lie behind it. */
export function shadowAt({ path }: FallNetwork, learnt: number): Vector {
  const k = learnt * (path.length - 1);
  const i = Math.min(path.length - 2, Math.floor(k));
  const t = k - i;
  const [a, b] = [path[i]!.place, path[i + 1]!.place];
  return [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])];
}

/** Lights float this far above the ground, in world units. */
export const lift = 0.012;

/** Where a network's light is: on the ground while it learns, then on its way down. */
export function lightAt(model: FallModel, index: number, moment: FallMoment): Vector {
  const network = model.networks[index]!;
  const [x, y, z] = shadowAt(network, moment.learnt);
  const dropped = moment.dropped(network.rank);
  return [x, y + lift + dropped * (network.floor - y - lift), z];
}
