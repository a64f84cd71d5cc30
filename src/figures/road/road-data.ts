// Fifty networks beside a road, as the figure reads them: at each moment how far along, how far off, and at which loss.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { RoadResult } from '../../landscape/analyses/road/road-result.ts';
import { number, orNull, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export const roadState = {
  /** First the stops of the renumbering, then the snapshots of the longer training; null for the last of these. */
  moment: orNull(number(0, { from: 0 })),
  selected: pickedNetwork(),
};
export type RoadState = StateOf<typeof roadState>;

/** A network at one moment. */
export interface Wayfarer {
  /** Weight distance along the road. */
  readonly along: number;
  /** Weight distance from the road in all other directions. */
  readonly off: number;
  /** On which side it is drawn, -1 to 1. */
  readonly side: number;
  /** Place on the first axis of the predictions. */
  readonly answers: number;
  readonly loss: number;
}

export interface Road {
  readonly result: RoadResult;
  /** Moments of the renumbering, the last of which is the first of the training. */
  readonly stops: number;
  readonly moments: number;
  /** Of the network in place `n` at a whole moment. */
  at(moment: number, n: number): Wayfarer;
}

export const lastMoment = ({ moments }: Road): number => moments - 1;

export function roadOf(data: StudyDisplay): Road | string {
  const result = resultOfKind(data, 'road')?.result;
  if (!result) return 'The road of these networks is not loaded here.';
  const { renumbering, sides, trail, trailPlaces, trailLoss } = result;
  const N = result.networks.length;
  const stops = result.stops.length;
  return {
    result,
    stops,
    moments: stops + result.trailEpochs.length - 1,
    at(moment, n) {
      const t = moment - (stops - 1);
      const row = Math.max(0, t) * N + n;
      const common = { answers: trailPlaces.values[row]!, loss: trailLoss.values[row]! };
      if (t > 0) {
        const [along, off, side] = trail.values.subarray(3 * row, 3 * row + 3);
        return { along: along!, off: off!, side: side!, ...common };
      }
      const [along, off] = renumbering.values.subarray(2 * (moment * N + n));
      return { along: along!, off: off!, side: sides.values[n]!, ...common };
    },
  };
}

/** Between two moments a network is drawn on the straight line between its two places. */
export function wayfarersAt(road: Road, moment: number): Wayfarer[] {
  const [low, high] = [Math.floor(moment), Math.ceil(moment)];
  const t = moment - low;
  return road.result.networks.map((_, n) => {
    const [a, b] = [road.at(low, n), road.at(high, n)];
    const mix = (key: keyof Wayfarer) => a[key] + t * (b[key] - a[key]);
    return {
      along: mix('along'),
      off: mix('off'),
      side: mix('side'),
      answers: mix('answers'),
      loss: mix('loss'),
    };
  });
}

export const momentOf = (road: Road, { moment }: Pick<RoadState, 'moment'>): number =>
  Math.min(moment ?? Infinity, lastMoment(road));

/** What a moment shows, in words. */
export function momentName({ stops, result }: Road, moment: number): string {
  const whole = Math.round(moment);
  if (whole === 0) return 'as trained';
  if (whole === stops - 1) return 'renumbered';
  if (whole < stops) return `${result.stops[whole]} of ${result.stops.at(-1)} units renumbered`;
  return `after ${result.trailEpochs[whole - (stops - 1)]} epochs`;
}
