// Summary statistics of many runs: where they ended, how sure that is, and how many got there.
import { deviation, mean } from 'd3';
import { counted } from '../learning/counted.ts';
import type { Experiment } from '../learning/experiment.ts';
import type { Curves, TrainingHistory } from '../learning/history.ts';
import { bootstrapIntervals, meanOf, quantileOf } from './bootstrap.ts';
import type { Interval } from './bootstrap.ts';

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
  readonly meanInterval: Interval;
  /** Likewise, of the median. */
  readonly medianInterval: Interval;
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

/**
 * Summary of the finite values; the others are counted in `missing`. Quantiles interpolate linearly
 * between order statistics (type 7 of Hyndman and Fan 1996, doi:10.1080/00031305.1996.10473566).
 * Intervals are the 2.5% and 97.5% quantiles of the statistic over 2,000 resamples with replacement
 * (percentile bootstrap, Efron and Tibshirani 1993, section 13.3). A statistic of nothing, and the
 * standard deviation of one value, is NaN.
 */
export function summarise(values: ArrayLike<number>, seed: number): Summary {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const n = sorted.length;
  const quantile = (p: number) => quantileOf(sorted, p);
  const [meanInterval, medianInterval] = bootstrapIntervals(
    [sorted],
    ([resample]) => [meanOf(resample!), quantileOf(resample!.sort(), 0.5)],
    seed,
  );
  return {
    count: n,
    missing: values.length - n,
    mean: mean(sorted) ?? NaN,
    standardDeviation: deviation(sorted) ?? NaN,
    median: quantile(0.5),
    lowerQuartile: quantile(0.25),
    upperQuartile: quantile(0.75),
    minimum: quantile(0),
    maximum: quantile(1),
    meanInterval: meanInterval!,
    medianInterval: medianInterval!,
  };
}

/** What of N curves decides how their runs ended. */
export interface RunEnds {
  /** `[N]` each: the last records. */
  readonly trainLoss: ArrayLike<number>;
  readonly testLoss: ArrayLike<number> | null;
  readonly trainAccuracy: ArrayLike<number> | null;
  readonly testAccuracy: ArrayLike<number> | null;
  /** `[N]`: epochs of the first record below the threshold; NaN where there is none. */
  readonly epochsToThreshold: ArrayLike<number>;
  /** `[N]`: step at which loss or weights stopped being finite; -1 for never. */
  readonly divergedAt: ArrayLike<number>;
  /** `[N]`: whether every record of the training loss is finite; where absent, as the last one is. */
  readonly finite?: readonly boolean[];
  /** Of the last record. */
  readonly epochs: number;
}

/**
 * How N runs ended, from their curves so far. A network diverged if its loss or weights ever stopped
 * being finite; else it converged if its last recorded training loss is below the experiment's
 * threshold; else it is stuck. Final values are those of the last record.
 */
export function convergenceStatistics(
  run: Curves | Pick<TrainingHistory, 'curves'>,
  experiment: Pick<Experiment, 'converged' | 'seed'>,
  divergedAt: ArrayLike<number>,
): ConvergenceStatistics {
  const curves = 'curves' in run ? run.curves : run;
  const N = divergedAt.length;
  const records = curves.steps.length;
  const last = (values: Float32Array) => values.subarray((records - 1) * N, records * N);
  const { trainLoss, testLoss, trainAccuracy, testAccuracy } = curves;
  return statisticsOfEnds(
    {
      trainLoss: last(trainLoss),
      testLoss: testLoss && last(testLoss),
      trainAccuracy: trainAccuracy && last(trainAccuracy),
      testAccuracy: testAccuracy && last(testAccuracy),
      epochsToThreshold: epochsToThreshold(curves, experiment.converged.lossBelow, N),
      divergedAt,
      finite: Array.from({ length: N }, (_, n) => lossesOf(curves, n, N).every(Number.isFinite)),
      epochs: curves.epochs[records - 1] ?? 0,
    },
    experiment,
  );
}

const lossesOf = ({ steps, trainLoss }: Curves, network: number, N: number): number[] =>
  Array.from(steps, (_, record) => trainLoss[record * N + network]!);

/** `[N]`: epochs of each network's first record of a loss below the threshold; NaN where there is none. */
export const epochsToThreshold = (curves: Curves, threshold: number, N: number): Float32Array =>
  Float32Array.from({ length: N }, (_, network) => {
    const record = lossesOf(curves, network, N).findIndex((loss) => loss < threshold);
    return record < 0 ? NaN : curves.epochs[record]!;
  });

/** The same from what of the curves it depends on. */
export function statisticsOfEnds(
  ends: RunEnds,
  { converged, seed }: Pick<Experiment, 'converged' | 'seed'>,
): ConvergenceStatistics {
  const { divergedAt, epochs } = ends;
  const threshold = converged.lossBelow;
  const outcomeOf = Array.from(divergedAt, (step, network): Outcome => {
    const loss = ends.trainLoss[network]!;
    const isFinite = ends.finite?.[network] ?? Number.isFinite(loss);
    if (step >= 0 || !isFinite) return 'diverged';
    return loss < threshold ? 'converged' : 'stuck';
  });
  const networksWith = (outcome: Outcome) => outcomeOf.filter((each) => each === outcome).length;
  const summary = (values: ArrayLike<number>) =>
    summarise(
      outcomeOf.map((outcome, network) =>
        outcome === 'diverged' ? NaN : (values[network] ?? NaN),
      ),
      seed,
    );
  const when = `after ${counted(epochs, 'epoch')}`;
  return {
    trainLoss: summary(ends.trainLoss),
    testLoss: ends.testLoss && summary(ends.testLoss),
    trainAccuracy: ends.trainAccuracy && summary(ends.trainAccuracy),
    testAccuracy: ends.testAccuracy && summary(ends.testAccuracy),
    epochsToThreshold: summarise(ends.epochsToThreshold, seed),
    threshold,
    outcomes: {
      converged: networksWith('converged'),
      stuck: networksWith('stuck'),
      diverged: networksWith('diverged'),
    },
    outcomeOf,
    criteria: {
      converged: `training loss below ${threshold} ${when}`,
      stuck: `training loss of ${threshold} or more ${when}`,
      diverged: 'loss or weights not finite (NaN or infinite) at some step',
    },
    divergedAt: Array.from(divergedAt),
  };
}
