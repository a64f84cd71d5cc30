// Writes and reads safetensors whose tensors may be quantised; the scales travel in the metadata.
import { isPlainObject } from '../learning/plain-object.ts';
import { packedIfSmaller, unpackDifferences } from './packed-differences.ts';
import {
  checkQuantisation,
  dequantise,
  quantise,
  type CodeType,
  type Quantisation,
} from './quantise.ts';
import {
  encodeSafetensors,
  stored,
  type SafetensorsDType,
  type ArrayOf,
  type StoredTensor,
} from './safetensors.ts';
import { readTensors, type ExpectedShape, type TensorReader } from './tensor-reader.ts';

export interface QuantisedWriter {
  exact<D extends SafetensorsDType>(
    name: string,
    values: ArrayOf<D>,
    shape: readonly number[],
  ): void;
  quantised(
    name: string,
    values: Float32Array,
    shape: readonly number[],
    scaling: 'linear' | 'log',
    type?: CodeType,
    steps?: number,
  ): void;
  /** The file; `metadata` values are written as JSON. */
  bytes(metadata?: Readonly<Record<string, unknown>>): Uint8Array<ArrayBuffer>;
}

const quantisationKey = 'quantisation';
/** Marks tensors whose codes are kept as differences (see packed-differences.ts). */
const packing = 'differences';

export function writeQuantised(): QuantisedWriter {
  const tensors: Record<string, StoredTensor> = {};
  const scales: Record<string, Quantisation & { readonly packing?: typeof packing }> = {};
  return {
    exact(name, values, shape) {
      tensors[name] = stored(values, shape);
    },
    quantised(name, values, shape, scaling, type = 'U16', steps) {
      const { codes, ...quantisation } = quantise(values, type, scaling, steps);
      const packed = codes instanceof Uint16Array ? packedIfSmaller(codes, shape) : null;
      tensors[name] = packed ? stored(packed, [2, ...shape]) : stored(codes, shape);
      scales[name] = packed ? { ...quantisation, packing } : quantisation;
    },
    bytes(metadata = {}) {
      const texts = Object.entries({ ...metadata, [quantisationKey]: scales }).map(
        ([key, value]) => [key, JSON.stringify(value)] as const,
      );
      return encodeSafetensors(tensors, Object.fromEntries(texts));
    },
  };
}

export interface QuantisedReader extends TensorReader {
  /** A tensor that was quantised, as numbers again. */
  numbers(name: string, shape: ExpectedShape, type?: CodeType): Float32Array<ArrayBuffer>;
}

export function readQuantised(bytes: Uint8Array, where: string): QuantisedReader {
  const reader = readTensors(bytes, where);
  const scales = reader.metadata(quantisationKey, isPlainObject);
  const isPacked = (name: string): boolean =>
    Object.hasOwn(scales, name) &&
    (scales[name] as { packing?: unknown } | null)?.packing === packing;
  return {
    ...reader,
    shape(name, rank) {
      if (!isPacked(name)) return reader.shape(name, rank);
      return reader.shape(name, rank === undefined ? undefined : rank + 1).slice(1);
    },
    numbers(name, shape, type = 'U16') {
      const quantisation = checkQuantisation(scales[name], `${where}: tensor "${name}"`);
      if (!isPacked(name)) return dequantise(reader.values(name, type, shape), quantisation);
      const bytes = reader.values(name, 'U8', [2, ...shape]);
      return dequantise(unpackDifferences(bytes, reader.shape(name).slice(1)), quantisation);
    },
  };
}
