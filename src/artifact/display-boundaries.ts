// The decision boundaries a page draws: probability in 8 bits, classes exactly.
import type { Boundaries } from '../landscape/boundaries.ts';
import { packBits, unpackBits } from './bits.ts';
import { readQuantised, writeQuantised } from './quantised-file.ts';
import { displayBudget } from './thin.ts';

/** Grid points a side for `networks` boundaries within the budget of a figure's bytes. */
export function boundarySize(networks: number, classes: number): number {
  const bytesAPoint = classes > 2 ? 2 : 1 + 1 / 8;
  const largest = Math.floor(Math.sqrt(displayBudget / (networks * bytesAPoint)));
  return Math.max(8, Math.min(40, largest));
}

/** Two classes take a bit a point, more take a byte. */
export function encodeBoundaries(boundaries: Boundaries): Uint8Array<ArrayBuffer> {
  const { size, classes, probability, extent } = boundaries;
  const shape = [classes.length / (size * size), size, size];
  const file = writeQuantised();
  file.exact('extent', Float64Array.from(extent), [4]);
  if (classes.some((value) => value > 1)) {
    file.exact('classes', classes, shape);
  } else {
    const bits = packBits(classes);
    file.exact('classBits', bits, [bits.length]);
  }
  file.quantised('probability', probability, shape, 'linear', 'U8');
  return file.bytes();
}

export function decodeBoundaries(bytes: Uint8Array, where: string): Boundaries {
  const file = readQuantised(bytes, where);
  const [networks, size] = file.shape('probability', 3) as [number, number, number];
  const [left, right, low, high] = file.values('extent', 'F64', [4]);
  const points = networks * size * size;
  return {
    extent: [left as number, right as number, low as number, high as number],
    size,
    classes: file.has('classBits')
      ? unpackBits(file.values('classBits', 'U8', [Math.ceil(points / 8)]), points)
      : file.values('classes', 'U8', [networks, size, size]),
    probability: file.numbers('probability', [networks, size, size], 'U8'),
  };
}
