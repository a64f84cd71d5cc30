// Takes tensors out of a safetensors file by name, checking dtype and shape on the way.
import { ArtifactError } from './artifact-error.ts';
import { decodeSafetensors, type ArrayOf, type SafetensorsDType } from './safetensors.ts';

/** A size that must be met, or null where any will do. */
export type ExpectedShape = readonly (number | null)[];

export interface TensorReader {
  has(name: string): boolean;
  /** The sizes of a tensor; throws where it is absent or has another rank than the one named. */
  shape(name: string, rank?: number): readonly number[];
  /** Values of a tensor of exactly this dtype and shape. */
  values<D extends SafetensorsDType>(name: string, dtype: D, shape: ExpectedShape): ArrayOf<D>;
  hasMetadata(key: string): boolean;
  /** A metadata string, parsed as JSON; `check` says whether it is what was expected. */
  metadata<T>(key: string, check: (value: unknown) => value is T): T;
}

/** @throws ArtifactError where the file is damaged; so do the methods where it is not what they expect. */
export function readTensors(bytes: Uint8Array, where: string): TensorReader {
  const { tensors, metadata } = decodeSafetensors(bytes, where);
  const find = (name: string) => {
    const tensor = tensors.get(name);
    if (!tensor) {
      throw new ArtifactError(`${where} lacks the tensor "${name}": run the experiment again`);
    }
    return tensor;
  };
  return {
    has: (name) => tensors.has(name),
    shape(name, rank) {
      const { shape } = find(name);
      if (rank !== undefined && shape.length !== rank) {
        throw new ArtifactError(
          `${where}: tensor "${name}" has ${shape.length} axes where ${rank} were expected; run the experiment again`,
        );
      }
      return shape;
    },
    values<D extends SafetensorsDType>(name: string, dtype: D, expected: ExpectedShape) {
      const tensor = find(name);
      const fits =
        tensor.dtype === dtype &&
        tensor.shape.length === expected.length &&
        expected.every((size, axis) => size === null || size === tensor.shape[axis]);
      if (!fits) {
        const wanted = expected.map((size) => size ?? 'any').join(', ');
        throw new ArtifactError(
          `${where}: tensor "${name}" is ${tensor.dtype} [${tensor.shape.join(', ')}] where ${dtype} [${wanted}] was expected; run the experiment again`,
        );
      }
      return tensor.values as ArrayOf<D>;
    },
    hasMetadata: (key) => metadata.has(key),
    metadata<T>(key: string, check: (value: unknown) => value is T): T {
      let value: unknown;
      try {
        value = JSON.parse(metadata.get(key) ?? '');
      } catch {
        value = undefined;
      }
      if (!check(value)) {
        throw new ArtifactError(
          `${where} has no usable metadata "${key}": run the experiment again`,
        );
      }
      return value;
    },
  };
}
