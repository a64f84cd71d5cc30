// Turning the block by mouse, touch and keyboard, without ever taking the page's scrolling.
import type { View } from './surface-camera.ts';
import { turnByKeyboard, type KeyboardCallbacks } from './orbit-keyboard.ts';
import { turnByPointer, zoomByWheel } from './orbit-pointer.ts';
import { turned, type Turn } from './orbit-turn.ts';

export interface OrbitCallbacks extends KeyboardCallbacks {
  view(): View;
  moved(view: View): void;
  /** A click or tap that was not a drag, in CSS pixels of the canvas. */
  picked(x: number, y: number): void;
}

/** Listens on a focusable canvas until `signal` says to stop. */
export function attachOrbit(
  canvas: HTMLCanvasElement,
  callbacks: OrbitCallbacks,
  signal: AbortSignal,
): void {
  const turn: Turn = (azimuth, elevation, zoom = 1) =>
    callbacks.moved(turned(callbacks.view(), azimuth, elevation, zoom));
  turnByPointer(canvas, turn, (x, y) => callbacks.picked(x, y), signal);
  zoomByWheel(canvas, turn, signal);
  turnByKeyboard(canvas, turn, callbacks, signal);
}
