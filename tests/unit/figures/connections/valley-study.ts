// Small studies of barriers, curves, clouds and answers whose every number is known.
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import { numericArray, onLogScale } from '../../../../src/landscape/analyses/numeric-array.ts';

export const networks = [0, 1, 2, 3];
const N = networks.length;

const estimate = (value: number) => ({ value, interval: [0.9 * value, 1.1 * value] });

/** `[N, N]`, symmetric, 0 on the diagonal. */
function square(value: (i: number, j: number) => number): number[] {
  return Array.from({ length: N * N }, (_, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    return i === j ? 0 : value(Math.min(i, j), Math.max(i, j));
  });
}

const meanOf = (matrix: readonly number[]) =>
  matrix.reduce((sum, value) => sum + value, 0) / (N * (N - 1));

/** Even networks are alike, and so are odd ones: low barriers within, ten times as high between. */
export const alikeByParity = (i: number, j: number) => ((i - j) % 2 === 0 ? 0.001 : 0.01);

function barriersOf(value: (i: number, j: number) => number) {
  const train = square(value);
  return { train: onLogScale([N, N], train), means: { train: estimate(meanOf(train)) } };
}

export function barrierStudy(units: readonly number[] = [64]): StudyDisplay {
  const conditions = Object.fromEntries(
    units.map((count) => [
      `w-${count}`,
      {
        networks,
        hiddenSizes: [count],
        byAlignment: {
          // Raw, every pair as high as its numbers say: 0.1 (i + j), halved with each doubling of 64 units.
          none: barriersOf((i, j) => (0.1 * (i + j) * 64) / count),
          weights: barriersOf((i, j) => (alikeByParity(i, j) * 64) / count),
        },
      },
    ]),
  );
  return studyOf('barriers', { conditions, trends: null });
}

/** Two pairs on five points: straight lines rise by 1 and 3 in the middle, the curve is level. */
export function curveStudy(): StudyDisplay {
  const at = [0, 0.25, 0.5, 0.75, 1];
  const rising = (height: number) => at.map((t) => 0.1 + height * 4 * t * (1 - t));
  const losses = (heights: readonly number[]) => ({
    loss: onLogScale([2, 5], heights.flatMap(rising)),
    barrier: onLogScale([2], heights),
    meanBarrier: estimate((heights[0]! + heights[1]!) / 2),
  });
  return studyOf('curves', {
    pairs: [
      [0, 1],
      [2, 3],
    ],
    at: numericArray([5], at),
    straight: losses([1, 3]),
    curves: {
      round: {
        shape: 'bezier',
        ...losses([0, 0]),
        detour: numericArray([2], [1.25, 1.75]),
        meanDetour: estimate(1.5),
      },
    },
  });
}

/** A square of side 6 as trained that holds a quarter of the variance, one of side 2 aligned that holds half. */
export function cloudStudy(): StudyDisplay {
  const corners = (half: number) => [half, half, -half, half, -half, -half, half, -half];
  const layout = (half: number, share: number) => ({
    pca: {
      method: 'pca',
      coordinates: numericArray([4, 2], corners(half)),
      explained: [share / 2, share / 2],
    },
  });
  return studyOf('projections', {
    networks,
    views: { weights: layout(3, 0.25), aligned: layout(1, 0.5) },
  });
}

/** Raw at right angles, aligned at a cosine of 0.8; pairs disagree on 1% for each step between their numbers. */
export function functionStudy(): StudyDisplay {
  const matrix = (value: (i: number, j: number) => number) => numericArray([N, N], square(value));
  return studyOf('function-space', {
    networks,
    part: 'test',
    disagreement: matrix((i, j) => 0.01 * (j - i)),
    weightCosine: matrix(() => 0),
    alignedCosine: matrix(() => 0.8),
    means: {
      disagreement: { value: 1 / 60, interval: [0.015, 0.02] },
      weightCosine: { value: 0, interval: [-0.01, 0.01] },
      alignedCosine: { value: 0.8, interval: [0.78, 0.82] },
    },
    withinRun: {
      runs: 3,
      snapshots: 5,
      cosine: { value: 0.95, interval: [0.94, 0.96] },
      disagreement: { value: 0.04, interval: [0.03, 0.05] },
    },
  });
}

/** What stands in a manifest of the same networks, with no analysis loaded. */
export function claimStudy(): StudyDisplay {
  const fact = (what: string, value: number, unit = '') => ({
    what,
    ...estimate(value),
    unit,
  });
  const share = 'share of samples';
  return {
    ...emptyStudy(),
    claims: {
      'independent-runs-differ': {
        evidence: [
          fact('cosine of two runs’ final weights', 0.1),
          fact('cosine of late snapshots with the end of their run', 0.9),
          fact('samples on which two runs disagree', 0.02, share),
          fact('samples on which late snapshots disagree with the end of their run', 0.01, share),
        ],
      },
    },
  } as unknown as StudyDisplay;
}

function studyOf(kind: string, result: object): StudyDisplay {
  return {
    study: { analyses: { own: { kind } }, conditions: [] },
    provider: 'cpu',
    conditions: [{ key: 'own', sizes: [2, 64, 2], parameters: 322, networks: N, diverged: 0 }],
    results: { own: result },
    claims: {},
  } as unknown as StudyDisplay;
}

export const emptyStudy = (): StudyDisplay => ({ ...barrierStudy(), results: {} });
