// The state of the fall: how far its clock has run, who is picked, where the reader stands, and where a title needs room.
import { number, oneOf, orNull, pickedNetwork, text, type StateOf } from '../kit/state-fields.ts';
import { clampTurn, noTurn, type FallTurn } from './fall-camera.ts';

export const fallState = {
  /** Share of the clock, 0 to 1. */
  at: { ...number(1, { from: 0 }), expected: 'a number from 0 to 1' },
  selected: pickedNetwork(),
  /** How far the reader has turned it: degrees of azimuth and elevation and the zoom; null is not at all. */
  turn: orNull(text('')),
  /** What a reader thought that the picture would show, in their words. */
  guess: orNull(text('')),
  /** Which part of the picture is left to words. */
  words: oneOf(['none', 'beside', 'above'], 'none'),
};
export type FallState = StateOf<typeof fallState>;

const radians = Math.PI / 180;

export function turnOf(written: string | null): FallTurn {
  const parts = (written ?? '').split(',').map(Number);
  const [azimuth, elevation, zoom] = parts;
  if (parts.length !== 3 || !parts.every(Number.isFinite)) return noTurn;
  return clampTurn({
    azimuth: azimuth! * radians,
    elevation: elevation! * radians,
    zoom: zoom!,
  });
}
