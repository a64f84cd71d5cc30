// Which seed draws what: data, split, starts and order of batches each have their own where one is set, or else the one seed.
import type { Experiment } from './experiment.ts';

/** Settings that are seeds, and decide nothing else. */
export const seedSettings = ['seed', 'dataSeed', 'splitSeed', 'startSeed', 'orderSeed'] as const;

export type SeedSettings = Pick<Experiment, (typeof seedSettings)[number]>;

export interface Seeds {
  /** Draws generated points. */
  readonly data: number;
  /** Chooses which points are kept aside. */
  readonly split: number;
  /** Draws the first weights. */
  readonly starts: number;
  /** Shuffles the training points for the batches of each epoch. */
  readonly order: number;
}

/** A seed of its own replaces `seed` for one purpose and leaves the other streams as they are. */
export const seedsOf = ({
  seed,
  dataSeed = seed,
  splitSeed = seed,
  startSeed = seed,
  orderSeed = seed,
}: SeedSettings): Seeds => ({
  data: dataSeed,
  split: splitSeed,
  starts: startSeed,
  order: orderSeed,
});
