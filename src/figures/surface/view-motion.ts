// The way from one view of a surface to another, slowing down towards its end.

import type { View } from './surface-camera.ts';
import { eased, TimedMotion } from './timed-motion.ts';

const milliseconds = 350;

/** Where the reader stands after a share 0 to 1 of the time, the short way round. */
export function viewBetween(from: View, target: View, share: number): View {
  const turn = Math.PI * 2;
  const behind = from.azimuth - target.azimuth;
  const azimuth = target.azimuth + behind - turn * Math.round(behind / turn);
  const rest = 1 - eased(share);
  return {
    azimuth: target.azimuth + rest * (azimuth - target.azimuth),
    elevation: target.elevation + rest * (from.elevation - target.elevation),
    zoom: target.zoom + rest * (from.zoom - target.zoom),
  };
}

/** Moves once a frame until it has arrived or is stopped. */
export class ViewMotion {
  readonly #motion = new TimedMotion(milliseconds);
  readonly #move: (view: View) => void;

  constructor(move: (view: View) => void) {
    this.#move = move;
  }

  start(from: View, target: View): void {
    this.#motion.start((share) => this.#move(viewBetween(from, target, share)));
  }

  stop(): void {
    this.#motion.stop();
  }
}
