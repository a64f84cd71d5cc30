// How far each network is from its map: along the plane from its centre, and off it, snapshot by snapshot.
import type { RunDisplay } from '../../artifact/display.ts';
import { moment, number, orNull, pickedNetwork, truth, type StateOf } from '../kit/state-fields.ts';

export type Landscape = NonNullable<RunDisplay['landscape']>;

export const projectionDistanceState = {
  /** Shows the networks at this snapshot; null for the end. */
  until: moment(),
  selected: pickedNetwork(),
  /** Share of a distance, in percent, that the reader expects the paper to show. */
  guess: orNull(number(0)),
  revealed: truth(true),
};
export type ProjectionDistanceState = StateOf<typeof projectionDistanceState>;

export interface Distances {
  readonly snapshots: number;
  readonly networks: number;
  /** Along the paper from its centre, and off it. */
  at(snapshot: number, network: number): readonly [along: number, off: number];
  readonly largest: number;
  readonly landscape: Landscape;
}

function readDistances(landscape: Landscape): Distances {
  const { coordinates, offPlane, snapshotSteps } = landscape;
  const snapshots = snapshotSteps.length;
  const networks = offPlane.length / snapshots;
  const at = (s: number, n: number): readonly [number, number] => {
    const i = s * networks + n;
    return [Math.hypot(coordinates[2 * i]!, coordinates[2 * i + 1]!), offPlane[i]!];
  };
  let largest = 0;
  for (let s = 0; s < snapshots; s++)
    for (let n = 0; n < networks; n++)
      for (const value of at(s, n)) if (Number.isFinite(value)) largest = Math.max(largest, value);
  return { snapshots, networks, at, largest: largest || 1, landscape };
}

export function distancesOf({ landscape }: RunDisplay): Distances | string {
  if (landscape === null) return 'The distances are measured once training has ended.';
  if (landscape.kind === 'weights') return 'This map is the weights themselves: nothing is off it.';
  return readDistances(landscape);
}

/** The snapshot shown; between two it need not be whole. */
export const shownSnapshot = ({ snapshots }: Distances, until: number | null): number =>
  Math.min(until ?? snapshots - 1, snapshots - 1);
