// Picking by index: gather, and its inverse by one-hot rows.
import { range, cast, equal } from './logic.ts';
import { matmul } from './linear.ts';
import { reshape, transpose } from './layout.ts';
import { apply, expectDType, normaliseAxis, ShapeError, showShape, sizeOf } from './tensor.ts';
import type { Operator, Tensor } from './tensor.ts';

/** Only the first axis is gathered, which is all that batches of rows need. */
const gatherOperator: Operator<object> = {
  name: 'gather',
  infer: (inputs) => {
    const [x, indices] = inputs as readonly [Tensor, Tensor];
    expectDType('gather', indices, 'int32');
    if (indices.shape.length !== 1 || x.shape.length === 0) {
      throw new ShapeError(
        `gather: expected rows of a tensor and a list of indices, got ${showShape(x.shape)} and ${showShape(indices.shape)}.`,
      );
    }
    return { shape: [indices.shape[0] as number, ...x.shape.slice(1)], dtype: x.dtype };
  },
  evaluate: ([x, indices], _, shape) => {
    const width = sizeOf(shape.slice(1));
    const result = new Float64Array(sizeOf(shape));
    indices!.values.forEach((row, k) => {
      result.set(x!.values.subarray(row * width, (row + 1) * width), k * width);
    });
    return result;
  },
  gradient: (node, upstream) => {
    const [x, indices] = node.inputs as readonly [Tensor, Tensor];
    const rows = x.shape[0] as number;
    const picks = indices.shape[0] as number;
    const flat = reshape(upstream, [picks, sizeOf(x.shape.slice(1))]);
    // Scatter-add as a product: a row picked twice receives both gradients.
    const scattered = matmul(oneHot(indices, rows), flat, { transposeA: true });
    return [reshape(scattered, x.shape), null];
  },
  onnx: () => ({ type: 'Gather', attributes: { axis: 0 } }),
};

/** Slices of `x` along `axis` at int32 `indices` [k], in their order. */
export function gather(x: Tensor, indices: Tensor, axis = 0): Tensor {
  const along = normaliseAxis('gather', axis, x.shape.length);
  if (along === 0) return apply(gatherOperator, [x, indices], {});
  const order = x.shape.map((_, k) => (k === 0 ? along : k === along ? 0 : k));
  return transpose(apply(gatherOperator, [transpose(x, order), indices], {}), order);
}

/** `[k]` int32 indices to `[k, classes]` float32 rows with a single one. */
export function oneHot(indices: Tensor, classes: number): Tensor {
  expectDType('oneHot', indices, 'int32');
  const column = reshape(indices, [...indices.shape, 1]);
  return cast(equal(column, cast(range(classes), 'int32')), 'float32');
}
