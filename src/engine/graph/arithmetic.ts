// The four operations on broadcast operands, and the sign changed.
import { constant } from './leaf.ts';
import { sumTo } from './layout.ts';
import { mapElements } from './nd-array.ts';
import { apply, broadcastShapes, expectDType } from './tensor.ts';
import type { Operator, Tensor } from './tensor.ts';

type Pair = readonly [Tensor, Tensor];
/** A tensor, or a number that stands for a constant of shape []. */
export type Operand = Tensor | number;

export const tensorOf = (operand: Operand): Tensor =>
  typeof operand === 'number' ? constant(operand) : operand;

function binary(
  name: string,
  type: string,
  f: (a: number, b: number) => number,
  gradient: (a: Tensor, b: Tensor, upstream: Tensor, result: Tensor) => Pair,
): Operator<object> {
  return {
    name,
    infer: (inputs) => {
      const [a, b] = inputs as Pair;
      expectDType(name, a, 'float32');
      expectDType(name, b, 'float32');
      return { shape: broadcastShapes(name, a.shape, b.shape), dtype: 'float32' };
    },
    evaluate: (operands, _, shape) => mapElements(shape, operands, f as (...v: number[]) => number),
    gradient: (node, upstream) => {
      const [a, b] = node.inputs as Pair;
      const [da, db] = gradient(a, b, upstream, node);
      return [sumTo(da, a.shape), sumTo(db, b.shape)];
    },
    onnx: () => ({ type }),
  };
}

const addOperator = binary(
  'add',
  'Add',
  (a, b) => a + b,
  (_a, _b, up) => [up, up],
);
const subtractOperator = binary(
  'subtract',
  'Sub',
  (a, b) => a - b,
  (_a, _b, up) => [up, negate(up)],
);
const multiplyOperator = binary(
  'multiply',
  'Mul',
  (a, b) => a * b,
  (a, b, up) => [multiply(up, b), multiply(up, a)],
);
const divideOperator = binary(
  'divide',
  'Div',
  (a, b) => a / b,
  (_a, b, up, quotient) => [divide(up, b), negate(divide(multiply(up, quotient), b))],
);

const negateOperator: Operator<object> = {
  name: 'negate',
  infer: ([x]) => {
    expectDType('negate', x!, 'float32');
    return x!;
  },
  evaluate: ([x], _, shape) => mapElements(shape, [x!], (v) => -v!),
  gradient: (_, upstream) => [negate(upstream)],
  onnx: () => ({ type: 'Neg' }),
};

export const add = (a: Operand, b: Operand): Tensor =>
  apply(addOperator, [tensorOf(a), tensorOf(b)], {});
export const subtract = (a: Operand, b: Operand): Tensor =>
  apply(subtractOperator, [tensorOf(a), tensorOf(b)], {});
export const multiply = (a: Operand, b: Operand): Tensor =>
  apply(multiplyOperator, [tensorOf(a), tensorOf(b)], {});
export const divide = (a: Operand, b: Operand): Tensor =>
  apply(divideOperator, [tensorOf(a), tensorOf(b)], {});
export const negate = (x: Tensor): Tensor => apply(negateOperator, [x], {});
export const square = (x: Tensor): Tensor => multiply(x, x);
