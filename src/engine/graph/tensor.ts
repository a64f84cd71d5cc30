// A tensor is a node of the graph: an operator, its inputs, and the shape and type that follow from them.
import type { NdArray, Shape } from './nd-array.ts';

export type DType = 'float32' | 'int32' | 'bool';
export type { Shape };

/** One operator's node in ONNX; `constants` are int64 inputs that follow the tensors (axes, target shapes). */
export interface OnnxForm {
  readonly type: string;
  readonly attributes?: Readonly<Record<string, number | readonly number[] | string>>;
  readonly constants?: readonly (readonly number[])[];
}

/**
 * An operator in one place. `Attributes` are its static settings.
 * A gradient is written with operators, so that gradients of gradients come for free.
 */
export interface Operator<Attributes = never> {
  readonly name: string;
  /** Shape and type of the result; throws ShapeError. */
  infer(inputs: readonly Tensor[], attributes: Attributes): { shape: Shape; dtype: DType };
  /** The meaning of the operator, in float64: folds constants, and is the truth that runtimes are tested against. */
  evaluate(inputs: readonly NdArray[], attributes: Attributes, shape: Shape): Float64Array;
  /**
   * From dL/d(node) to dL/d(each input); null where nothing flows.
   * Absent where the operator has no derivative (comparisons, rounding).
   */
  gradient?(node: Tensor<Attributes>, upstream: Tensor): readonly (Tensor | null)[];
  onnx(attributes: Attributes, node: Tensor): OnnxForm;
}

export interface Tensor<Attributes = unknown> {
  readonly operator: Operator<Attributes>;
  readonly inputs: readonly Tensor[];
  readonly attributes: Attributes;
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Two shapes that do not fit an operator, found while the graph is built. */
export class ShapeError extends Error {
  override readonly name = 'ShapeError';
}

/** Builds a node; the shape is inferred and checked here and nowhere later. */
export function apply<Attributes>(
  operator: Operator<Attributes>,
  inputs: readonly Tensor[],
  attributes: Attributes,
): Tensor {
  const { shape, dtype } = operator.infer(inputs, attributes);
  // A graph mixes nodes with attributes of all kinds; each is only ever read by its own operator.
  return { operator, inputs, attributes, shape, dtype } as unknown as Tensor;
}

export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;

export const sizeOf = (shape: Shape): number => shape.reduce((size, extent) => size * extent, 1);

export const sameShape = (a: Shape, b: Shape): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** Resolves negative axes and refuses those out of range. */
export function normaliseAxis(operator: string, axis: number, rank: number): number {
  const resolved = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || resolved < 0 || resolved >= rank) {
    throw new ShapeError(`${operator}: axis ${axis} is outside a tensor of rank ${rank}.`);
  }
  return resolved;
}

/** Numpy's rule: shapes are aligned at the right; extents must be equal, or one of them 1. */
export function broadcastShapes(operator: string, a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const left = a[axis - rank + a.length] ?? 1;
    const right = b[axis - rank + b.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new ShapeError(
        `${operator}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: ` +
          `extents must be equal or 1, but axis ${axis} has ${left} and ${right}.`,
      );
    }
    return left === 1 ? right : left;
  });
}

export function expectDType(operator: string, tensor: Tensor, expected: DType): void {
  if (tensor.dtype !== expected) {
    throw new ShapeError(
      `${operator}: expected a ${expected} tensor, got ${tensor.dtype} of shape ${showShape(tensor.shape)}.`,
    );
  }
}
