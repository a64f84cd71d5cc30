// The batched matrix product, with either operand transposed at no cost in the formula.
import { sumTo } from './layout.ts';
import { broadcastStrides, walk } from './nd-array.ts';
import { apply, broadcastShapes, expectDType, ShapeError, showShape, sizeOf } from './tensor.ts';
import type { Operator, Shape, Tensor } from './tensor.ts';

export interface MatmulAttributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

const matrix = (shape: Shape, transposed: boolean): readonly [number, number] => {
  const [rows, columns] = shape.slice(-2) as [number, number];
  return transposed ? [columns, rows] : [rows, columns];
};

/** op(A) @ op(B) over the last two axes; leading axes broadcast. */
export const matmulOperator: Operator<MatmulAttributes> = {
  name: 'matmul',
  infer: (inputs, { transposeA, transposeB }) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    expectDType('matmul', a, 'float32');
    expectDType('matmul', b, 'float32');
    if (a.shape.length < 2 || b.shape.length < 2) {
      throw new ShapeError(
        `matmul: shapes ${showShape(a.shape)} and ${showShape(b.shape)} need at least two axes each.`,
      );
    }
    const [rows, inner] = matrix(a.shape, transposeA);
    const [innerB, columns] = matrix(b.shape, transposeB);
    if (inner !== innerB) {
      throw new ShapeError(
        `matmul: ${showShape(a.shape)}${transposeA ? ' transposed' : ''} and ` +
          `${showShape(b.shape)}${transposeB ? ' transposed' : ''} do not multiply: ` +
          `${inner} columns meet ${innerB} rows.`,
      );
    }
    const batch = broadcastShapes('matmul', a.shape.slice(0, -2), b.shape.slice(0, -2));
    return { shape: [...batch, rows, columns], dtype: 'float32' };
  },
  evaluate: ([a, b], { transposeA, transposeB }, shape) => {
    const result = new Float64Array(sizeOf(shape));
    const batch = shape.slice(0, -2);
    const [rows, inner] = matrix(a!.shape, transposeA);
    const columns = shape[shape.length - 1] as number;
    const [rowA, colA] = transposeA ? [1, rows] : [inner, 1];
    const [rowB, colB] = transposeB ? [1, inner] : [columns, 1];
    const strides = [a!, b!].map(({ shape: s }) => broadcastStrides(s.slice(0, -2), batch.length));
    walk(batch, strides, (index, offsets) => {
      const baseA = (offsets[0] as number) * rows * inner;
      const baseB = (offsets[1] as number) * inner * columns;
      for (let i = 0; i < rows; i++) {
        for (let j = 0; j < columns; j++) {
          let total = 0;
          for (let k = 0; k < inner; k++) {
            total +=
              (a!.values[baseA + i * rowA + k * colA] as number) *
              (b!.values[baseB + k * rowB + j * colB] as number);
          }
          result[(index * rows + i) * columns + j] = total;
        }
      }
    });
    return result;
  },
  gradient: ({ inputs, attributes: { transposeA, transposeB } }, upstream) => {
    const [a, b] = inputs as readonly [Tensor, Tensor];
    // Y = A B: dA = dY B', dB = A' dY; where an operand enters transposed, so does its gradient.
    const da = transposeA
      ? matmul(b, upstream, { transposeA: transposeB, transposeB: true })
      : matmul(upstream, b, { transposeB: !transposeB });
    const db = transposeB
      ? matmul(upstream, a, { transposeA: true, transposeB: transposeA })
      : matmul(a, upstream, { transposeA: !transposeA });
    return [sumTo(da, a.shape), sumTo(db, b.shape)];
  },
  onnx: () => {
    throw new Error('matmul is written by the serialiser, which knows the provider.');
  },
};

/** The product of the last two axes; `[..., m, k] @ [..., k, n]` gives `[..., m, n]`. */
export const matmul = (
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: Partial<MatmulAttributes> = {},
): Tensor => apply(matmulOperator, [a, b], { transposeA, transposeB });
