// Every operator: its value in ONNX Runtime against float64 semantics, its derivatives against finite differences.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradients } from '../../../src/engine/autodiff/gradients.ts';
import { hessianVectorProduct } from '../../../src/engine/autodiff/hessian-vector-product.ts';
import * as graph from '../../../src/engine/graph/index.ts';
import type { Tensor } from '../../../src/engine/graph/index.ts';
import { compileGraph, floats } from '../../../src/engine/runtime/executor.ts';
import type { Executor } from '../../../src/engine/runtime/executor.ts';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { evaluateReference } from '../../fixtures/evaluate-reference.ts';
import { randomStream } from '../../../src/learning/random.ts';

interface Case {
  readonly shapes: readonly (readonly number[])[];
  readonly build: (...inputs: Tensor[]) => Tensor;
  /** Moves uniform(-1, 1) numbers to where the operator is smooth. */
  readonly domain?: (value: number) => number;
}

const awayFromZero = (value: number) => value + Math.sign(value) * 0.2;
const positive = (value: number) => Math.abs(value) + 0.5;
const indices = graph.constant([2, 0, 2], [3], 'int32');

const cases: Record<string, Case> = {
  'add, broadcast': { shapes: [[2, 3], [3]], build: graph.add },
  'subtract, broadcast': { shapes: [[2, 1], [3]], build: graph.subtract },
  'multiply, broadcast': {
    shapes: [
      [2, 3],
      [2, 1],
    ],
    build: graph.multiply,
  },
  'divide, broadcast': { shapes: [[2, 3], [3]], build: graph.divide, domain: positive },
  negate: { shapes: [[2, 3]], build: graph.negate },
  square: { shapes: [[2, 3]], build: graph.square },
  exp: { shapes: [[2, 3]], build: graph.exp },
  log: { shapes: [[2, 3]], build: graph.log, domain: positive },
  sqrt: { shapes: [[2, 3]], build: graph.sqrt, domain: positive },
  tanh: { shapes: [[2, 3]], build: graph.tanh },
  sigmoid: { shapes: [[2, 3]], build: graph.sigmoid },
  relu: { shapes: [[2, 3]], build: graph.relu, domain: awayFromZero },
  abs: { shapes: [[2, 3]], build: graph.abs, domain: awayFromZero },
  erf: { shapes: [[2, 3]], build: graph.erf },
  gelu: { shapes: [[2, 3]], build: graph.gelu },
  'sum, one axis': { shapes: [[2, 3, 2]], build: (x) => graph.sum(x, [1]) },
  'sum, kept axes': { shapes: [[2, 3]], build: (x) => graph.sum(x, [-1], { keepDims: true }) },
  sumTo: { shapes: [[2, 3, 2]], build: (x) => graph.sumTo(x, [3, 1]) },
  mean: { shapes: [[2, 3]], build: (x) => graph.mean(x, [0]) },
  max: { shapes: [[3, 4]], build: (x) => graph.max(x, [1]) },
  min: { shapes: [[3, 4]], build: (x) => graph.min(x, [0], { keepDims: true }) },
  reshape: { shapes: [[2, 3]], build: (x) => graph.reshape(x, [3, 2]) },
  transpose: { shapes: [[2, 3, 4]], build: (x) => graph.transpose(x, [2, 0, 1]) },
  expand: { shapes: [[2, 1]], build: (x) => graph.expand(x, [3, 2, 4]) },
  slice: { shapes: [[2, 5]], build: (x) => graph.slice(x, 1, 1, 4) },
  pad: { shapes: [[2, 3]], build: (x) => graph.pad(x, 0, 1, 2) },
  concat: {
    shapes: [
      [2, 1],
      [2, 3],
    ],
    build: (...parts) => graph.concat(parts, 1),
  },
  gather: { shapes: [[4, 2]], build: (x) => graph.gather(x, indices) },
  'gather, second axis': { shapes: [[2, 4]], build: (x) => graph.gather(x, indices, 1) },
  oneHot: { shapes: [[3, 4]], build: (x) => graph.multiply(x, graph.oneHot(indices, 4)) },
  matmul: {
    shapes: [
      [2, 3],
      [3, 4],
    ],
    build: (a, b) => graph.matmul(a!, b!),
  },
  'matmul, batched': {
    shapes: [
      [2, 2, 3],
      [2, 3, 2],
    ],
    build: (a, b) => graph.matmul(a!, b!),
  },
  'matmul, broadcast batch': {
    shapes: [
      [1, 2, 3],
      [2, 3, 2],
    ],
    build: (a, b) => graph.matmul(a!, b!),
  },
  'matmul, A transposed': {
    shapes: [
      [2, 3, 2],
      [2, 3, 2],
    ],
    build: (a, b) => graph.matmul(a!, b!, { transposeA: true }),
  },
  'matmul, B transposed': {
    shapes: [
      [2, 3],
      [4, 3],
    ],
    build: (a, b) => graph.matmul(a!, b!, { transposeB: true }),
  },
  'matmul, both transposed': {
    shapes: [
      [3, 2],
      [4, 3],
    ],
    build: (a, b) => graph.matmul(a!, b!, { transposeA: true, transposeB: true }),
  },
  where: {
    shapes: [
      [2, 3],
      [2, 3],
    ],
    build: (a, b) => graph.where(graph.greater(a!, b!), graph.square(a!), b!),
  },
  'cast, less, equal, range': {
    shapes: [[2, 3]],
    build: (x) =>
      graph.multiply(
        x,
        graph.add(
          graph.cast(graph.less(x, 0), 'float32'),
          graph.cast(graph.equal(graph.range(3), graph.constant([0, 2, 2])), 'float32'),
        ),
      ),
    domain: awayFromZero,
  },
  detach: {
    shapes: [[2, 3]],
    build: (x) => graph.add(x, graph.multiply(2, graph.detach(graph.constant(1)))),
  },
};

/** Sum of the operator's results under fixed weights, squared in part so that second derivatives do not vanish. */
function scalarOf(result: Tensor, seed: number): Tensor {
  const stream = randomStream(seed, 'operator-test');
  const size = graph.sizeOf(result.shape);
  const weights = graph.constant(
    Array.from({ length: size }, () => stream.normal()),
    result.shape,
  );
  return graph.sum(
    graph.multiply(weights, graph.add(result, graph.multiply(0.5, graph.square(result)))),
  );
}

describe.each(Object.entries(cases))('%s', (name, { shapes, build, domain = (v) => v }) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
  });
  afterAll(() => executor.dispose());

  const stream = randomStream(7, name);
  const draw = (shape: readonly number[]) =>
    Float64Array.from({ length: graph.sizeOf(shape) }, () => domain(2 * stream.uniform() - 1));
  const inputs = shapes.map((shape, k) => graph.input(`x${k}`, shape));
  const vectors = shapes.map((shape, k) => graph.input(`v${k}`, shape));
  // Rounded to float32, so that ONNX Runtime and the reference start from the same numbers.
  const values = shapes.map((shape) => Float64Array.from(Float32Array.from(draw(shape))));
  const directions = shapes.map((shape) => draw(shape));
  const feeds = (parts: readonly Float64Array[], prefix = 'x') =>
    Object.fromEntries(parts.map((part, k) => [`${prefix}${k}`, part]));
  const result = build(...inputs);
  const scalar = scalarOf(result, 1);

  it.each(['matmul', 'einsum'] as const)(
    'computes in ONNX Runtime what it means (%s)',
    async (products) => {
      const program = await compileGraph({ ...executor, products }, { result });
      const hostFeeds = shapes.map((shape, k) => floats(shape, Float32Array.from(values[k]!)));
      const output = (
        await program.run(Object.fromEntries(hostFeeds.map((feed, k) => [`x${k}`, feed])))
      ).result!;
      const actual = await output.read();
      const [expected] = evaluateReference([result], feeds(values));
      expected!.forEach((value, k) => expect(actual[k]).toBeCloseTo(value, 5));
    },
  );

  it('has the gradient of central differences', () => {
    const analytic = evaluateReference(gradients(scalar, inputs), feeds(values));
    const h = 1e-5;
    values.forEach((part, k) => {
      part.forEach((value, i) => {
        const at = (x: number) => {
          const moved = values.map((v, j) => (j === k ? v.with(i, x) : v));
          return evaluateReference([scalar], feeds(moved))[0]![0] as number;
        };
        const numeric = (at(value + h) - at(value - h)) / (2 * h);
        expect(analytic[k]![i]).toBeCloseTo(numeric, 6);
      });
    });
  });

  it('has the Hessian-vector product of differences of gradients', () => {
    const product = evaluateReference(hessianVectorProduct(scalar, inputs, vectors), {
      ...feeds(values),
      ...feeds(directions, 'v'),
    });
    const h = 1e-5;
    const slopes = (sign: number) =>
      evaluateReference(
        gradients(scalar, inputs),
        feeds(values.map((part, k) => part.map((x, i) => x + sign * h * directions[k]![i]!))),
      );
    const [ahead, behind] = [slopes(1), slopes(-1)];
    product.forEach((part, k) => {
      part.forEach((value, i) => {
        expect(value).toBeCloseTo((ahead[k]![i]! - behind[k]![i]!) / (2 * h), 5);
      });
    });
  });
});

it('lets NaN through extrema, whatever comes after it', () => {
  const [high, low] = evaluateReference(
    [graph.max(graph.input('x', [3])), graph.min(graph.input('x', [3]))],
    { x: [1, NaN, 0] },
  );
  expect([...high!, ...low!]).toEqual([NaN, NaN]);
});

it('holds the vector of a Hessian-vector product fixed, also where it depends on the weights', () => {
  const x = graph.input('x', [1]);
  const cube = graph.multiply(x, graph.square(x));
  // H v = 6 x * v with v = x; were v not held fixed, 6 x^2 + 3 x^2 would come out.
  const [product] = evaluateReference(hessianVectorProduct(cube, [x], [x]), { x: [2] });
  expect(product![0]).toBe(24);
});

it('covers every operator that the vocabulary exports', () => {
  const leavesAndHelpers = new Set([
    'apply',
    'broadcastShapes',
    'constant',
    'constantValues',
    'expectDType',
    'filled',
    'input',
    'inputName',
    'normaliseAxis',
    'sameShape',
    'ShapeError',
    'showShape',
    'sizeOf',
    'tensorOf',
  ]);
  const named = new Set(Object.keys(cases).flatMap((name) => name.split(', ')));
  named.add('greater');
  const missing = Object.keys(graph).filter(
    (name) => !leavesAndHelpers.has(name) && !named.has(name),
  );
  expect(missing).toEqual([]);
});
