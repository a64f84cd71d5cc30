// Settings and result of the analysis of principal clouds.
import { z } from 'zod';
import type { NumericArray } from '../numeric-array.ts';

export const cloudNames = ['weights', 'predictions'] as const;
export type CloudName = (typeof cloudNames)[number];

export const principalCloudsSchema = z.strictObject({
  kind: z.literal('principal-clouds'),
  condition: z.string().optional(),
  shuffles: z.number().int().min(10).max(2_000).default(200).meta({
    label: 'Shuffles',
    help: 'How often each coordinate is dealt out at random among the networks, to see what chance alone would show.',
  }),
});

export type PrincipalCloudsSpec = z.output<typeof principalCloudsSchema>;

export interface PrincipalCloud {
  /** `[K, 3]`, centred, in the unit of the distances. */
  readonly coordinates: NumericArray;
  /** Share of the variance of each of the three. */
  readonly explained: readonly number[];
  /** Of the magnitudes of all shares, what no straight-lined space can hold: 0 of weights, whose distances are Euclidean. */
  readonly negativeShare: number;
  /** Root mean square distance of the points from their mean, in all directions. */
  readonly spread: number;
}

export interface CloudAndChance {
  readonly cloud: PrincipalCloud;
  /** The first of the shuffled clouds. */
  readonly shuffled: PrincipalCloud;
  /** `[shuffles]`: what the two leading components of each shuffled cloud hold of its variance. */
  readonly chance: NumericArray;
  readonly chanceMean: number;
  /** The 2.5th and the 97.5th percentile. */
  readonly chanceRange: readonly [number, number];
}

export interface PrincipalCloudsResult {
  readonly networks: readonly number[];
  readonly clouds: Readonly<Record<CloudName, CloudAndChance>>;
}
