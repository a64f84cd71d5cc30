// Where the networks lie seen from afar: their weights, their weights aligned, and their predictions, laid out on a plane.
import { z } from 'zod';
import { createPredictor } from '../../learning/evaluator.ts';
import { predictionsOf } from '../function-space/predictions.ts';
import { jensenShannonDistance } from '../function-space/prediction-distance.ts';
import { distanceMatrix } from '../projections/distances.ts';
import {
  projectDistances,
  projectionSpecSchema,
  projectPoints,
  qualityOf,
  type ProjectedPoints,
  type ProjectionSpec,
} from '../projections/project.ts';
import type { Fidelity } from '../projections/quality.ts';
import { gatherRows } from '../rows.ts';
import { alignPopulation } from '../symmetry/align-population.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  named,
  soundNetworks,
  turn,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { checkClasses, checkNetworks } from './checks.ts';
import { About, shaped, type Derived, type TensorsOf } from './derived.ts';
import { numericArray, type NumericArray } from './numeric-array.ts';

const views = ['weights', 'aligned', 'predictions'] as const;
type View = (typeof views)[number];

const schema = z.strictObject({
  kind: z.literal('projections'),
  condition: z.string().optional(),
  of: z
    .array(z.enum(views))
    .min(1)
    .default([...views])
    .meta({
      label: 'Of',
      help: 'Final weights as they are, aligned to the first network by permuting hidden units, or predictions on the test part, by the Jensen-Shannon distance.',
    }),
  projections: named(projectionSpecSchema).meta({
    label: 'Projections',
    help: 'Of predictions only the distances are known, so they have no principal components.',
  }),
});

export interface ProjectionResult {
  readonly method: ProjectionSpec['method'];
  /** `[K, 2]`. */
  readonly coordinates: NumericArray;
  readonly quality: ProjectedPoints['quality'];
  readonly explained: readonly number[] | null;
  readonly negativeShare: number | null;
}

export interface ProjectionsResult {
  readonly networks: readonly number[];
  readonly views: Readonly<Partial<Record<View, Readonly<Record<string, ProjectionResult>>>>>;
}

export const projections = defineAnalysis({
  schema,
  title: 'all networks laid out on a plane, and how far each layout can be trusted',
  check(plan, spec) {
    const condition = conditionOf(plan, spec.condition);
    if (spec.of.includes('predictions')) checkClasses(condition);
    for (const [name, projection] of Object.entries(spec.projections)) {
      const remedy = `raise initialisations, or compare smaller neighbourhoods in projections.${name}`;
      checkNetworks(condition, leastPoints(projection), remedy);
    }
  },
  async answer(context, spec): Promise<ProjectionsResult> {
    const condition = conditionOf(context, spec.condition);
    const { seed } = condition.experiment;
    const networks = soundNetworks(condition);
    const result: Partial<Record<View, Record<string, ProjectionResult>>> = {};
    for (const [index, view] of spec.of.entries()) {
      const seen = await viewOf(context, condition, networks, view);
      const layouts: Record<string, ProjectionResult> = {};
      for (const [name, projection] of Object.entries(spec.projections)) {
        await turn(context.signal);
        if (projection.method === 'pca' && !seen.points) continue;
        layouts[name] = resultOf(projection, layoutOf(projection, seen, networks.length, seed));
      }
      result[view] = layouts;
      context.onProgress((index + 1) / spec.of.length);
    }
    return { networks, views: result };
  },
  async derived(context, spec, tensors) {
    const condition = conditionOf(context, spec.condition);
    const networks = soundNetworks(condition);
    const views: Partial<Record<View, Record<string, Derived<ProjectionResult>>>> = {};
    for (const view of spec.of) {
      const seen = await viewOf(context, condition, networks, view);
      const layouts = Object.entries(spec.projections)
        .filter(([, { method }]) => seen.points || method !== 'pca')
        .map(([name, projection]) => {
          const kept = tensors.views[view]![name]!;
          const { seed } = condition.experiment;
          return [name, layoutAgain(projection, seen, networks.length, seed, kept)] as const;
        });
      views[view] = Object.fromEntries(layouts);
    }
    return { networks, views };
  },
});

/** How many points the neighbourhoods of a layout, and those that its quality is measured by, ask for. */
function leastPoints(spec: ProjectionSpec): number {
  const compared = 2 * spec.qualityNeighbours + 1;
  if (spec.method === 'tsne') return Math.max(compared, Math.ceil(3 * spec.perplexity + 1));
  return spec.method === 'umap' ? Math.max(compared, spec.neighbours + 1) : compared;
}

interface Seen {
  /** `[K, D]`; null where only distances are known. */
  readonly points: Float32Array | null;
  /** `[K, K]`. */
  readonly distances: Float64Array;
}

async function viewOf(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  networks: readonly number[],
  view: View,
): Promise<Seen> {
  const { network, final, data, experiment } = condition;
  const weights = gatherRows(final, final.length / experiment.initialisations, networks);
  if (view === 'predictions') {
    const samples = data.test.count > 0 ? data.test : data.train;
    const options = { ...lossOptions(context, condition), ...samples };
    const logits = await using(createPredictor(options), ({ predict }) => predict(weights));
    const predictions = predictionsOf(logits, networks.length, samples.count, data.outputs);
    return { points: null, distances: jensenShannonDistance(predictions) };
  }
  const points =
    view === 'weights'
      ? weights
      : (
          await alignPopulation(network, weights, {
            to: 0,
            method: { kind: 'weights', seed: experiment.seed },
            signal: context.signal,
          })
        ).weights;
  return { points, distances: distanceMatrix(points, networks.length) };
}

function layoutOf(
  spec: ProjectionSpec,
  { points, distances }: Seen,
  K: number,
  seed: number,
): ProjectedPoints {
  return points ? projectPoints(spec, points, K, seed) : projectDistances(spec, distances, seed);
}

function resultOf({ method }: ProjectionSpec, layout: ProjectedPoints): ProjectionResult {
  const { coordinates, quality, explained, negativeShare } = layout;
  const K = coordinates.length / 2;
  const kept = numericArray([K, 2], coordinates);
  return { method, coordinates: kept, quality, explained, negativeShare };
}

/** Of a measure of predictions in single precision: two neighbours of nearly equal distance may be swapped. */
const roundingOf = { trustworthiness: 0.01, continuity: 0.01, stress: 1e-3, share: 1e-3 } as const;
/** What double precision leaves of an eigenvalue that is zero. */
const smallestShare = 1e-9;

/** Components and scaling come out again; of the others, only how far they can be trusted. */
function layoutAgain(
  spec: ProjectionSpec,
  seen: Seen,
  K: number,
  seed: number,
  tensors: TensorsOf<ProjectionResult>,
): Derived<ProjectionResult> {
  const coordinates = shaped(tensors.coordinates, [K, 2]);
  const { method } = spec;
  const isRounded = !seen.points;
  const layout =
    method === 'pca' || method === 'classical-scaling' ? layoutOf(spec, seen, K, seed) : null;
  const quality =
    layout?.quality ?? qualityOf(spec, seen.distances, distanceMatrix(coordinates.values, K), seed);
  const about = (measured: Fidelity): Derived<Fidelity> =>
    isRounded
      ? {
          trustworthiness: new About(measured.trustworthiness, roundingOf.trustworthiness),
          continuity: new About(measured.continuity, roundingOf.continuity),
          stress: new About(measured.stress, roundingOf.stress),
        }
      : measured;
  const { neighbours, scale, chance, trustworthiness, continuity, stress } = quality;
  const share = (value: number) => new About(value, isRounded ? roundingOf.share : smallestShare);
  const again = layout && numericArray([K, 2], layout.coordinates);
  const largest = seen.distances.reduce((a, b) => Math.max(a, b), 0);
  const negativeShare = layout?.negativeShare ?? null;
  return {
    method,
    coordinates: again ? new About(again, (isRounded ? 1e-2 : 1e-5) * largest) : coordinates,
    quality: {
      ...about({ trustworthiness, continuity, stress }),
      neighbours,
      scale,
      chance: about({
        trustworthiness: chance.trustworthiness,
        continuity: chance.continuity,
        stress: chance.stress,
      }),
    },
    explained: layout?.explained?.map(share) ?? null,
    negativeShare: negativeShare === null ? null : share(negativeShare),
  };
}
