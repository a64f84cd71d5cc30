// The tensors of one analysis's result as files: in full, and rounded for the page.
import {
  numericArray,
  roundings,
  type NumericArray,
  type Rounding,
} from '../landscape/analyses/numeric-array.ts';
import { isPlainObject } from '../learning/plain-object.ts';
import {
  readQuantised,
  writeQuantised,
  type QuantisedReader,
  type QuantisedWriter,
} from './quantised-file.ts';
import { encodeSafetensors, stored } from './safetensors.ts';
import { readTensors } from './tensor-reader.ts';

type Tensors = ReadonlyMap<string, NumericArray>;

/** Up to so many numbers cost the page little, and stay exact. */
const smallEnough = 512;

/** From the lowest to the highest value, several for each pixel of the tallest picture. */
export const shownSteps = 4095;

/** Of maps that come in numbers. */
const mapSteps = 1023;

/** Codes of 16 bits, but for the four that are reserved. */
const finestSteps = 65_531;

/** In how many steps the page's copy of a tensor keeps its numbers; null where it has them exactly. */
export function stepsOf({ rounding, values }: Pick<NumericArray, 'rounding' | 'values'>) {
  if (rounding === 'coarse') return values.length > smallEnough ? shownSteps : null;
  return { map: mapSteps, fine: finestSteps, bytes: 251, whole: null, exact: null }[rounding];
}

const shapesKey = 'shapes';
const drawingKey = 'drawing';
/** Of tensors that are kept otherwise than most. */
const roundingKey = 'rounding';

export function encodeResultTensors(tensors: Tensors): Uint8Array<ArrayBuffer> {
  const entries = [...tensors].map(
    ([name, { values, shape }]) => [name, stored(values, shape)] as const,
  );
  return encodeSafetensors(Object.fromEntries(entries), {
    [drawingKey]: JSON.stringify(
      Object.fromEntries(
        [...tensors].map(([name, { scaling, shown, rounding }]) => [
          name,
          { scaling, shown, ...(rounding === 'coarse' ? {} : { rounding }) },
        ]),
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
  const drawing = file.metadata(drawingKey, isPlainObject);
  return (name) => {
    const shape = file.shape(name);
    const told = (drawing[name] ?? {}) as {
      scaling?: unknown;
      shown?: unknown;
      rounding?: unknown;
    };
    return numericArray(shape, file.values(name, 'F32', shape), {
      scaling: told.scaling === 'log' ? 'log' : 'linear',
      shown: told.shown !== false,
      rounding: roundingOf(told.rounding),
    });
  };
}

/** What figures draw: tensors that are not shown are left out, the others are kept as their rounding says. */
export function encodeShownTensors(tensors: Tensors): Uint8Array<ArrayBuffer> {
  const file = writeQuantised();
  const shapes: Record<string, readonly number[]> = {};
  const others: Record<string, Rounding> = {};
  for (const [name, tensor] of tensors) {
    if (!tensor.shown) continue;
    shapes[name] = tensor.shape;
    if (tensor.rounding !== 'coarse') others[name] = tensor.rounding;
    writeShown(file, name, tensor);
  }
  const isPlain = Object.keys(others).length === 0;
  return file.bytes({ [shapesKey]: shapes, ...(isPlain ? {} : { [roundingKey]: others }) });
}

function writeShown(file: QuantisedWriter, name: string, tensor: NumericArray): void {
  const { values, shape, scaling, rounding } = tensor;
  const steps = stepsOf(tensor);
  if (rounding === 'whole') file.exact(name, Uint8Array.from(values), shape);
  else if (steps === null) file.exact(name, values as Float32Array<ArrayBuffer>, shape);
  else if (rounding === 'bytes') file.quantised(name, values, shape, scaling, 'U8');
  else file.quantised(name, values, shape, scaling, 'U16', steps);
}

/** A reader of what `encodeShownTensors` wrote; null for what is left out. */
export function decodeShownTensors(
  bytes: Uint8Array,
  where: string,
): (name: string) => NumericArray | null {
  const file = readQuantised(bytes, where);
  const shapes = file.metadata(shapesKey, isPlainObject);
  const others = file.hasMetadata(roundingKey) ? file.metadata(roundingKey, isPlainObject) : {};
  return (name) => {
    if (!Object.hasOwn(shapes, name)) return null;
    const shape = file.shape(name);
    const rounding = roundingOf(Object.hasOwn(others, name) ? others[name] : undefined);
    return numericArray(shape, readShown(file, name, shape, rounding), { rounding });
  };
}

function readShown(
  file: QuantisedReader,
  name: string,
  shape: readonly number[],
  rounding: Rounding,
): Float32Array {
  if (rounding === 'whole') return Float32Array.from(file.values(name, 'U8', shape));
  if (rounding === 'bytes') return file.numbers(name, shape, 'U8');
  const size = shape.reduce((product, extent) => product * extent, 1);
  const isExact = rounding === 'exact' || (rounding === 'coarse' && size <= smallEnough);
  return isExact ? file.values(name, 'F32', shape) : file.numbers(name, shape);
}

const roundingOf = (told: unknown): Rounding => roundings.find((each) => each === told) ?? 'coarse';
