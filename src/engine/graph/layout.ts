// Operators that move values without changing them, and the sum, which undoes the ones that repeat them.
import { broadcastStrides, walk } from './nd-array.ts';
import {
  apply,
  broadcastShapes,
  normaliseAxis,
  sameShape,
  ShapeError,
  showShape,
  sizeOf,
} from './tensor.ts';
import type { Operator, Shape, Tensor } from './tensor.ts';

const one = (inputs: readonly Tensor[]): Tensor => inputs[0] as Tensor;
/** Row-major strides without the broadcast rule. */
const strictStrides = (shape: Shape): number[] =>
  shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));

const reshapeOperator: Operator<{ shape: Shape }> = {
  name: 'reshape',
  infer: (inputs, { shape }) => {
    const { shape: from, dtype } = one(inputs);
    if (sizeOf(from) !== sizeOf(shape)) {
      throw new ShapeError(
        `reshape: ${showShape(from)} has ${sizeOf(from)} values, ${showShape(shape)} has ${sizeOf(shape)}.`,
      );
    }
    return { shape, dtype };
  },
  evaluate: ([x]) => x!.values,
  gradient: (node, upstream) => [reshape(upstream, one(node.inputs).shape)],
  onnx: ({ shape }) => ({ type: 'Reshape', constants: [shape] }),
};

const transposeOperator: Operator<{ order: readonly number[] }> = {
  name: 'transpose',
  infer: (inputs, { order }) => {
    const { shape, dtype } = one(inputs);
    if (
      ![...order].sort((a, b) => a - b).every((axis, k) => axis === k) ||
      order.length !== shape.length
    ) {
      throw new ShapeError(
        `transpose: order ${showShape(order)} is not a permutation of the axes of ${showShape(shape)}.`,
      );
    }
    return { shape: order.map((axis) => shape[axis] as number), dtype };
  },
  evaluate: ([x], { order }, shape) => {
    const strides = strictStrides(x!.shape);
    const result = new Float64Array(x!.values.length);
    walk(shape, [order.map((axis) => strides[axis] as number)], (index, [offset]) => {
      result[index] = x!.values[offset as number] as number;
    });
    return result;
  },
  gradient: ({ attributes: { order } }, upstream) => [
    transpose(
      upstream,
      order.map((_, axis) => order.indexOf(axis)),
    ),
  ],
  onnx: ({ order }) => ({ type: 'Transpose', attributes: { perm: order } }),
};

const expandOperator: Operator<{ shape: Shape }> = {
  name: 'expand',
  infer: (inputs, { shape }) => {
    const { shape: from, dtype } = one(inputs);
    if (!sameShape(broadcastShapes('expand', from, shape), shape)) {
      throw new ShapeError(`expand: ${showShape(from)} does not repeat to ${showShape(shape)}.`);
    }
    return { shape, dtype };
  },
  evaluate: ([x], _, shape) => {
    const result = new Float64Array(sizeOf(shape));
    walk(shape, [broadcastStrides(x!.shape, shape.length)], (index, [offset]) => {
      result[index] = x!.values[offset as number] as number;
    });
    return result;
  },
  gradient: (node, upstream) => [sumTo(upstream, one(node.inputs).shape)],
  onnx: ({ shape }) => ({ type: 'Expand', constants: [shape] }),
};

const sumOperator: Operator<{ axes: readonly number[]; keepDims: boolean }> = {
  name: 'sum',
  infer: (inputs, { axes, keepDims }) => ({
    shape: reducedShape(one(inputs).shape, axes, keepDims),
    dtype: one(inputs).dtype,
  }),
  evaluate: ([x], { axes }, shape) => {
    const result = new Float64Array(sizeOf(shape));
    const kept = reducedShape(x!.shape, axes, true);
    walk(x!.shape, [broadcastStrides(kept, kept.length)], (index, [offset]) => {
      (result[offset as number] as number) += x!.values[index] as number;
    });
    return result;
  },
  gradient: ({ inputs, attributes: { axes } }, upstream) => {
    const { shape } = one(inputs);
    return [expand(reshape(upstream, reducedShape(shape, axes, true)), shape)];
  },
  onnx: ({ axes, keepDims }) => ({
    type: 'ReduceSum',
    attributes: { keepdims: Number(keepDims) },
    constants: [axes],
  }),
};

const sliceOperator: Operator<{ axis: number; start: number; end: number }> = {
  name: 'slice',
  infer: (inputs, { axis, start, end }) => {
    const { shape, dtype } = one(inputs);
    if (!(0 <= start && start < end && end <= (shape[axis] as number))) {
      throw new ShapeError(
        `slice: ${start} to ${end} is not a range within axis ${axis} of ${showShape(shape)}.`,
      );
    }
    return { shape: shape.map((extent, k) => (k === axis ? end - start : extent)), dtype };
  },
  evaluate: ([x], { axis, start }, shape) => {
    const strides = strictStrides(x!.shape);
    const first = start * (strides[axis] as number);
    const result = new Float64Array(sizeOf(shape));
    walk(shape, [strides], (index, [offset]) => {
      result[index] = x!.values[first + (offset as number)] as number;
    });
    return result;
  },
  gradient: ({ inputs, attributes: { axis, start, end } }, upstream) => {
    const extent = one(inputs).shape[axis] as number;
    return [pad(upstream, axis, start, extent - end)];
  },
  onnx: ({ axis, start, end }) => ({ type: 'Slice', constants: [[start], [end], [axis]] }),
};

const padOperator: Operator<{ axis: number; before: number; after: number }> = {
  name: 'pad',
  infer: (inputs, { axis, before, after }) => {
    const { shape, dtype } = one(inputs);
    if (before < 0 || after < 0) {
      throw new ShapeError(`pad: ${before} before and ${after} after must not be negative.`);
    }
    return {
      shape: shape.map((extent, k) => (k === axis ? before + extent + after : extent)),
      dtype,
    };
  },
  evaluate: ([x], { axis, before }, shape) => {
    const strides = strictStrides(shape);
    const first = before * (strides[axis] as number);
    const result = new Float64Array(sizeOf(shape));
    walk(x!.shape, [strides], (index, [offset]) => {
      result[first + (offset as number)] = x!.values[index] as number;
    });
    return result;
  },
  gradient: ({ inputs, attributes: { axis, before } }, upstream) => [
    slice(upstream, axis, before, before + (one(inputs).shape[axis] as number)),
  ],
  onnx: ({ axis, before, after }, { shape }) => ({
    type: 'Pad',
    constants: [
      [
        ...shape.map((_, k) => (k === axis ? before : 0)),
        ...shape.map((_, k) => (k === axis ? after : 0)),
      ],
    ],
  }),
};

const concatOperator: Operator<{ axis: number }> = {
  name: 'concat',
  infer: (inputs, { axis }) => {
    const first = one(inputs);
    for (const { shape, dtype } of inputs) {
      const fits =
        dtype === first.dtype &&
        shape.length === first.shape.length &&
        shape.every((extent, k) => k === axis || extent === first.shape[k]);
      if (!fits) {
        throw new ShapeError(
          `concat: ${showShape(shape)} does not join ${showShape(first.shape)} along axis ${axis}: the other axes must agree.`,
        );
      }
    }
    const extent = inputs.reduce((total, { shape }) => total + (shape[axis] as number), 0);
    return { shape: first.shape.map((e, k) => (k === axis ? extent : e)), dtype: first.dtype };
  },
  evaluate: (parts, { axis }, shape) => {
    const strides = strictStrides(shape);
    const result = new Float64Array(sizeOf(shape));
    let first = 0;
    for (const part of parts) {
      walk(part.shape, [strides], (index, [offset]) => {
        result[first + (offset as number)] = part.values[index] as number;
      });
      first += (part.shape[axis] as number) * (strides[axis] as number);
    }
    return result;
  },
  gradient: ({ inputs, attributes: { axis } }, upstream) => {
    let start = 0;
    return inputs.map(({ shape }) => {
      const end = start + (shape[axis] as number);
      const part = slice(upstream, axis, start, end);
      start = end;
      return part;
    });
  },
  onnx: ({ axis }) => ({ type: 'Concat', attributes: { axis } }),
};

/** The shape left when `axes` are summed or otherwise reduced away. */
export const reducedShape = (shape: Shape, axes: readonly number[], keepDims: boolean): Shape =>
  keepDims
    ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent))
    : shape.filter((_, axis) => !axes.includes(axis));

/** The same values in row-major order under another shape. */
export const reshape = (x: Tensor, shape: Shape): Tensor => apply(reshapeOperator, [x], { shape });

/** Result axis k is input axis `order[k]`; by default the last two axes swap. */
export const transpose = (
  x: Tensor,
  order: readonly number[] = x.shape.map((_, k, { length }) =>
    k < length - 2 ? k : 2 * length - 3 - k,
  ),
): Tensor => apply(transposeOperator, [x], { order });

/** Repeats values to a larger shape by numpy's broadcasting rule. */
export const expand = (x: Tensor, shape: Shape): Tensor => apply(expandOperator, [x], { shape });

/** Sums over `axes` (all of them by default). */
export function sum(
  x: Tensor,
  axes: readonly number[] = x.shape.map((_, axis) => axis),
  { keepDims = false } = {},
): Tensor {
  const resolved = axes.map((axis) => normaliseAxis('sum', axis, x.shape.length));
  return resolved.length === 0 ? x : apply(sumOperator, [x], { axes: resolved, keepDims });
}

/** Elements `start` to `end` (exclusive) of one axis. */
export const slice = (x: Tensor, axis: number, start: number, end: number): Tensor =>
  apply(sliceOperator, [x], { axis: normaliseAxis('slice', axis, x.shape.length), start, end });

/** Zeros before and after, along one axis. */
export const pad = (x: Tensor, axis: number, before: number, after: number): Tensor =>
  apply(padOperator, [x], { axis: normaliseAxis('pad', axis, x.shape.length), before, after });

/** Joins tensors along one axis. */
export function concat(parts: readonly Tensor[], axis: number): Tensor {
  const first = parts[0];
  if (!first) throw new ShapeError('concat: expected at least one tensor, got none.');
  return apply(concatOperator, parts, { axis: normaliseAxis('concat', axis, first.shape.length) });
}

/** Undoes broadcasting: sums over the axes along which `shape` was repeated. */
export function sumTo(x: Tensor, shape: Shape): Tensor {
  if (sameShape(x.shape, shape)) return x;
  const added = x.shape.length - shape.length;
  const axes = x.shape
    .map((_, axis) => axis)
    .filter((axis) => axis < added || (shape[axis - added] === 1 && x.shape[axis] !== 1));
  return reshape(sum(x, axes), shape);
}
