// The tensors of one analysis's result as files: in full, and rounded for the page.
import { numericArray, type NumericArray } from '../landscape/analyses/numeric-array.ts';
import { readQuantised, writeQuantised } from './quantised-file.ts';
import { encodeSafetensors, stored } from './safetensors.ts';
import { readTensors } from './tensor-reader.ts';

type Tensors = ReadonlyMap<string, NumericArray>;

/** Up to so many numbers cost the page little, and stay exact. */
const smallEnough = 512;

/** From the lowest to the highest value, several for each pixel of the tallest picture. */
export const shownSteps = 4095;

/** Whether the page's copy of so many numbers is rounded. */
export const isRounded = (count: number): boolean => count > smallEnough;

const shapesKey = 'shapes';
const drawingKey = 'drawing';

export function encodeResultTensors(tensors: Tensors): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(
    ([name, { values, shape }]) => [name, stored(values, shape)] as const,
  );
  return encodeSafetensors(Object.fromEntries(entries), {
    [drawingKey]: JSON.stringify(
      Object.fromEntries(
        [...tensors].map(([name, { scaling, shown }]) => [name, { scaling, shown }]),
      ),
    ),
  });
}

/** A reader of what `encodeResultTensors` wrote. */
export function decodeResultTensors(
  bytes: Uint8Array,
  where: string,
): (name: string) => NumericArray {
  const file = readTensors(bytes, where);
  const drawing = file.metadata(drawingKey, isRecord);
  return (name) => {
    const shape = file.shape(name);
    const told = (drawing[name] ?? {}) as { scaling?: unknown; shown?: unknown };
    return numericArray(shape, file.values(name, 'F32', shape), {
      scaling: told.scaling === 'log' ? 'log' : 'linear',
      shown: told.shown !== false,
    });
  };
}

/** What figures draw: tensors that are not shown are left out, large ones are rounded. */
export function encodeShownTensors(tensors: Tensors): Uint8Array<ArrayBuffer> {
  const file = writeQuantised();
  const shapes: Record<string, readonly number[]> = {};
  for (const [name, { values, shape, scaling, shown }] of tensors) {
    if (!shown) continue;
    shapes[name] = shape;
    if (isRounded(values.length)) file.quantised(name, values, shape, scaling, 'U16', shownSteps);
    else file.exact(name, values as Float32Array<ArrayBuffer>, shape);
  }
  return file.bytes({ [shapesKey]: shapes });
}

/** A reader of what `encodeShownTensors` wrote; null for what is left out. */
export function decodeShownTensors(
  bytes: Uint8Array,
  where: string,
): (name: string) => NumericArray | null {
  const file = readQuantised(bytes, where);
  const shapes = file.metadata(shapesKey, isRecord);
  return (name) => {
    if (!Object.hasOwn(shapes, name)) return null;
    const shape = file.shape(name);
    const size = shape.reduce((product, extent) => product * extent, 1);
    const values = isRounded(size) ? file.numbers(name, shape) : file.values(name, 'F32', shape);
    return numericArray(shape, values);
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
