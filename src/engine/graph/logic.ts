// Comparisons, choices and changes of type.
import { constant } from './leaf.ts';
import { sumTo } from './layout.ts';
import { mapElements } from './nd-array.ts';
import { tensorOf } from './arithmetic.ts';
import type { Operand } from './arithmetic.ts';
import { apply, broadcastShapes, expectDType } from './tensor.ts';
import type { DType, Operator, Tensor } from './tensor.ts';

function comparison(
  name: string,
  type: string,
  f: (a: number, b: number) => boolean,
): Operator<object> {
  return {
    name,
    infer: ([a, b]) => {
      expectDType(name, b!, a!.dtype);
      return { shape: broadcastShapes(name, a!.shape, b!.shape), dtype: 'bool' };
    },
    evaluate: (operands, _, shape) =>
      mapElements(shape, operands, (a, b) => Number(f(a as number, b as number))),
    onnx: () => ({ type }),
  };
}

const greaterOperator = comparison('greater', 'Greater', (a, b) => a > b);
const lessOperator = comparison('less', 'Less', (a, b) => a < b);
const equalOperator = comparison('equal', 'Equal', (a, b) => a === b);

const whereOperator: Operator<object> = {
  name: 'where',
  infer: ([condition, a, b]) => {
    expectDType('where', condition!, 'bool');
    expectDType('where', b!, a!.dtype);
    const choices = broadcastShapes('where', a!.shape, b!.shape);
    return { shape: broadcastShapes('where', condition!.shape, choices), dtype: a!.dtype };
  },
  evaluate: (operands, _, shape) =>
    mapElements(shape, operands, (condition, a, b) => (condition ? a : b) as number),
  gradient: ({ inputs }, upstream) => {
    const [condition, a, b] = inputs as readonly [Tensor, Tensor, Tensor];
    return [
      null,
      sumTo(where(condition, upstream, 0), a.shape),
      sumTo(where(condition, 0, upstream), b.shape),
    ];
  },
  onnx: () => ({ type: 'Where' }),
};

const onnxTypes = { float32: 1, int32: 6, bool: 9 } as const;

const castOperator: Operator<{ dtype: DType }> = {
  name: 'cast',
  infer: ([x], { dtype }) => ({ shape: x!.shape, dtype }),
  evaluate: ([x], { dtype }, shape) =>
    mapElements(shape, [x!], (v) =>
      dtype === 'bool' ? Number(v !== 0) : dtype === 'int32' ? Math.trunc(v!) : v!,
    ),
  gradient: () => [null],
  onnx: ({ dtype }) => ({ type: 'Cast', attributes: { to: onnxTypes[dtype] } }),
};

/** Passes values on and lets no gradient back: for parts of a formula whose derivatives cancel. */
const detachOperator: Operator<object> = {
  name: 'detach',
  infer: ([x]) => x!,
  evaluate: ([x]) => x!.values,
  gradient: () => [null],
  onnx: () => ({ type: 'Identity' }),
};

export const greater = (a: Operand, b: Operand): Tensor =>
  apply(greaterOperator, [tensorOf(a), tensorOf(b)], {});
export const less = (a: Operand, b: Operand): Tensor =>
  apply(lessOperator, [tensorOf(a), tensorOf(b)], {});
export const equal = (a: Operand, b: Operand): Tensor =>
  apply(equalOperator, [tensorOf(a), tensorOf(b)], {});
/** `a` where the condition holds, `b` elsewhere. */
export const where = (condition: Tensor, a: Operand, b: Operand): Tensor =>
  apply(whereOperator, [condition, tensorOf(a), tensorOf(b)], {});
export const cast = (x: Tensor, dtype: DType): Tensor =>
  x.dtype === dtype ? x : apply(castOperator, [x], { dtype });
export const detach = (x: Tensor): Tensor => apply(detachOperator, [x], {});
/** 0, 1, 2, … as float32, shape [count]. */
export const range = (count: number): Tensor =>
  constant(Float64Array.from({ length: count }, (_, k) => k));
