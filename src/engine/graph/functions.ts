// Functions of one number, elementwise: each value beside its derivative.
import erfFloat64 from '@stdlib/math-base-special-erf';
import { add, divide, multiply, negate, square, subtract } from './arithmetic.ts';
import { cast, greater, less } from './logic.ts';
import { mapElements } from './nd-array.ts';
import { apply, expectDType } from './tensor.ts';
import type { Operator, Tensor } from './tensor.ts';

/** `derivative(x, y)` is dy/dx, in terms of the input and, where that is cheaper, the result. */
function unary(
  name: string,
  type: string,
  f: (x: number) => number,
  derivative: (x: Tensor, y: Tensor) => Tensor,
): Operator<object> {
  return {
    name,
    infer: ([x]) => {
      expectDType(name, x!, 'float32');
      return x!;
    },
    evaluate: ([x], _, shape) => mapElements(shape, [x!], f as (...v: number[]) => number),
    gradient: (node, upstream) => [multiply(upstream, derivative(node.inputs[0] as Tensor, node))],
    onnx: () => ({ type }),
  };
}

const expOperator = unary('exp', 'Exp', Math.exp, (_, y) => y);
const logOperator = unary('log', 'Log', Math.log, (x) => divide(1, x));
const sqrtOperator = unary('sqrt', 'Sqrt', Math.sqrt, (_, y) => divide(0.5, y));
const tanhOperator = unary('tanh', 'Tanh', Math.tanh, (_, y) => subtract(1, square(y)));
const sigmoidOperator = unary(
  'sigmoid',
  'Sigmoid',
  (x) => 1 / (1 + Math.exp(-x)),
  (_, y) => multiply(y, subtract(1, y)),
);
/** The derivative at 0 is taken as 0, as PyTorch does. */
const reluOperator = unary(
  'relu',
  'Relu',
  (x) => (x > 0 ? x : 0),
  (x) => cast(greater(x, 0), 'float32'),
);
const absOperator = unary('abs', 'Abs', Math.abs, (x) =>
  subtract(cast(greater(x, 0), 'float32'), cast(less(x, 0), 'float32')),
);
/** d/dx erf(x) = 2/sqrt(pi) exp(-x^2). */
const erfOperator = unary('erf', 'Erf', erfFloat64, (x) =>
  multiply(2 / Math.sqrt(Math.PI), exp(negate(square(x)))),
);

export const exp = (x: Tensor): Tensor => apply(expOperator, [x], {});
export const log = (x: Tensor): Tensor => apply(logOperator, [x], {});
export const sqrt = (x: Tensor): Tensor => apply(sqrtOperator, [x], {});
export const tanh = (x: Tensor): Tensor => apply(tanhOperator, [x], {});
export const sigmoid = (x: Tensor): Tensor => apply(sigmoidOperator, [x], {});
export const relu = (x: Tensor): Tensor => apply(reluOperator, [x], {});
export const abs = (x: Tensor): Tensor => apply(absOperator, [x], {});
export const erf = (x: Tensor): Tensor => apply(erfOperator, [x], {});
/** x * Phi(x) with the exact Gaussian distribution function, not the tanh approximation (Hendrycks & Gimpel 2016, section 2). */
export const gelu = (x: Tensor): Tensor =>
  multiply(multiply(0.5, x), add(1, erf(multiply(x, Math.SQRT1_2))));
