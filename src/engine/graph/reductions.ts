// Reductions other than the plain sum.
import { divide, multiply } from './arithmetic.ts';
import { expand, reducedShape, reshape, sum } from './layout.ts';
import { cast, equal } from './logic.ts';
import { broadcastStrides, walk } from './nd-array.ts';
import { apply, expectDType, normaliseAxis, sizeOf } from './tensor.ts';
import type { Operator, Tensor } from './tensor.ts';

interface Reduction {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/**
 * The gradient of an extremum goes to the elements that attain it, in equal parts. NaN among the elements
 * gives NaN, as in numpy; `f` never prefers `least`.
 */
function extremum(
  name: string,
  type: string,
  f: (a: number, b: number) => number,
  least: number,
): Operator<Reduction> {
  return {
    name,
    infer: ([x], { axes, keepDims }) => {
      expectDType(name, x!, 'float32');
      return { shape: reducedShape(x!.shape, axes, keepDims), dtype: 'float32' };
    },
    evaluate: ([x], { axes }, shape) => {
      const result = new Float64Array(sizeOf(shape)).fill(least);
      const kept = reducedShape(x!.shape, axes, true);
      walk(x!.shape, [broadcastStrides(kept, kept.length)], (index, [offset]) => {
        const value = x!.values[index] as number;
        result[offset as number] = f(result[offset as number] as number, value);
      });
      return result;
    },
    gradient: (node, upstream) => {
      const x = node.inputs[0] as Tensor;
      const { axes } = node.attributes;
      const kept = reducedShape(x.shape, axes, true);
      const attained = cast(equal(x, expand(reshape(node as Tensor, kept), x.shape)), 'float32');
      const share = divide(attained, sum(attained, axes, { keepDims: true }));
      return [multiply(share, reshape(upstream, kept))];
    },
    onnx: ({ axes, keepDims }) => ({
      type,
      attributes: { keepdims: Number(keepDims) },
      constants: [axes],
    }),
  };
}

const maxOperator = extremum('max', 'ReduceMax', Math.max, -Infinity);
const minOperator = extremum('min', 'ReduceMin', Math.min, Infinity);

const reduction =
  (operator: Operator<Reduction>) =>
  (
    x: Tensor,
    axes: readonly number[] = x.shape.map((_, axis) => axis),
    { keepDims = false } = {},
  ): Tensor => {
    const resolved = axes.map((axis) => normaliseAxis(operator.name, axis, x.shape.length));
    return resolved.length === 0 ? x : apply(operator, [x], { axes: resolved, keepDims });
  };

export const max = reduction(maxOperator);
export const min = reduction(minOperator);

/** The arithmetic mean over `axes` (all of them by default). */
export function mean(
  x: Tensor,
  axes?: readonly number[],
  options?: { keepDims?: boolean },
): Tensor {
  const total = sum(x, axes, options);
  return multiply(total, sizeOf(total.shape) / sizeOf(x.shape));
}
