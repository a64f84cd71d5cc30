// Where values enter a graph: named inputs and constants.
import { apply, ShapeError, showShape, sizeOf } from './tensor.ts';
import type { DType, Operator, Shape, Tensor } from './tensor.ts';

export interface InputAttributes {
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
}

export interface ConstantAttributes {
  readonly values: Float64Array;
  readonly shape: Shape;
  readonly dtype: DType;
}

const leafForm = (kind: string) => () => {
  throw new Error(`${kind} is written by the serialiser, not as a node.`);
};

export const inputOperator: Operator<InputAttributes> = {
  name: 'input',
  infer: (_, { name, shape, dtype }) => {
    if (shape.some((extent) => !Number.isInteger(extent) || extent < 1)) {
      throw new ShapeError(
        `input '${name}': shape ${showShape(shape)} needs whole extents of at least 1.`,
      );
    }
    return { shape, dtype };
  },
  evaluate: (_, { name }) => {
    throw new Error(`input '${name}' has no value of its own.`);
  },
  onnx: leafForm('input'),
};

export const constantOperator: Operator<ConstantAttributes> = {
  name: 'constant',
  infer: (_, { values, shape, dtype }) => {
    if (values.length !== sizeOf(shape)) {
      throw new ShapeError(
        `constant: ${values.length} values do not fill the shape ${showShape(shape)}.`,
      );
    }
    return { shape, dtype };
  },
  evaluate: (_, { values }) => values,
  gradient: () => [],
  onnx: leafForm('constant'),
};

/** A value given at every run. */
export const input = (name: string, shape: Shape, dtype: DType = 'float32'): Tensor =>
  apply(inputOperator, [], { name, shape, dtype });

/** A value fixed in the graph; a bare number has shape []. */
export function constant(
  values: number | ArrayLike<number>,
  shape: Shape = typeof values === 'number' ? [] : [values.length],
  dtype: DType = 'float32',
): Tensor {
  const list = typeof values === 'number' ? Float64Array.of(values) : Float64Array.from(values);
  return apply(constantOperator, [], { values: list, shape, dtype });
}

/** The value of a constant tensor, or null for anything else. */
export const constantValues = (tensor: Tensor): Float64Array | null =>
  (tensor.operator as unknown) === constantOperator
    ? (tensor.attributes as ConstantAttributes).values
    : null;

/** One number repeated over a shape; the serialiser writes it as a scalar that is expanded. */
export const filled = (value: number, shape: Shape): Tensor =>
  apply(constantOperator, [], {
    values: new Float64Array(sizeOf(shape)).fill(value),
    shape,
    dtype: 'float32',
  });

/** The name of an input, or null for anything else. */
export function inputName(tensor: Tensor): string | null {
  return (tensor.operator as unknown) === inputOperator
    ? (tensor.attributes as InputAttributes).name
    : null;
}
