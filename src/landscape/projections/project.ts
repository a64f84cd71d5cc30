// One place for all ways of laying points out on a plane: their settings, the picture, and how far it can be trusted.
import { z } from 'zod';
import { principalComponents } from '../pca.ts';
import { planeOfComponents, projectOntoPlane } from '../plane.ts';
import { classicalScaling } from './classical-scaling.ts';
import { distanceMatrix } from './distances.ts';
import { projectionQuality } from './quality.ts';
import type { ProjectionQuality, Scale } from './quality.ts';
import { tsne } from './tsne.ts';
import { umap } from './umap.ts';

const qualityNeighbours = z.number().int().min(1).max(1_000).default(10).meta({
  label: 'Neighbours compared',
  help: 'Size of the neighbourhoods in trustworthiness and continuity; below half the number of points.',
});

export const projectionSpecSchema = z.discriminatedUnion('method', [
  z
    .strictObject({ method: z.literal('pca'), qualityNeighbours })
    .meta({ label: 'Principal components' }),
  z
    .strictObject({ method: z.literal('classical-scaling'), qualityNeighbours })
    .meta({ label: 'Classical scaling' }),
  z
    .strictObject({
      method: z.literal('tsne'),
      perplexity: z.number().gt(1).max(1_000).default(15).meta({
        label: 'Perplexity',
        help: 'Effective number of neighbours each point keeps; at most a third of the points.',
      }),
      iterations: z.number().int().min(1).max(10_000).default(500).meta({ label: 'Iterations' }),
      qualityNeighbours,
    })
    .meta({ label: 't-SNE' }),
  z
    .strictObject({
      method: z.literal('umap'),
      neighbours: z.number().int().min(2).max(1_000).default(15).meta({
        label: 'Neighbours',
        help: 'Size of a neighbourhood, the point itself counted.',
      }),
      minDistance: z.number().min(0).max(1).default(0.1).meta({
        label: 'Minimum distance',
        help: 'How close points may come on the plane.',
      }),
      epochs: z.number().int().min(1).max(10_000).default(500).meta({ label: 'Epochs' }),
      qualityNeighbours,
    })
    .meta({ label: 'UMAP' }),
]);

export type ProjectionSpec = z.output<typeof projectionSpecSchema>;

export interface ProjectedPoints {
  /** `[K, 2]`. */
  readonly coordinates: Float32Array;
  readonly quality: ProjectionQuality;
  /** Shares of the two axes, of variance or of eigenvalues; null where a method has none. */
  readonly explained: readonly number[] | null;
  /** Of classical scaling: how far the distances are from Euclidean ones; null elsewhere. */
  readonly negativeShare: number | null;
}

type Layout = Omit<ProjectedPoints, 'quality'>;

/** Whether distances on the plane are in the unit of the originals. */
const scaleOf: Readonly<Record<ProjectionSpec['method'], Scale>> = {
  pca: 'own',
  'classical-scaling': 'own',
  tsne: 'fitted',
  umap: 'fitted',
};

/** K points `[K, D]` on a plane, by their Euclidean distances. */
export function projectPoints(
  spec: ProjectionSpec,
  points: Float32Array,
  K: number,
  seed: number,
): ProjectedPoints {
  const distances = distanceMatrix(points, K);
  const layout =
    spec.method === 'pca' ? byComponents(points, K) : byDistances(spec, distances, seed);
  return withQuality(spec, layout, distances, seed);
}

/**
 * Points known by their distances `[K, K]` alone (disagreements, say) on a plane.
 * @throws RangeError for 'pca', which needs points.
 */
export function projectDistances(
  spec: ProjectionSpec,
  distances: Float64Array,
  seed: number,
): ProjectedPoints {
  if (spec.method === 'pca')
    throw new RangeError(
      'principal components need points, but only distances are given: use classical-scaling, which is the same for Euclidean distances',
    );
  return withQuality(spec, byDistances(spec, distances, seed), distances, seed);
}

function byComponents(points: Float32Array, K: number): Layout {
  const components = principalComponents(points, K, points.length / K, 2);
  return {
    coordinates: projectOntoPlane(planeOfComponents(components), points).coordinates,
    explained: components.explainedVariance.slice(0, 2),
    negativeShare: null,
  };
}

function byDistances(
  spec: Exclude<ProjectionSpec, { method: 'pca' }>,
  distances: Float64Array,
  seed: number,
): Layout {
  if (spec.method === 'classical-scaling') {
    const { coordinates, explained, negativeShare } = classicalScaling(distances, 2);
    return { coordinates: Float32Array.from(coordinates), explained, negativeShare };
  }
  const coordinates =
    spec.method === 'tsne'
      ? tsne(distances, { ...spec, seed })
      : umap(distances, { ...spec, seed });
  return { coordinates, explained: null, negativeShare: null };
}

function withQuality(
  spec: ProjectionSpec,
  layout: Layout,
  original: Float64Array,
  seed: number,
): ProjectedPoints {
  const { coordinates } = layout;
  const projected = distanceMatrix(coordinates, coordinates.length / 2);
  return { ...layout, quality: qualityOf(spec, original, projected, seed) };
}

/** How far a layout of the method can be trusted, by the distances `[K, K]` of the originals and on the plane. */
export const qualityOf = (
  { method, qualityNeighbours: neighbours }: ProjectionSpec,
  original: Float64Array,
  projected: Float64Array,
  seed: number,
): ProjectionQuality =>
  projectionQuality(original, projected, { neighbours, scale: scaleOf[method], seed });
