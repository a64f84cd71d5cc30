// The room of the lamp: where lamp and wall stand, how the cloud hangs between them, and how the room is drawn.
import type { Point } from '../kit/path.ts';
import type { Direction } from './lamp-share.ts';

/** Where the lamp stands on its half sphere, in degrees: to the right, and up. Straight in front is 0, 0. */
export interface LampPlace {
  readonly across: number;
  readonly up: number;
}

/** Farther round, the wall would be seen from its edge. */
export const farthest = { across: 75, up: 40 } as const;

/**
 * In units of the farthest network: how far lamp and wall stand from the middle, the radius of the lit disc, and how much
 * of the room is drawn.
 */
export const room = { lamp: 1.8, wall: 1.5, disc: 1.12, width: 4.1, height: 3.9 } as const;

const radians = Math.PI / 180;
/** The room is seen from a little above. */
const tilt = 10 * radians;

const clamp = (value: number, most: number): number => Math.min(most, Math.max(-most, value));

export const heldPlace = ({ across, up }: LampPlace): LampPlace => ({
  across: clamp(across, farthest.across),
  up: clamp(up, farthest.up),
});

/** From the middle to the lamp, x to the right, y up, z towards the reader. */
export function lampDirection({ across, up }: LampPlace): Direction {
  const level = Math.cos(up * radians);
  return [
    Math.sin(across * radians) * level,
    Math.sin(up * radians),
    Math.cos(across * radians) * level,
  ];
}

export function placeOf([x, y, z]: Direction): LampPlace {
  const up = Math.asin(y / Math.hypot(x, y, z)) / radians;
  return { across: Math.atan2(x, z) / radians, up };
}

export const dot = (a: Direction, b: Direction): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

const cross = (a: Direction, b: Direction): Direction => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

export function unit(a: Direction): Direction {
  const length = Math.hypot(...a);
  return [a[0] / length, a[1] / length, a[2] / length];
}

/** How a cloud hangs in the room: its three principal axes, at right angles to each other. */
export type Hanging = readonly [Direction, Direction, Direction];

/**
 * Hung so that the lamp's best place, on the third axis, and its worst, on the first, are where they are wanted, the
 * worst as nearly as the right angle between the two allows.
 */
export function hang(best: LampPlace, worst: LampPlace): Hanging {
  const third = unit(lampDirection(best));
  const towards = lampDirection(worst);
  const along = dot(towards, third);
  const first = unit([
    towards[0] - along * third[0],
    towards[1] - along * third[1],
    towards[2] - along * third[2],
  ]);
  return [first, cross(third, first), third];
}

/** Of a point in the axes of the cloud. */
export function inRoom([a, b, c]: Direction, axes: Hanging): Direction {
  const at = (i: 0 | 1 | 2): number => a * axes[0][i] + b * axes[1][i] + c * axes[2][i];
  return [at(0), at(1), at(2)];
}

/** The light's direction in the axes of the cloud. */
export const inCloud = (d: Direction, axes: Hanging): Direction => [
  dot(d, axes[0]),
  dot(d, axes[1]),
  dot(d, axes[2]),
];

/** The wall's own axes, to the right and up, at right angles to the light. */
export function wallAxes(d: Direction): readonly [Direction, Direction] {
  const right = unit(cross([0, 1, 0], d));
  return [right, cross(d, right)];
}

/** Where a point of the room is drawn, in room units from the middle, y down; without perspective, so that the wall is drawn by one matrix. */
export const drawn = ([x, y, z]: Direction): Point => [
  x,
  -(y * Math.cos(tilt) - z * Math.sin(tilt)),
];

/** How near a point is to the reader. */
export const nearness = ([, y, z]: Direction): number => y * Math.sin(tilt) + z * Math.cos(tilt);

/** The lamp's place under a point of the drawing, in room units from the middle. */
export function placeUnder([px, py]: Point): LampPlace {
  const out = Math.hypot(px, py) / room.lamp;
  const shrink = out > 0.98 ? 0.98 / out : 1;
  const [x, v] = [(px * shrink) / room.lamp, (-py * shrink) / room.lamp];
  const n = Math.sqrt(Math.max(0, 1 - x * x - v * v));
  return heldPlace(
    placeOf([x, v * Math.cos(tilt) + n * Math.sin(tilt), n * Math.cos(tilt) - v * Math.sin(tilt)]),
  );
}

/** Degrees between two places of the lamp; the far side of the room casts the same shadow. */
export function degreesApart(a: LampPlace, b: LampPlace): number {
  const cosine = Math.abs(dot(lampDirection(a), lampDirection(b)));
  return Math.acos(Math.min(1, cosine)) / radians;
}
