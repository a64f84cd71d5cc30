// How far the grid of a slice reaches.
import { evenlySpaced, rangesOver } from '../plane.ts';
import { dimensionsOf, gramOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { projectOntoFrame } from './project.ts';

export interface RadiusOptions {
  readonly frame: Frame;
  readonly radius: number | 'auto';
  /** Weights `[K, P]` that the grid should hold; null where the slice is one around its centre. */
  readonly inView: Float32Array | null;
  /** How far training moved the network at the centre; null where there is `inView`. */
  readonly travelled: number | null;
  /** Whether a coordinate of 1 moves every filter, or layer, as far as its own norm. */
  readonly inNetworkNorms: boolean;
  /** Empty space around what is in view, as a share of its extent. */
  readonly margin?: number;
  /** Reach around a centre, as a share of the distance that training moved it. */
  readonly share?: number;
}

export interface ProposedRadius {
  /** Along each direction, in its coordinate. */
  readonly ranges: readonly (readonly [low: number, high: number])[];
  /** What was done, for a caption. */
  readonly phrase: string;
}

/**
 * The ranges of a slice's grid:
 * - a number reaches as far to either side of the centre: of what is in view, or of the origin;
 * - `auto` with something in view: its extent on the slice, and a margin;
 * - `auto` around a centre with normalised directions: 1, which moves every filter (layer) as far as its own norm,
 *   the range of Li et al. 2018 as their published code has it;
 * - `auto` around a centre with others: a share of the distance from start to end of training.
 * @throws RangeError where the radius is not a number above 0, or there is nothing to go by.
 */
export function proposeRadius(options: RadiusOptions): ProposedRadius {
  const { frame, radius, inView, travelled, inNetworkNorms } = options;
  const { margin = 0.15, share = 1 } = options;
  const D = dimensionsOf(frame);
  const extent = inView && rangesOver(projectOntoFrame(frame, inView).coordinates, D, margin);
  if (radius !== 'auto') {
    if (!(radius > 0 && Number.isFinite(radius)))
      throw new RangeError(`the radius of a slice is ${radius}: expected "auto" or more than 0`);
    const middles = extent ? extent.map(([low, high]) => (low + high) / 2) : zeros(D);
    return {
      ranges: middles.map((middle) => [middle - radius, middle + radius]),
      phrase: `${radius} to either side of ${extent ? 'the middle of what is shown' : 'the centre'}, as set`,
    };
  }
  if (extent)
    return {
      ranges: extent,
      phrase: `what is shown and ${percent(margin)} of its extent around it`,
    };
  if (inNetworkNorms)
    return {
      ranges: zeros(D).map(() => [-1, 1]),
      phrase: "as far to either side of the centre as the norm of the network's own weights",
    };
  if (!(travelled !== null && travelled > 0 && Number.isFinite(travelled)))
    throw new RangeError(
      `nothing to choose the radius of a slice by: training moved its centre by ${travelled ?? 'an unknown distance'}; set "radius" to a number`,
    );
  const reach = share * travelled;
  return {
    ranges: gramOf(frame).map((row, d) => {
      const length = frame.orthonormal ? 1 : Math.sqrt(row[d]!);
      return [-reach / length, reach / length];
    }),
    phrase: `${share === 1 ? '' : `${percent(share)} of `}the distance from start to end of training to either side of the centre`,
  };
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);
const percent = (share: number): string => `${Number((100 * share).toPrecision(3))}%`;

/** `size` evenly spaced coordinates along each direction. */
export const axesOver = (ranges: ProposedRadius['ranges'], size: number): Float32Array[] =>
  ranges.map(([low, high]) => evenlySpaced(low, high, size));
