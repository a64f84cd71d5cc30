// The planes and lines of a study's `slices` as figures show them: names, markers, and whose they are.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { SliceResult } from '../../landscape/analyses/slices/slices-result.ts';
import { conditionColour, conditionsOf } from '../kit/conditions.ts';
import { networkColour } from '../kit/palette.ts';
import { resultOfKind } from '../kit/study-results.ts';
import type { LandscapeQuantity } from './landscape-quantity.ts';
import type { Plane, Track } from './plane.ts';

export interface NamedSlice {
  readonly name: string;
  /** What the plane is, in a few words. */
  readonly title: string;
  readonly result: SliceResult;
  /** Networks on it, each with its markers in the order of their steps. */
  readonly tracks: readonly Track[];
}

/** A slice along two directions. */
export type NamedPlane = NamedSlice & Plane;

export interface StudySlices {
  readonly planes: readonly NamedPlane[];
  readonly lines: readonly NamedSlice[];
  readonly unit: string;
  readonly provider: string;
}

interface SpecParts {
  readonly directions?: string;
  readonly of?: string;
  readonly normalise?: string;
  readonly which?: string;
  readonly dimensions?: number;
}

/** Names by what an author asked for; the slice's own name where it is something else. */
function titleOf(name: string, { directions, of, normalise, which }: SpecParts): string {
  switch (directions) {
    case 'pca':
      return (
        { 'one-run': 'PCA of one path', 'final-weights': 'PCA of the ends' }[of ?? ''] ??
        'PCA of all paths'
      );
    case 'random':
      if (normalise === 'filter') return 'Random, filter-normalised';
      return normalise === 'layer' ? 'Random, layer-normalised' : 'Random';
    case 'three-solutions':
      return 'Through three solutions';
    case 'two-solutions':
      return 'From one solution to another';
    case 'hessian':
      return (
        { top: 'Hessian: two sharpest', bottom: 'Hessian: two lowest' }[which ?? ''] ??
        'Hessian: sharpest, lowest'
      );
    default:
      return name;
  }
}

/** Null where no slices were loaded. */
export function slicesOfStudy(data: StudyDisplay): StudySlices | null {
  const found = resultOfKind(data, 'slices');
  if (found === null) return null;
  const spec = data.study.analyses[found.name] as {
    readonly across?: number;
    readonly slices: Readonly<Record<string, SpecParts>>;
  };
  const named = Object.entries(found.result.slices).map(([name, result]): NamedSlice => ({
    name,
    title: titleOf(name, spec.slices[name] ?? {}),
    result,
    tracks: tracksOf(result, spec.across === undefined ? null : data),
  }));
  const loss = data.study.conditions[0]?.experiment.loss;
  return {
    planes: named.filter(({ result }) => result.axes.length === 2).map(asPlane),
    lines: named.filter(({ result }) => result.axes.length === 1),
    unit: loss === 'cross-entropy' ? 'nats' : 'squared error',
    provider: data.provider,
  };
}

const asPlane = (slice: NamedSlice): NamedPlane => ({
  ...slice,
  xs: slice.result.axes[0]!.values,
  ys: slice.result.axes[1]!.values,
  coordinates: slice.result.markers.coordinates.values,
  isOpen: false,
});

function tracksOf({ markers }: SliceResult, conditions: StudyDisplay | null): Track[] {
  const views = conditions === null ? [] : conditionsOf(conditions.study, 'all');
  const rows = new Map<number, number[]>();
  markers.network.values.forEach((network, row) => {
    const known = rows.get(network);
    if (known) known.push(row);
    else rows.set(network, [row]);
  });
  return [...rows]
    .sort(([a], [b]) => a - b)
    .map(([network, own]) => ({
      network,
      rows: own.sort((a, b) => markers.step.values[a]! - markers.step.values[b]!),
      colour: conditions === null ? networkColour(network) : conditionColour(network),
      title:
        views.find(({ index }) => index === network)?.short ??
        (conditions === null
          ? `network ${network}`
          : (conditions.study.conditions[network]?.title ?? `condition ${network}`)),
    }));
}

/** Steps that some network of the slice is marked at. */
export function stepsOf({ result }: NamedSlice): number[] {
  return [...new Set(result.markers.step.values)].sort((a, b) => a - b);
}

/** The last row of a track at or before a place in its way (null: its end); a share of the way counts as begun. */
export const rowAt = ({ rows }: Track, until: number | null): number =>
  rows[Math.min(rows.length - 1, until === null ? rows.length - 1 : Math.floor(until))]!;

export const sliceSurface = (
  result: SliceResult,
  quantity: LandscapeQuantity,
): Float32Array | null => result[quantity]?.values ?? null;
