// Truth: small samples by hand, the central limit theorem, all 27 resamples of three values.
import { expect, test } from 'vitest';
import { convergenceStatistics, summarise } from '../../../src/landscape/statistics.ts';
import { randomStream } from '../../../src/learning/random.ts';

test('moments and type 7 quantiles of a small sample, by hand', () => {
  // R: quantile(c(2, 4, 4, 5, 10), type = 7); sd() = 3.
  const summary = summarise([10, 4, 2, 5, 4], 1);
  expect(summary).toMatchObject({
    count: 5,
    missing: 0,
    mean: 5,
    standardDeviation: 3,
    median: 4,
    lowerQuartile: 4,
    upperQuartile: 5,
    minimum: 2,
    maximum: 10,
  });
  // Between order statistics: position (4 - 1) * 0.25 of 1, 2, 4, 8.
  expect(summarise([1, 2, 4, 8], 1).lowerQuartile).toBe(1.75);
});

test('the interval of the mean is the normal one where the central limit theorem holds', () => {
  const random = randomStream(3, 'sample');
  const n = 400;
  const summary = summarise(
    Array.from({ length: n }, () => 10 + 2 * random.normal()),
    5,
  );
  const halfWidth = (1.96 * summary.standardDeviation) / Math.sqrt(n);
  expect(summary.meanInterval[0]).toBeCloseTo(summary.mean - halfWidth, 1);
  expect(summary.meanInterval[1]).toBeCloseTo(summary.mean + halfWidth, 1);
  const width = summary.meanInterval[1] - summary.meanInterval[0];
  expect(Math.abs(width / (2 * halfWidth) - 1)).toBeLessThan(0.08);
  // The median of a normal sample has pi / 2 times the variance of its mean.
  const medianWidth = summary.medianInterval[1] - summary.medianInterval[0];
  expect(medianWidth / width).toBeGreaterThan(1);
  expect(medianWidth / width).toBeLessThan(1.6);
});

test('intervals of three values agree with all 27 resamples', () => {
  // Means of resamples of 0, 0, 9 are 0, 3, 6, 9 with chances 8, 12, 6, 1 in 27: 2.5% and 97.5% fall on 0 and 9.
  const { meanInterval, medianInterval } = summarise([0, 0, 9], 11);
  expect(meanInterval).toEqual([0, 9]);
  expect(medianInterval).toEqual([0, 9]);
});

test('the same seed gives the same interval, another seed another', () => {
  const values = [0.31, 0.12, 0.45, 0.29, 0.77, 0.05, 0.61];
  expect(summarise(values, 42)).toEqual(summarise(values, 42));
  expect(summarise(values, 42).meanInterval).not.toEqual(summarise(values, 43).meanInterval);
});

test('values that are not finite are counted as missing and left out', () => {
  const summary = summarise(Float32Array.of(1, NaN, 3, Infinity), 1);
  expect(summary).toMatchObject({ count: 2, missing: 2, mean: 2, maximum: 3 });
});

test('of nothing, everything is NaN; of one value, only its deviation', () => {
  expect(summarise([NaN], 1)).toMatchObject({
    count: 0,
    missing: 1,
    mean: NaN,
    median: NaN,
    meanInterval: [NaN, NaN],
  });
  expect(summarise([7], 1)).toMatchObject({
    count: 1,
    mean: 7,
    standardDeviation: NaN,
    medianInterval: [7, 7],
  });
});

const experiment = { seed: 42, converged: { lossBelow: 0.3 } };

/** Time-major curves of four networks: converges, stays, diverges in its loss, diverges in its weights. */
function fourRuns(accuracy = true) {
  const trainLoss = Float32Array.of(
    ...[0.7, 0.8, 0.7, 0.9],
    ...[0.25, 0.6, 0.1, 0.8],
    ...[0.125, 0.5, NaN, 0.2],
  );
  return {
    steps: Int32Array.of(0, 20, 40),
    epochs: Float32Array.of(0, 5, 10),
    trainLoss,
    trainAccuracy: accuracy ? trainLoss.map((loss) => 1 - loss) : null,
    testLoss: accuracy ? trainLoss.map((loss) => 2 * loss) : null,
    testAccuracy: null,
    gradientNorm: trainLoss,
  };
}

test('each run is converged, stuck or diverged by the stated criteria', () => {
  const statistics = convergenceStatistics(fourRuns(), experiment, Int32Array.of(-1, -1, -1, 37));
  expect(statistics.outcomeOf).toEqual(['converged', 'stuck', 'diverged', 'diverged']);
  expect(statistics.outcomes).toEqual({ converged: 1, stuck: 1, diverged: 2 });
  expect(statistics.criteria).toEqual({
    converged: 'training loss below 0.3 after 10 epochs',
    stuck: 'training loss of 0.3 or more after 10 epochs',
    diverged: 'loss or weights not finite (NaN or infinite) at some step',
  });
  expect(statistics.divergedAt).toEqual([-1, -1, -1, 37]);
});

test('final values leave diverged runs out; epochs to the threshold leave out those that never got there', () => {
  const statistics = convergenceStatistics(
    { curves: fourRuns() },
    experiment,
    Int32Array.of(-1, -1, -1, 37),
  );
  expect(statistics.trainLoss).toMatchObject({ count: 2, missing: 2, mean: 0.3125 });
  expect(statistics.testLoss).toMatchObject({ count: 2, missing: 2, mean: 0.625 });
  expect(statistics.trainAccuracy).toMatchObject({ count: 2, mean: 0.6875 });
  expect(statistics.testAccuracy).toBeNull();
  // Records at epochs 5, 5 and 10 are the first below 0.3 of three runs.
  expect(statistics.epochsToThreshold).toMatchObject({
    count: 3,
    missing: 1,
    median: 5,
    maximum: 10,
  });
  expect(statistics.threshold).toBe(0.3);
});

test('regression without a test part has losses and no accuracies', () => {
  const statistics = convergenceStatistics(fourRuns(false), experiment, new Int32Array(4).fill(-1));
  expect(statistics.trainAccuracy).toBeNull();
  expect(statistics.testLoss).toBeNull();
  expect(statistics.outcomes).toEqual({ converged: 2, stuck: 1, diverged: 1 });
});
