// Summary statistics of many runs. (Types first; the functions follow.)

/** Of one quantity over N networks; diverged networks are left out of it and counted in `missing`. */
export interface Summary {
  readonly count: number;
  readonly missing: number;
  readonly mean: number;
  /** Sample standard deviation (divides by n - 1). */
  readonly standardDeviation: number;
  readonly median: number;
  readonly lowerQuartile: number;
  readonly upperQuartile: number;
  readonly minimum: number;
  readonly maximum: number;
  /** Percentile bootstrap 95% interval of the mean. */
  readonly meanInterval: readonly [number, number];
  /** Likewise, of the median. */
  readonly medianInterval: readonly [number, number];
}

export type Outcome = 'converged' | 'stuck' | 'diverged';

export interface ConvergenceStatistics {
  readonly trainLoss: Summary;
  readonly testLoss: Summary | null;
  readonly trainAccuracy: Summary | null;
  readonly testAccuracy: Summary | null;
  /** Over the networks that reached the threshold; the others are counted in `missing`. */
  readonly epochsToThreshold: Summary;
  readonly threshold: number;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** One per network. */
  readonly outcomeOf: readonly Outcome[];
  /** The criteria in words, for captions. */
  readonly criteria: Readonly<Record<Outcome, string>>;
  /** Step at which each network's loss or weights stopped being finite; -1 for never. */
  readonly divergedAt: readonly number[];
}
