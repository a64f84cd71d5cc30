// Where the two rooms of the lamp stand, side by side at every width, with what is counted below them.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Box } from '../kit/axes.ts';
import type { Stage } from '../kit/stage.ts';
import { bestPlace, type HungCloud, type LampState, type LampView } from './lamp-data.ts';
import { room, type LampPlace } from './lamp-room.ts';

/** One room: a cloud, the lamp's place, where it is drawn, and what is said of it. */
export interface LampRoom {
  readonly title: string;
  readonly cloud: HungCloud;
  readonly lamp: LampPlace;
  readonly box: Box;
  /** CSS pixels of a room unit. */
  readonly scale: number;
  readonly isNothing: boolean;
  /** Whether the reader may take the lamp in it. */
  readonly isHeld: boolean;
}

export type LampScene = ReturnType<typeof placeLamp>;

const isNarrow = (width: number): boolean => width < 560;
const gapOf = (width: number): number => (isNarrow(width) ? 8 : 14);
const roomHeight = (width: number): number =>
  Math.round(isNarrow(width) ? 130 + 0.2 * width : Math.min(380, 0.46 * width));
/** Below each room: a number, the bar, its legend in lines. */
const countHeight = (width: number): number => (isNarrow(width) ? 128 : 86);

export const lampHeight = (width: number): number => roomHeight(width) + countHeight(width);

/** Where both rooms are drawn, and how large. */
export function roomBoxes(width: number) {
  const gap = gapOf(width);
  const height = roomHeight(width);
  const main = Math.round((width - gap) * (isNarrow(width) ? 0.53 : 0.56));
  const roomAt = (left: number, right: number) => ({
    box: { left, right, top: 0, bottom: height },
    /** CSS pixels of a room unit. */
    scale: Math.min((right - left) / room.width, height / room.height),
  });
  return [roomAt(0, main), roomAt(main + gap, width)] as const;
}

export function placeLamp(view: LampView, { state, width }: Stage<StudyDisplay, LampState>) {
  const [first, second] = roomBoxes(width);
  const noun = state.cloud === 'weights' ? 'weights' : 'answers';
  const own: LampRoom = {
    title: `${view.networks.length} networks by their ${noun}`,
    cloud: view.cloud,
    lamp: view.lamp,
    ...first,
    isNothing: false,
    isHeld: true,
  };
  const beside: LampRoom =
    state.beside === 'best'
      ? {
          ...own,
          title: 'Lamp at its best place',
          lamp: bestPlace(view.cloud),
          ...second,
          isHeld: false,
        }
      : {
          title: `A cloud of nothing: ${noun} shuffled`,
          cloud: view.nothing,
          lamp: view.lamp,
          ...second,
          isNothing: true,
          isHeld: true,
        };
  return { ...view, state, width, rooms: [own, beside] as const };
}
