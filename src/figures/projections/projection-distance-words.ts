// How far networks are from their map in words and as a table.
import { median } from 'd3';
import type { FigureTable } from '../kit/figure.ts';
import { formatNumber, formatPercent } from '../kit/format.ts';
import {
  shownSnapshot,
  type Distances,
  type ProjectionDistanceState,
} from './projection-distance-data.ts';

/** Median share of a network's distance from the centre that the paper shows, at a snapshot. */
function shownShare({ networks, at }: Distances, snapshot: number): number {
  const shares = Array.from({ length: networks }, (_, n) => {
    const [along, off] = at(snapshot, n);
    return along / Math.hypot(along, off);
  });
  return median(shares.filter(Number.isFinite)) ?? NaN;
}

export function describeDistances(distances: Distances, state: ProjectionDistanceState): string {
  const s = Math.floor(shownSnapshot(distances, state.until));
  if (!state.revealed) return 'Distances along the map against distances off it, not yet shown.';
  const middle = (which: 0 | 1): string =>
    formatNumber(
      median(
        Array.from({ length: distances.networks }, (_, n) => distances.at(s, n)[which]).filter(
          Number.isFinite,
        ),
      ) ?? NaN,
    );
  return (
    `At step ${distances.landscape.snapshotSteps[s]}, the median network lies ${middle(0)} from the centre along the map and ${middle(1)} off it: ` +
    `the map shows ${formatPercent(shownShare(distances, s))} of a network's distance (median of ${distances.networks}).`
  );
}

export function tableOfDistances(
  distances: Distances,
  { until }: ProjectionDistanceState,
): FigureTable {
  const s = Math.floor(shownSnapshot(distances, until));
  return {
    columns: [
      { name: 'Network' },
      { name: 'Distance from the centre along the map' },
      { name: 'Distance off the map' },
      { name: 'Share of its distance that the map shows' },
    ],
    rows: Array.from({ length: distances.networks }, (_, n) => {
      const [along, off] = distances.at(s, n);
      return [n, along, off, along / Math.hypot(along, off)];
    }),
  };
}
