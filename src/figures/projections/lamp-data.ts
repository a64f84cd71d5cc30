// The clouds under the lamp, and where the lamp stands, as the figure reads them.
import type { StudyDisplay } from '../../artifact/display.ts';
import type {
  CloudAndChance,
  CloudName,
  PrincipalCloud,
} from '../../landscape/analyses/principal-clouds/principal-clouds-result.ts';
import { number, oneOf, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';
import { hang, heldPlace, inCloud, lampDirection, placeOf } from './lamp-room.ts';
import type { Hanging, LampPlace } from './lamp-room.ts';
import { shadowShare, type Direction } from './lamp-share.ts';

export const lampState = {
  /** What makes two networks near: their answers or their weights. */
  cloud: oneOf<readonly CloudName[]>(['predictions', 'weights'], 'predictions'),
  /** The lamp's place: where it is held, or the best or worst there is. */
  place: oneOf(['hand', 'best', 'worst'], 'hand'),
  /** Where it is held, in degrees to the right and up. */
  across: number(40),
  up: number(14),
  /** What stands beside the cloud: a cloud of nothing, or the same cloud with the lamp at its best place. */
  beside: oneOf(['nothing', 'best'], 'nothing'),
};
export type LampState = StateOf<typeof lampState>;

/** A cloud as it hangs in its room. */
export interface HungCloud {
  /** In the axes of its components, the farthest network of the room at a distance of 1. */
  readonly points: readonly Direction[];
  readonly explained: readonly number[];
  readonly axes: Hanging;
}

export interface LampView {
  readonly networks: readonly number[];
  readonly measured: CloudAndChance;
  readonly cloud: HungCloud;
  readonly nothing: HungCloud;
  readonly lamp: LampPlace;
  /** How many directions the cloud of weights has. */
  readonly parameters: number;
}

/** Where best and worst place of each room are is our choice; a reader has to find them in two different corners. */
const hangings: Readonly<Record<'cloud' | 'nothing', Hanging>> = {
  cloud: hang({ across: -38, up: 22 }, { across: 50, up: 6 }),
  nothing: hang({ across: 30, up: -24 }, { across: -48, up: 12 }),
};

export const bestPlace = ({ axes }: Pick<HungCloud, 'axes'>): LampPlace => placeOf(axes[2]);
export const worstPlace = ({ axes }: Pick<HungCloud, 'axes'>): LampPlace => placeOf(axes[0]);

/** What the wall holds of a cloud. */
export const heldBy = ({ explained, axes }: HungCloud, lamp: LampPlace): number =>
  shadowShare(explained, inCloud(lampDirection(lamp), axes));

/** What the best place of the lamp holds. */
export const mostOf = ({ explained }: Pick<PrincipalCloud, 'explained'>): number =>
  explained[0]! + explained[1]!;

const pointsOf = ({ coordinates: { values } }: PrincipalCloud): Direction[] =>
  Array.from({ length: values.length / 3 }, (_, k) => [
    values[3 * k]!,
    values[3 * k + 1]!,
    values[3 * k + 2]!,
  ]);

export function lampPlaceOf({ place, across, up }: LampState): LampPlace {
  if (place === 'best') return bestPlace({ axes: hangings.cloud });
  if (place === 'worst') return worstPlace({ axes: hangings.cloud });
  return heldPlace({ across, up });
}

export function lampViewOf(data: StudyDisplay, state: LampState): LampView | string {
  const result = resultOfKind(data, 'principal-clouds')?.result;
  const measured = result?.clouds[state.cloud];
  if (!result || !measured) return 'The clouds of these networks are not loaded here.';
  const [points, shuffled] = [pointsOf(measured.cloud), pointsOf(measured.shuffled)];
  const farthest = Math.max(...[...points, ...shuffled].map((point) => Math.hypot(...point)));
  const scaled = (all: readonly Direction[]) =>
    all.map(([a, b, c]): Direction => [a / farthest, b / farthest, c / farthest]);
  return {
    networks: result.networks,
    measured,
    cloud: {
      points: scaled(points),
      explained: measured.cloud.explained,
      axes: hangings.cloud,
    },
    nothing: {
      points: scaled(shuffled),
      explained: measured.shuffled.explained,
      axes: hangings.nothing,
    },
    lamp: lampPlaceOf(state),
    parameters: data.conditions[0]?.parameters ?? NaN,
  };
}

/** From place to place; a lamp that is held follows at once, since whoever holds it asks for no way there. */
export function betweenLamps(from: LampState, to: LampState, t: number): LampState | null {
  const [start, end] = [lampPlaceOf(from), lampPlaceOf(to)];
  if (start.across === end.across && start.up === end.up) return null;
  return {
    ...to,
    place: 'hand',
    across: start.across + t * (end.across - start.across),
    up: start.up + t * (end.up - start.up),
  };
}
