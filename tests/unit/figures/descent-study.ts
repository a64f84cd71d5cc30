// A small study of rules of descent whose every number is known in closed form.
import type { StudyDisplay } from '../../../src/artifact/display.ts';
import type { OutcomesResult } from '../../../src/landscape/analyses/outcomes/outcomes-result.ts';
import type { SharpnessPath } from '../../../src/landscape/analyses/sharpness-along.ts';
import { numericArray } from '../../../src/landscape/analyses/numeric-array.ts';
import { experimentSchema, type Experiment } from '../../../src/learning/experiment.ts';

const settings = {
  sgd: { learningRate: 0.3 },
  momentum: { learningRate: 0.03, optimiser: { kind: 'momentum', momentum: 0.9 } },
  adam: { learningRate: 0.01, optimiser: { kind: 'adam' } },
  fast: { learningRate: 3 },
  full: { learningRate: 0.3, batchSize: 'full' },
} as const;
type Key = keyof typeof settings;
export const keys = Object.keys(settings) as Key[];

const experiment = (key: Key): Experiment =>
  experimentSchema.parse({
    name: 'rules',
    batchSize: 16,
    epochs: 8,
    optimiser: { kind: 'sgd' },
    ...settings[key],
  });

const records = 5;
const networks = 4;

/** Network n of condition c at record t, epoch 2t: `(n + 1) 2^(-t c)`, so that each condition falls faster than the last. */
export const lossAt = (c: number, t: number, n: number): number => (n + 1) * 2 ** (-t * c);

function study(analyses: Record<string, { kind: string }>, results: object): StudyDisplay {
  return {
    study: {
      name: 'rules',
      conditions: keys.map((key) => ({
        key,
        title: `${key} in full`,
        experiment: experiment(key),
      })),
      analyses,
    },
    provider: 'cpu',
    conditions: [],
    results,
    claims: {},
  } as unknown as StudyDisplay;
}

export function curvesStudy(): StudyDisplay {
  const curve = (c: number) =>
    numericArray(
      [records, networks],
      Array.from({ length: records * networks }, (_, i) =>
        lossAt(c, Math.floor(i / networks), i % networks),
      ),
    );
  const conditions = keys.map((key, c) => [
    key,
    {
      epochs: numericArray([records], [0, 2, 4, 6, 8]),
      trainLoss: curve(c),
      trainAccuracy: null,
      testLoss: curve(c),
      testAccuracy: null,
      gradientNorm: curve(c),
    },
  ]);
  const result = { conditions: Object.fromEntries(conditions) } as OutcomesResult;
  return study({ outcomes: { kind: 'outcomes' } }, { outcomes: result });
}

/**
 * Two conditions of two networks at five snapshots. The sharpness of network m is `2 + 2s + m`, so that it is above a
 * threshold of 5 from snapshot 2 on (m = 0, 1). The loss falls, but for a rise at snapshot 3 of network 1.
 */
export function sharpnessStudy(): StudyDisplay {
  const snapshots = 5;
  const sharpness = Array.from(
    { length: 2 * snapshots },
    (_, i) => 2 + 2 * Math.floor(i / 2) + (i % 2),
  );
  const loss = [0.8, 0.9, 0.4, 0.5, 0.2, 0.3, 0.1, 0.35, 0.05, 0.2];
  const path = (threshold: number | null): SharpnessPath =>
    ({
      networks: [0, 1],
      steps: numericArray([snapshots], [0, 10, 20, 30, 40]),
      sharpness: numericArray([snapshots, 2], sharpness),
      loss: numericArray([snapshots, 2], loss),
      threshold,
    }) as unknown as SharpnessPath;
  const conditions = { sgd: path(5), momentum: path(null) };
  return study({ sharpness: { kind: 'sharpness-along' } }, { sharpness: { conditions } });
}

/**
 * A bowl `0.1 + x^2 + y^2` on a grid from -4 to 4. Condition c begins at (0, 3) and walks in a straight line to
 * `(c - 2, -3)` in two stretches; it is c off the plane, and its own loss is half of what the plane shows.
 */
export function pathsStudy(): StudyDisplay {
  const axis = Array.from({ length: 9 }, (_, i) => i - 4);
  const bowl = (x: number, y: number): number => 0.1 + x * x + y * y;
  const snapshots = 3;
  const C = keys.length;
  const rows = Array.from({ length: snapshots * C }, (_, row) => {
    const [s, c] = [Math.floor(row / C), row % C];
    return { c, s, at: [((c - 2) * s) / 2, 3 - 3 * s] as [number, number] };
  });
  const column = (of: (row: (typeof rows)[number]) => number) =>
    numericArray([rows.length], rows.map(of));
  const result = {
    slices: {
      paths: {
        directions: 'pca',
        axisNames: ['component 1', 'component 2'],
        orthonormal: true,
        radius: 'what is shown',
        axes: [numericArray([9], axis), numericArray([9], axis)],
        loss: numericArray(
          [9, 9],
          axis.flatMap((y) => axis.map((x) => bowl(x, y))),
        ),
        testLoss: null,
        accuracy: null,
        markers: {
          network: column(({ c }) => c),
          step: column(({ s }) => 10 * s),
          coordinates: numericArray(
            [rows.length, 2],
            rows.flatMap(({ at }) => at),
          ),
          offSlice: column(({ c }) => c),
          trueLoss: column(({ at }) => bowl(...at) / 2),
          sliceLoss: column(({ at }) => bowl(...at)),
        },
        fidelity: {
          varianceShare: 0.75,
          nullShare: { share: 0.01, phrase: 'a random slice' },
          logRatio: { median: Math.log(2), minimum: 0, maximum: Math.log(2), count: 15 },
          relativeDistance: { median: 0.5, minimum: 0, maximum: 1, count: 15 },
        },
        variance: null,
        negativeShare: 0,
      },
    },
  };
  const analyses = {
    slices: { kind: 'slices', across: 0, slices: { paths: { directions: 'pca' } } },
  };
  return study(analyses as never, { slices: result });
}
