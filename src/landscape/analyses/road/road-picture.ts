// Where networks stand beside a road: how far along it, how far from it, and on which side.
import { spreadIndices } from '../../../learning/spread-indices.ts';
import { numberedUnits, renumberFirst } from '../../symmetry/renumber-stepwise.ts';
import { numericArray } from '../numeric-array.ts';
import { placesOn, type Frame } from './road-axes.ts';
import { renumbered, type RoadPoints } from './road-points.ts';
import type { RoadResult } from './road-result.ts';

/** Stops of the renumbering at most, the first and the last included. */
const mostStops = 65;

/** `[N]` each. */
interface Beside {
  readonly along: Float64Array;
  readonly off: Float64Array;
  readonly side: Float64Array;
}

/**
 * The distance is that in all directions but the road's: `sqrt(|w - mean|^2 - along^2)`. The side is `u_2 / |(u_2, u_3,
 * u_4)|` of the next components, each in units of its spread: of a direction without preference in three dimensions that is
 * uniform from -1 to 1 (Archimedes), so that a cloud without order fills the picture evenly.
 */
function besideRoad(frame: Frame, points: Float32Array): Beside {
  const P = frame.mean.length;
  const along = placesOn(frame, points);
  const others = frame.spreads
    .slice(1)
    .map((spread, c) => placesOn(frame, points, c + 1).map((place) => place / spread));
  return {
    along,
    off: along.map((place, n) => {
      let squares = 0;
      for (let p = 0; p < P; p++) squares += (points[n * P + p]! - frame.mean[p]!) ** 2;
      return Math.sqrt(Math.max(0, squares - place * place));
    }),
    side: along.map((_, n) => {
      const length = Math.hypot(...others.map((places) => places[n]!));
      return length > 0 ? others[0]![n]! / length : 0;
    }),
  };
}

export function renumberingOf(
  { condition, raw, aligned, symmetries }: RoadPoints,
  frame: Frame,
): Pick<RoadResult, 'stops' | 'renumbering' | 'sides'> {
  const { network } = condition;
  const stops = spreadIndices(numberedUnits(network) + 1, mostStops);
  const values = stops.flatMap((done) => {
    const parts = symmetries.map((symmetry) => renumberFirst(network, symmetry, done));
    const { along, off } = besideRoad(frame, renumbered(condition, raw.earlier, parts));
    return Array.from(along, (place, n) => [place, off[n]!]).flat();
  });
  const N = symmetries.length;
  return {
    stops,
    renumbering: numericArray([stops.length, N, 2], values),
    sides: numericArray([N], besideRoad(frame, aligned.earlier).side),
  };
}

/** `[N, 3]`: place, distance and side of weights `[N, P]` in the networks' own numbering. */
export function trailPoint(
  { condition, symmetries }: RoadPoints,
  frame: Frame,
  weights: Float32Array,
): number[] {
  const { along, off, side } = besideRoad(frame, renumbered(condition, weights, symmetries));
  return Array.from(along, (place, n) => [place, off[n]!, side[n]!]).flat();
}
