// A small study of slices and projections whose every number is known in closed form.
import type { StudyDisplay } from '../../../src/artifact/display.ts';
import { numericArray } from '../../../src/landscape/analyses/numeric-array.ts';
import type { ProjectionResult } from '../../../src/landscape/analyses/projections.ts';
import type { SliceResult } from '../../../src/landscape/analyses/slices/slices-result.ts';
import { experimentSchema } from '../../../src/learning/experiment.ts';

const axis = (from: number, to: number, count = 9): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** The loss at (x, y) of every plane: a bowl with its floor of 0.1 at the centre. */
export const bowl = (x: number, y: number): number => 0.1 + (x * x + y * y) / 4;

interface Marker {
  readonly network: number;
  readonly step: number;
  readonly at: readonly number[];
  readonly off: number;
  readonly own: number;
  readonly ground: number;
}

function slice(
  directions: SliceResult['directions'],
  axes: readonly (readonly number[])[],
  markers: readonly Marker[],
  axisNames: readonly string[],
  fidelity: Partial<SliceResult['fidelity']> = {},
): SliceResult {
  const [xs, ys] = [axes[0]!, axes[1] ?? [0]];
  const shape = axes.map(({ length }) => length).reverse();
  const values = ys.flatMap((y) => xs.map((x) => bowl(x, y)));
  const column = (of: (marker: Marker) => number) =>
    numericArray([markers.length], markers.map(of));
  const ratios = markers.map(({ own, ground }) => Math.abs(Math.log(ground / own)));
  const sorted = [...ratios].sort((a, b) => a - b);
  const count = markers.length;
  return {
    directions,
    axisNames,
    orthonormal: true,
    radius: 'what is shown and 15% of its extent around it',
    axes: axes.map((places) => numericArray([places.length], places)),
    loss: numericArray(shape, values),
    testLoss: null,
    accuracy: numericArray(
      shape,
      values.map((value) => 1 / (1 + value)),
    ),
    markers: {
      network: column(({ network }) => network),
      step: column(({ step }) => step),
      coordinates: numericArray(
        [count, axes.length],
        markers.flatMap(({ at }) => at.slice(0, axes.length)),
      ),
      offSlice: column(({ off }) => off),
      trueLoss: column(({ own }) => own),
      sliceLoss: column(({ ground }) => ground),
    },
    fidelity: {
      varianceShare: 0.75,
      nullShare: { share: 0.25, phrase: 'by chance' },
      logRatio: {
        median: sorted[Math.floor(count / 2)]!,
        minimum: sorted[0]!,
        maximum: sorted.at(-1)!,
        count,
      },
      relativeDistance: { median: 0.5, minimum: 0, maximum: 0.8, count },
      ...fidelity,
    },
    variance: null,
    negativeShare: axes.length === 2 ? 0.125 : null,
    origin: numericArray([1], [0]),
    basis: numericArray([1, 1], [1]),
  };
}

/** Network 0 walks to the centre: its own loss halves from 1, the ground under it is the bowl. */
const walk: Marker[] = [
  { network: 0, step: 0, at: [-3, 0], off: 3, own: 1, ground: 2 },
  { network: 0, step: 5, at: [-1, 0], off: 2, own: 0.5, ground: 1 },
  { network: 0, step: 10, at: [0, 0], off: 1, own: 0.25, ground: 0.5 },
];

const solutions: Marker[] = [0, 1, 2].map((network) => ({
  network,
  step: 10,
  at: [2 * network - 2, 0],
  off: 0,
  own: 0.2 + network / 10,
  ground: 0.2 + network / 10,
}));

/** Three planes, a line and a volume; the second plane is four times as wide as high. */
export function slicesStudy(): StudyDisplay {
  const square = axis(-4, 4);
  const exact = { relativeDistance: { median: 0, minimum: 0, maximum: 0, count: 3 } };
  const slices: Record<string, SliceResult> = {
    path: slice('pca', [square, square], walk, ['component 1', 'component 2']),
    three: slice(
      'three-solutions',
      [square, axis(-1, 1)],
      solutions,
      ['from network 0 to network 1', 'towards network 2'],
      exact,
    ),
    random: slice('random', [square, square], walk, ['random direction 1', 'random direction 2']),
    line: slice('two-solutions', [square], solutions.slice(0, 2), ['from network 0 to network 1']),
  };
  return study(
    {
      slices: {
        kind: 'slices',
        slices: {
          path: { directions: 'pca', of: 'one-run' },
          three: { directions: 'three-solutions' },
          random: { directions: 'random', normalise: 'filter' },
          line: { directions: 'two-solutions' },
        },
      },
    },
    { slices: { slices } },
  );
}

const layout = (
  method: ProjectionResult['method'],
  kept: number,
  points: readonly (readonly [number, number])[],
): ProjectionResult => ({
  method,
  coordinates: numericArray([points.length, 2], points.flat()),
  quality: {
    trustworthiness: kept,
    continuity: kept,
    stress: 0.1,
    neighbours: 10,
    scale: method === 'pca' ? 'own' : 'fitted',
    chance: { trustworthiness: 0.5, continuity: 0.5, stress: 0.5 },
  },
  explained: method === 'pca' || method === 'classical-scaling' ? [0.06, 0.04] : null,
  negativeShare: null,
});

/** Networks 0, 1, 3 and 4 (2 diverged): in a row as weights, at the corners of a square as predictions. */
export function projectionsStudy(): StudyDisplay {
  const row = [0, 1, 2, 8].map((x) => [x, 0] as const);
  const square = [
    [0, 0],
    [1, 0],
    [0, 1],
    [1, 1],
  ] as const;
  const of = (points: typeof row | typeof square, kept: number) => ({
    pca: layout('pca', kept, points),
    tsne: layout('tsne', kept, points),
    scaling: layout('classical-scaling', kept, points),
  });
  const { pca: _none, ...predictions } = of(square, 0.9);
  return study(
    {
      projections: {
        kind: 'projections',
        projections: {
          pca: { method: 'pca' },
          tsne: { method: 'tsne', perplexity: 10 },
          scaling: { method: 'classical-scaling' },
        },
      },
    },
    {
      projections: {
        networks: [0, 1, 3, 4],
        views: { weights: of(row, 0.75), aligned: of(square, 0.8), predictions },
      },
    },
  );
}

function study(analyses: object, results: object): StudyDisplay {
  const experiment = experimentSchema.parse({ name: 'small' });
  return {
    study: {
      name: 'small',
      title: 'Small',
      conditions: [{ key: 'small', title: 'Small', experiment }],
      analyses,
    },
    provider: 'cpu',
    conditions: [],
    results,
    claims: {},
  } as unknown as StudyDisplay;
}
