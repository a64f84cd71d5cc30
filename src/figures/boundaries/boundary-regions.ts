// Where a network answers which class, as outlines: shared by the small multiples and the large picture.
import type { Boundaries } from '../../artifact/display.ts';
import { levels } from '../kit/contours.ts';
import type { Box } from '../kit/axes.ts';

export interface Region {
  readonly classIndex: number;
  /** The region, to be filled. */
  readonly path: string;
  /** Its boundary within the picture. */
  readonly line: string;
}

const gridLine = (low: number, high: number, size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, i) => low + ((high - low) * i) / (size - 1));

/** Grid coordinates of a boundary picture and their places in a box of the drawing. */
function gridIn(boundaries: Boundaries, box: Box) {
  const [x0, x1, y0, y1] = boundaries.extent;
  return {
    xs: gridLine(x0, x1, boundaries.size),
    ys: gridLine(y0, y1, boundaries.size),
    x: (value: number) => box.left + ((value - x0) / (x1 - x0)) * (box.right - box.left),
    y: (value: number) => box.bottom - ((value - y0) / (y1 - y0)) * (box.bottom - box.top),
  };
}

const sliceOf = <Values extends Uint8Array | Float32Array>(
  values: Values,
  size: number,
  network: number,
): Values => values.subarray(network * size * size, (network + 1) * size * size) as Values;

/**
 * Regions of every class but the first, which is the background.
 * Two classes: the outline p = 0.5, interpolated. More: the outline of each class's cells.
 */
export function regionsOf(
  boundaries: Boundaries,
  network: number,
  classCount: number,
  box: Box,
): Region[] {
  const grid = gridIn(boundaries, box);
  if (classCount === 2) {
    const values = sliceOf(boundaries.probability, boundaries.size, network);
    return levels({ ...grid, values }, [0.5]).map((level) => ({ ...level, classIndex: 1 }));
  }
  const classes = sliceOf(boundaries.classes, boundaries.size, network);
  return Array.from({ length: classCount - 1 }, (_, index) => index + 1).flatMap((classIndex) => {
    const values = Float32Array.from(classes, (value) => (value === classIndex ? 1 : 0));
    return levels({ ...grid, values }, [0.5]).map((level) => ({ ...level, classIndex }));
  });
}

/** Outlines of rising probability of class 1 (two classes only), for shading. */
export function probabilityLevels(
  boundaries: Boundaries,
  network: number,
  thresholds: readonly number[],
  box: Box,
): string[] {
  const values = sliceOf(boundaries.probability, boundaries.size, network);
  return levels({ ...gridIn(boundaries, box), values }, thresholds).map((level) => level.path);
}

/** Share of the grid at which a network answers a class. */
export function shareOfClass(boundaries: Boundaries, network: number, classIndex: number): number {
  const answers = sliceOf(boundaries.classes, boundaries.size, network);
  return answers.filter((answer) => answer === classIndex).length / answers.length;
}

/** Share of the grid at which two networks answer alike. */
export function agreement(boundaries: Boundaries, a: number, b: number): number {
  const [one, other] = [a, b].map((n) => sliceOf(boundaries.classes, boundaries.size, n));
  return one!.filter((answer, place) => answer === other![place]).length / one!.length;
}
