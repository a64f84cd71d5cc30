// Shapes are checked while a graph is built; tidying keeps what a graph computes; models name what they take.
import { describe, expect, it } from 'vitest';
import { gradients } from '../../../src/engine/autodiff/gradients.ts';
import {
  add,
  concat,
  constant,
  exp,
  expand,
  filled,
  greater,
  input,
  matmul,
  multiply,
  negate,
  reshape,
  ShapeError,
  slice,
  subtract,
  sum,
  tanh,
  transpose,
} from '../../../src/engine/graph/index.ts';
import { topologicalOrder } from '../../../src/engine/graph/traverse.ts';
import { serialise } from '../../../src/engine/onnx/serialise.ts';
import { tidy } from '../../../src/engine/onnx/tidy.ts';
import { compileGraph, floats } from '../../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { evaluateReference } from '../../fixtures/evaluate-reference.ts';

const x = input('x', [2, 3]);
const y = input('y', [4, 3]);

describe('shape errors name the operator and both shapes', () => {
  it.each([
    [
      () => add(x, y),
      'add: shapes [2, 3] and [4, 3] do not broadcast: extents must be equal or 1, but axis 0 has 2 and 4.',
    ],
    [() => matmul(x, y), 'matmul: [2, 3] and [4, 3] do not multiply: 3 columns meet 4 rows.'],
    [
      () => matmul(x, y, { transposeA: true }),
      'matmul: [2, 3] transposed and [4, 3] do not multiply: 2 columns meet 4 rows.',
    ],
    [() => reshape(x, [4]), 'reshape: [2, 3] has 6 values, [4] has 4.'],
    [
      () => transpose(x, [0, 0]),
      'transpose: order [0, 0] is not a permutation of the axes of [2, 3].',
    ],
    [() => slice(x, 1, 2, 5), 'slice: 2 to 5 is not a range within axis 1 of [2, 3].'],
    [() => sum(x, [2]), 'sum: axis 2 is outside a tensor of rank 2.'],
    [
      () => concat([x, y], 1),
      'concat: [4, 3] does not join [2, 3] along axis 1: the other axes must agree.',
    ],
    [
      () => expand(x, [2, 4]),
      'expand: shapes [2, 3] and [2, 4] do not broadcast: extents must be equal or 1, but axis 1 has 3 and 4.',
    ],
    [() => add(x, greater(x, 0)), 'add: expected a float32 tensor, got bool of shape [2, 3].'],
    [() => input('z', [2, 0]), "input 'z': shape [2, 0] needs whole extents of at least 1."],
    [() => constant([1, 2], [3]), 'constant: 2 values do not fill the shape [3].'],
  ])('%#', (build, message) => {
    expect(build).toThrow(ShapeError);
    expect(build).toThrow(message);
  });
});

describe('tidy', () => {
  const size = (outputs: Record<string, ReturnType<typeof add>>) =>
    topologicalOrder(Object.values(tidy(outputs))).length;

  it('computes a repeated subexpression once', () => {
    const twice = add(tanh(x), multiply(tanh(x), tanh(x)));
    expect(size({ twice })).toBe(4); // x, tanh, multiply, add
  });

  it('folds constants', () => {
    const folded = multiply(x, add(exp(constant(0)), 1));
    expect(size({ folded })).toBe(3); // x, 2, multiply
  });

  it('drops what does nothing', () => {
    const same = reshape(reshape(add(multiply(x, 1), 0), [6]), [2, 3]);
    expect(size({ same })).toBe(1);
  });

  it('turns adding a negation into a subtraction and lets broadcasting repeat', () => {
    const difference = add(x, negate(expand(input('b', [3]), [2, 3])));
    const names = topologicalOrder([tidy({ difference }).difference!]).map((n) => n.operator.name);
    expect(names).toEqual(['input', 'input', 'subtract']);
  });

  it('keeps constants apart that JSON would write alike', () => {
    const three = [NaN, Infinity, -Infinity].map((value) => multiply(x, constant(value)));
    const outputs = Object.fromEntries(three.map((node, k) => [`z${k}`, node]));
    const feeds = { x: [1, 1, 1, 1, 1, 1] };
    const values = evaluateReference(Object.values(tidy(outputs)), feeds).map(([first]) => first);
    expect(values).toEqual([NaN, Infinity, -Infinity]);
  });

  it('keeps the values of a whole gradient graph', () => {
    const w = input('w', [3, 2]);
    const loss = sum(tanh(matmul(x, w)), [1]);
    const [gradient] = gradients(loss, [w]);
    const feeds = { x: [1, -2, 0.5, 0.3, 0.1, -0.7], w: [0.2, 0.4, -0.3, 0.8, 0.9, -0.1] };
    const [before] = evaluateReference([gradient!], feeds);
    const [after] = evaluateReference([tidy({ gradient: gradient! }).gradient!], feeds);
    expect([...after!]).toEqual([...before!]);
    expect(topologicalOrder([tidy({ gradient: gradient! }).gradient!]).length).toBeLessThan(
      topologicalOrder([gradient!]).length,
    );
  });
});

describe('serialise', () => {
  it('is the same bytes for the same graph', () => {
    const build = () =>
      serialise({ z: tanh(matmul(input('a', [2, 3]), input('b', [3, 2]))) }).bytes;
    expect(build()).toEqual(build());
  });

  it('keeps a large uniform constant small', () => {
    const model = serialise({ z: matmul(filled(1, [100, 100]), input('b', [100, 2])) });
    expect(model.bytes.byteLength).toBeLessThan(1000);
  });

  it('gives what lies between names that no input or output has', async () => {
    const executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
    const program = await compileGraph(executor, { t1: tanh(add(input('t0', [1]), 1)) });
    const { t1 } = await program.run({ t0: floats([1], Float32Array.of(0)) });
    expect((await t1!.read())[0]).toBeCloseTo(Math.tanh(1), 6);
    executor.dispose();
  });

  it('refuses two inputs of one name, and an output named like an input', () => {
    expect(() => serialise({ z: add(input('a', [2]), input('a', [1])) })).toThrow(
      "serialise: two different inputs are named 'a'; rename one.",
    );
    expect(() => serialise({ a: subtract(input('a', [2]), 1) })).toThrow(
      "serialise: 'a' names an input and an output; rename one.",
    );
  });
});
