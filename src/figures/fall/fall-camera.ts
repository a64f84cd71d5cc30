// The reader's way through the fall: a slow turn around the ground, and a dive below its rim once it is glass.
import { cameraAt, type Camera, type Viewport } from '../surface/surface-camera.ts';
import type { FallMoment } from './fall-clock.ts';
import type { FallModel } from './fall-model.ts';

/** What a reader adds to the way by hand: radians, and a factor. */
export interface FallTurn {
  readonly azimuth: number;
  readonly elevation: number;
  readonly zoom: number;
}

export const noTurn: FallTurn = { azimuth: 0, elevation: 0, zoom: 1 };

const azimuths = [0.5, 0.95] as const;
const elevations = [0.66, 0.1] as const;
/** Heights of the point that is looked at, as shares of the way from the deepest floor to the highest rim. */
const targets = [0.7, 0.5] as const;
/** Never from under the floor, never from straight above. */
const elevationRange = [-0.25, 1.35] as const;
const zoomRange = [0.6, 3] as const;
/** The ground may be a little wider than its room, more on an upright screen: its corners say the least. */
const beyondUpright = 1.24;
const beyondWide = 1.06;

const between = ([from, to]: readonly [number, number], t: number): number =>
  from + t * (to - from);

export const clampTurn = ({ azimuth, elevation, zoom }: FallTurn): FallTurn => ({
  azimuth,
  elevation: Math.min(1.2, Math.max(-0.8, elevation)),
  zoom: Math.min(zoomRange[1], Math.max(zoomRange[0], zoom)),
});

/** Lowest and highest world height of anything that is drawn. */
export function heightRange({ positions, networks }: FallModel): [low: number, high: number] {
  let high = -Infinity;
  for (let i = 1; i < positions.length; i += 3) high = Math.max(high, positions[i]!);
  return [Math.min(...networks.map(({ floor }) => floor)), high];
}

/** Size of the picture, and the part of it in which the scene has room. */
export interface FallStage {
  readonly width: number;
  readonly height: number;
  readonly room: Viewport;
}

/** The whole picture, shifted so that its middle is that of the room. */
const shifted = ({ width, height, room }: FallStage): Viewport => ({
  left: room.left + room.width / 2 - width / 2,
  top: room.top + room.height / 2 - height / 2,
  width,
  height,
});

/** @param at share of the clock. */
export function fallCamera(
  model: FallModel,
  at: number,
  { sunk }: FallMoment,
  turn: FallTurn,
  stage: FallStage,
): Camera {
  const [low, high] = heightRange(model);
  const azimuth = between(azimuths, at) + turn.azimuth;
  const elevation = Math.min(
    elevationRange[1],
    Math.max(elevationRange[0], between(elevations, sunk) + turn.elevation),
  );
  const targetHeight = low + (high - low) * between(targets, sunk);
  const target = [0, targetHeight, 0] as const;
  const distance = fittingDistance(model, [low, high], sunk, target, stage);
  return cameraAt(azimuth, elevation, distance / turn.zoom, target, shifted(stage));
}

/** The distance from which the ground, and with it the floor once that counts, fits at every azimuth. */
function fittingDistance(
  { halfWidth, halfDepth }: FallModel,
  [low, high]: readonly [number, number],
  sunk: number,
  target: readonly [number, number, number],
  stage: FallStage,
): number {
  const { room } = stage;
  const viewport = shifted(stage);
  const radius = Math.hypot(halfWidth, halfDepth);
  const bottom = sunk > 0 ? low - 0.12 : 0;
  const elevation = between(elevations, sunk);
  const beyond = room.width < room.height ? beyondUpright : beyondWide;
  const fits = (distance: number): boolean =>
    Array.from({ length: 12 }, (_, k) => (k * Math.PI) / 6).every((angle) =>
      [bottom, high * 0.8].every((y) => {
        const camera = cameraAt(0, elevation, distance, target, viewport);
        const edge = y === bottom && sunk > 0 ? 0.62 : 1;
        const [x, top, depth] = camera.project([
          edge * radius * Math.sin(angle),
          y,
          edge * radius * Math.cos(angle),
        ]);
        const { left, top: first, width, height } = room;
        return (
          depth > 0 &&
          Math.abs(x - left - width / 2) < (beyond * width) / 2 &&
          Math.abs(top - first - height / 2) < height / 2
        );
      }),
    );
  let [near, far] = [1, 40];
  for (let i = 0; i < 16; i++) {
    const middle = (near + far) / 2;
    if (fits(middle)) far = middle;
    else near = middle;
  }
  return far;
}
