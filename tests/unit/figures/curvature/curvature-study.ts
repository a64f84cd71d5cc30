// Small studies of curvature, valleys, rescaling, depth and width whose every number is known.
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import { numericArray, onLogScale } from '../../../../src/landscape/analyses/numeric-array.ts';
import { summarise } from '../../../../src/landscape/statistics.ts';
import { experimentSchema } from '../../../../src/learning/experiment.ts';

const around = (value: number) => ({ value, interval: [0.9 * value, 1.1 * value] });

interface Setting {
  readonly key: string;
  readonly set?: object;
}

function studyOf(
  spec: { kind: string },
  result: unknown,
  settings: readonly Setting[],
): StudyDisplay {
  return {
    study: {
      name: 'small',
      title: 'A small study',
      conditions: settings.map(({ key, set }) => ({
        key,
        title: `condition ${key}`,
        experiment: experimentSchema.parse({ name: 'small', ...set }),
      })),
      analyses: { [spec.kind]: spec },
    },
    provider: 'cpu',
    conditions: {},
    results: { [spec.kind]: result },
    claims: {},
  } as unknown as StudyDisplay;
}

const batches: readonly Setting[] = [
  { key: 'small', set: { batchSize: 8 } },
  { key: 'large', set: { batchSize: 64 } },
  { key: 'small-decay', set: { batchSize: 8, weightDecay: 0.01 } },
  { key: 'large-decay', set: { batchSize: 64, weightDecay: 0.01 } },
];

/**
 * Two pairs on lines of two V-shaped valleys. Without decay their sides have slopes 0.2 and 0.4, so that a rise of 0.1
 * makes water 1 and 0.5 wide; with decay the slopes change places.
 */
export function valleysStudy(): StudyDisplay {
  const alphas = Array.from({ length: 13 }, (_, t) => -1 + t / 4);
  const line = (from: string, to: string, [a, b]: readonly [number, number]) => {
    const one = alphas.map((alpha) => Math.min(a * Math.abs(alpha), b * Math.abs(alpha - 1)));
    const both = [...one, ...one];
    const widths = [0.2 / a, 0.2 / b] as const;
    const difference = {
      value: widths[1] - widths[0],
      interval: [widths[1] - widths[0] - 0.1, widths[1] - widths[0] + 0.1],
    };
    return {
      from,
      to,
      pairs: [
        [0, 1],
        [1, 0],
      ],
      alphas: numericArray([13], alphas),
      loss: onLogScale([2, 13], both),
      testLoss: onLogScale(
        [2, 13],
        both.map((value) => value + 0.05),
      ),
      accuracy: numericArray(
        [2, 13],
        both.map((value) => 1 - value),
      ),
      testAccuracy: null,
      fromWidth: numericArray([2], [widths[0], widths[0]]),
      toWidth: numericArray([2], [widths[1], widths[1]]),
      widths: { count: 2, meanDifference: difference },
      fromNorm: around(2 / a),
      toNorm: around(2 / b),
    };
  };
  return studyOf(
    { kind: 'valleys', rise: 0.1, reach: 1 } as { kind: string },
    {
      lines: {
        plain: line('small', 'large', [0.2, 0.4]),
        decay: line('small-decay', 'large-decay', [0.4, 0.2]),
      },
    },
    batches,
  );
}

interface CurvatureOptions {
  readonly top?: readonly number[];
  readonly bottom?: readonly number[] | null;
  readonly spectrum?: unknown;
}

/** Two networks; the second one's eigenvalues are twice the first one's. */
function conditionCurvature({
  top = [1, 0.5],
  bottom = [-0.01],
  spectrum = null,
}: CurvatureOptions) {
  const doubled = (values: readonly number[]) => [...values, ...values.map((value) => 2 * value)];
  const column = (value: number) => numericArray([2], [value, 2 * value]);
  const largest = top[0]!;
  return {
    networks: [0, 1],
    top: numericArray([2, top.length], doubled(top)),
    bottom: bottom && numericArray([2, bottom.length], doubled(bottom)),
    trace: column(3 * largest),
    traceError: column(0.1),
    filterNormalised: column(4 * largest),
    adaptive: column(5 * largest),
    means: {
      largestEigenvalue: around(1.5 * largest),
      trace: around(4.5 * largest),
      filterNormalised: around(6 * largest),
      adaptive: around(7.5 * largest),
    },
    spectrum,
  };
}

/** Twenty eigenvalues: 1 and 0.5, twelve of 0.001, two of 0.015, four of -0.01; or none but the density. */
export function spectrumStudy(options: { whole?: boolean } = {}): StudyDisplay {
  const all = [
    1,
    0.5,
    0.015,
    0.015,
    ...new Array<number>(12).fill(0.001),
    ...new Array<number>(4).fill(-0.01),
  ];
  const sigma = 0.02;
  const places = Array.from({ length: 129 }, (_, i) => -0.1 + i / 100);
  const density = places.map((place) =>
    all.reduce(
      (sum, value) =>
        sum +
        Math.exp(-0.5 * ((place - value) / sigma) ** 2) /
          (all.length * sigma * Math.sqrt(2 * Math.PI)),
      0,
    ),
  );
  const spectrum = {
    network: 0,
    eigenvalues: numericArray([129], places),
    density: numericArray([129], density),
    sigma,
    all: options.whole === false ? null : numericArray([20], all),
  };
  return studyOf(
    { kind: 'curvature' },
    { conditions: { only: conditionCurvature({ spectrum }) } },
    [{ key: 'only' }],
  );
}

/** Sharpness 1 and 4 without decay, 2 and 3 with it: the small batch is flatter by either. */
export function batchCurvatureStudy(): StudyDisplay {
  const of = (largest: number) => conditionCurvature({ top: [largest], bottom: null });
  return studyOf(
    { kind: 'curvature' },
    {
      conditions: { small: of(1), large: of(4), 'small-decay': of(2), 'large-decay': of(3) },
    },
    batches,
  );
}

/** Two networks on five points: the loss is 0.01 + d^2 before and 0.01 + 4 d^2 after; the sharpness four times as large. */
export function rescalingStudy(): StudyDisplay {
  const distance = [-2, -1, 0, 1, 2];
  const column = (value: number) => numericArray([2], [value, value]);
  const measures = (eigenvalue: number, others: number) => ({
    largestEigenvalue: column(eigenvalue),
    epsilonSharpness: column(others),
    filterNormalised: column(others),
    adaptive: column(0.5),
    weightNorm: column(others),
  });
  const change = (factor: number) => ({
    value: Math.log(factor),
    interval: [Math.log(factor), Math.log(factor)],
  });
  const line = (bend: number) => [0, 1].flatMap(() => distance.map((d) => 0.01 + bend * d * d));
  return studyOf(
    { kind: 'rescaling', factor: 4 } as { kind: string },
    {
      networks: [0, 3],
      outputChange: 2e-5,
      outputSize: 4,
      before: measures(1, 1),
      after: measures(4, 2),
      change: {
        largestEigenvalue: change(4),
        epsilonSharpness: change(2),
        filterNormalised: change(2),
        adaptive: change(1),
        weightNorm: change(2),
      },
      distance: numericArray([5], distance),
      lineBefore: onLogScale([2, 5], line(1)),
      lineAfter: onLogScale([2, 5], line(4)),
      canonicalDistance: numericArray([2], [1e-8, 3e-8]),
    },
    [{ key: 'only' }],
  );
}

/** Two depths, plain and residual, and a residual one at full branches; ratios are the same all over a plane. */
export function depthStudy(): StudyDisplay {
  const layers = (count: number) => new Array<number>(count).fill(4);
  const small = { kind: 'he-normal', scale: 0.2 };
  const settings = [
    { key: 'plain-2', set: { hiddenSizes: layers(2) }, ratio: 0.1 },
    {
      key: 'residual-2',
      set: { hiddenSizes: layers(2), residual: true, initialiser: small },
      ratio: 0.05,
    },
    { key: 'plain-9', set: { hiddenSizes: layers(9) }, ratio: 0.6 },
    {
      key: 'residual-9',
      set: { hiddenSizes: layers(9), residual: true, initialiser: small },
      ratio: 0.4,
    },
    { key: 'full-9', set: { hiddenSizes: layers(9), residual: true }, ratio: 0.8 },
  ];
  const axis = [-1, -0.5, 0, 0.5, 1];
  const conditions = settings.map(({ key, set, ratio }) => [
    key,
    {
      networks: [0, 1, 2],
      residual: 'residual' in set,
      depth: set.hiddenSizes.length,
      axis: numericArray([5], axis),
      loss: onLogScale(
        [5, 5],
        axis.flatMap((y) => axis.map((x) => 0.1 + 100 * ratio * (x * x + y * y))),
      ),
      negativeShare: numericArray([3], [ratio, ratio, ratio]),
      // The second plane is twice as rough as the first.
      hessianRatio: numericArray([2, 1, 2], [ratio, ratio, 2 * ratio, 2 * ratio]),
      curvatureRatio: numericArray([2], [ratio, 2 * ratio]),
      means: { negativeShare: around(ratio), curvatureRatio: around(1.5 * ratio) },
    },
  ]);
  return studyOf(
    { kind: 'convexity', hessianSize: 1, hessianNetworks: 2, radius: 1, size: 5 } as {
      kind: string;
    },
    { conditions: Object.fromEntries(conditions), skips: [] },
    settings,
  );
}

/** Two networks for each width: training loss 1 / units, test loss lowest at 8. */
export function widthStudy(): StudyDisplay {
  const units = [16, 4, 8];
  const test: Record<number, number> = { 4: 0.5, 8: 0.3, 16: 0.4 };
  const ends = (value: number) => onLogScale([2, 2], [9, 9, value, value]);
  const conditions = units.map((count) => [
    `w-${count}`,
    {
      trainLoss: ends(1 / count),
      testLoss: ends(test[count]!),
      statistics: {
        trainLoss: summarise([1 / count, 1 / count], 1),
        testLoss: summarise([test[count]!, test[count]!], 1),
        outcomeOf: ['converged', 'converged'],
      },
    },
  ]);
  return studyOf(
    { kind: 'outcomes' },
    { conditions: Object.fromEntries(conditions), against: 'w-16', differences: {} },
    units.map((count) => ({ key: `w-${count}`, set: { hiddenSizes: [count] } })),
  );
}

/** A study that has none of these. */
export const bareStudy = (): StudyDisplay => studyOf({ kind: 'slices' }, {}, [{ key: 'only' }]);
