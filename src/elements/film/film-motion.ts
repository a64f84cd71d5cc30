// What moves in a film of a figure: training along its slider, or, where nothing plays, a slow turn of its surface.
import type { FigureControl } from '../../figures/kit/figure.ts';
import type { State } from '../layered-state.ts';

export const framesPerSecond = 30;

/** Seconds of the motion, and of the rest on its last picture. */
const playSeconds = 8;
const turnSeconds = 12;
const restSeconds = 1.5;
/** Degrees above the horizon of a turning surface, and its zoom. */
const turnView = '34,1';

export interface FilmFrame {
  readonly from: State;
  readonly to: State;
  /** Share of the way between the two. */
  readonly share: number;
}

export interface FilmMotion {
  readonly frames: readonly FilmFrame[];
  /** What moves, for the reader. */
  readonly name: string;
}

interface Filmed {
  readonly state: State;
  readonly controls: readonly FigureControl[];
  /** Keys of the figure's state. */
  readonly keys: readonly string[];
}

/** Null where a picture stands still. */
export function filmMotion({ state, controls, keys }: Filmed): FilmMotion | null {
  const played = controls.find(({ kind, options }) => kind === 'play' && options.length > 1);
  if (played) {
    const states = played.options.map(({ value }): State => ({ ...state, [played.key]: value }));
    return { name: played.name, frames: playedFrames(states) };
  }
  return keys.includes('eye') ? { name: 'View', frames: turnedFrames(state) } : null;
}

function playedFrames(states: readonly State[]): FilmFrame[] {
  const moving = playSeconds * framesPerSecond;
  const last = states.length - 1;
  const frames = Array.from({ length: moving + 1 }, (_, k): FilmFrame => {
    const at = (k / moving) * last;
    const index = Math.min(last - 1, Math.floor(at));
    return { from: states[index]!, to: states[index + 1]!, share: at - index };
  });
  const rest = { from: states[last]!, to: states[last]!, share: 1 };
  return [
    ...frames,
    ...Array.from({ length: Math.round(restSeconds * framesPerSecond) }, () => rest),
  ];
}

function turnedFrames(state: State): FilmFrame[] {
  const count = turnSeconds * framesPerSecond;
  return Array.from({ length: count }, (_, k) => {
    const degrees = (35 + (360 * k) / count) % 360;
    const turned = { ...state, eye: `${Math.round(degrees)},${turnView}` };
    return { from: turned, to: turned, share: 1 };
  });
}
