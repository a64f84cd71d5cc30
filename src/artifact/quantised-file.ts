// Writes and reads safetensors whose tensors may be quantised; the scales travel in the metadata.
import { isPlainObject } from '../learning/plain-object.ts';
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

export function writeQuantised(): QuantisedWriter {
  const tensors: Record<string, StoredTensor> = {};
  const scales: Record<string, Quantisation> = {};
  return {
    exact(name, values, shape) {
      tensors[name] = stored(values, shape);
    },
    quantised(name, values, shape, scaling, type = 'U16', steps) {
      const { codes, ...quantisation } = quantise(values, type, scaling, steps);
      tensors[name] = stored(codes, shape);
      scales[name] = quantisation;
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
  return {
    ...reader,
    numbers(name, shape, type = 'U16') {
      const quantisation = checkQuantisation(scales[name], `${where}: tensor "${name}"`);
      return dequantise(reader.values(name, type, shape), quantisation);
    },
  };
}
