// Settings and result of the analysis of a plane that is turned.
import { z } from 'zod';
import type { NumericArray } from '../numeric-array.ts';

const network = z.number().int().min(0).max(999);

export const turnedPlanesSchema = z.strictObject({
  kind: z.literal('turned-planes'),
  condition: z.string().optional(),
  network: network.default(0).meta({
    label: 'Network',
    help: 'All planes go through where training left this one.',
  }),
  towards: z
    .tuple([network, network])
    .default([1, 2])
    .meta({ label: 'Towards', help: 'The last plane goes through where these two ended, too.' }),
  steps: z.number().int().min(1).max(60).default(12).meta({
    label: 'Steps',
    help: 'Planes on the way from one named plane to the next.',
  }),
  size: z.number().int().min(5).max(201).default(31).meta({ label: 'Grid points a side' }),
});

export type TurnedPlanesSpec = z.output<typeof turnedPlanesSchema>;

/** The named planes, in the order of the turn. */
export const stations = ['sharpest', 'walk', 'solutions'] as const;
export type Station = (typeof stations)[number];

/** Of one named plane, what its tensors say of it. */
export interface StationNumbers {
  readonly walkShare: number;
  /** Along both directions, at the centre. */
  readonly curvature: readonly [number, number];
}

export interface TurnedPlanesResult {
  readonly network: number;
  readonly towards: readonly [number, number];
  /** Planes from one station to the next. */
  readonly steps: number;
  /** Loss of the network at the centre, which all planes share. */
  readonly centreLoss: number;
  readonly stations: Readonly<Record<Station, StationNumbers>>;
  /** `[size]`: grid coordinates along both directions, in weight distance from the centre. */
  readonly axis: NumericArray;
  /** `[T, size, size]`: training loss, rows follow the second direction; T is 2 steps + 1. */
  readonly losses: NumericArray;
  /** `[T]`: the larger principal angle to the named plane that the turn left last, in degrees. */
  readonly angle: NumericArray;
  /** `[T, 2]`: u'Hu at the centre along both directions. */
  readonly curvature: NumericArray;
  /** `[T]`: share of the variance of the walk's snapshots that lies along the plane. */
  readonly walkShare: NumericArray;
  /** `[T, S, 2]`: where the snapshots of the network fall. */
  readonly walk: NumericArray;
  /** `[T, 2, 2]`: where the two other networks fall. */
  readonly others: NumericArray;
  /** `[T, 2]`: how far off the plane they are. */
  readonly othersOff: NumericArray;
  /** `[2, P]`: the eigenvectors of the two largest eigenvalues. */
  readonly sharpest: NumericArray;
  /** `[S, P]`: the snapshots of the network. */
  readonly snapshots: NumericArray;
}
