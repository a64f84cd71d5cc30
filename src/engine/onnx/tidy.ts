// Makes a graph smaller without changing what it computes: shared subexpressions, folded constants, no-ops removed.
import { add, multiply, subtract } from '../graph/arithmetic.ts';
import { constant, constantValues } from '../graph/leaf.ts';
import { expand, reshape } from '../graph/layout.ts';
import type { NdArray } from '../graph/nd-array.ts';
import { sameShape, sizeOf } from '../graph/tensor.ts';
import type { Shape, Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/traverse.ts';

/** Larger results are left to the runtime: folding them would only make the model bigger. */
const largestFold = 256;

const elementwisePairs = new Set(['add', 'subtract', 'multiply', 'divide']);

const uniformValue = (tensor: Tensor): number | null => {
  const values = constantValues(tensor);
  return values && values.every((value) => value === values[0]) ? (values[0] as number) : null;
};

const broadcastsTo = (shape: Shape, target: Shape): boolean =>
  shape.length <= target.length &&
  shape.every((extent, axis) => {
    const wanted = target[axis + target.length - shape.length];
    return extent === wanted || extent === 1;
  });

/** An operand of an elementwise pair without the repetition that broadcasting does anyway. */
function unrepeated(operand: Tensor, other: Tensor, result: Shape): Tensor {
  if (!sameShape(other.shape, result)) return operand;
  if (operand.operator.name === 'expand') return operand.inputs[0] as Tensor;
  const value = uniformValue(operand);
  return value !== null && operand.shape.length > 0 ? constant(value) : operand;
}

/** One rewriting of a node whose inputs are tidy already; the node itself where no rule applies. */
function simplify(node: Tensor): Tensor {
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  const keepsShape = (kept: Tensor): Tensor => (sameShape(kept.shape, node.shape) ? kept : node);
  switch (node.operator.name) {
    case 'reshape':
      if (sameShape(a.shape, node.shape)) return a;
      return a.operator.name === 'reshape' ? reshape(a.inputs[0] as Tensor, node.shape) : node;
    case 'expand':
      return keepsShape(a);
    case 'negate':
      return a.operator.name === 'negate' ? (a.inputs[0] as Tensor) : node;
    case 'add':
      if (uniformValue(b) === 0) return keepsShape(a);
      if (uniformValue(a) === 0) return keepsShape(b);
      return b.operator.name === 'negate' ? subtract(a, b.inputs[0] as Tensor) : node;
    case 'subtract':
      if (uniformValue(b) === 0) return keepsShape(a);
      return b.operator.name === 'negate' ? add(a, b.inputs[0] as Tensor) : node;
    case 'multiply':
      if (uniformValue(b) === 1) return keepsShape(a);
      if (uniformValue(a) === 1) return keepsShape(b);
      return mergeScales(node, a, b);
    case 'divide':
      return uniformValue(b) === 1 ? keepsShape(a) : node;
    default:
      return node;
  }
}

/** Applies the rules until none applies; each one makes the node smaller, so that ends. */
function simplest(node: Tensor): Tensor {
  const result = simplify(withoutRepetition(node));
  return result === node ? folded(node) : simplest(result);
}

/** (x * c) * d becomes x * (c d), for scalars c and d. */
function mergeScales(node: Tensor, a: Tensor, b: Tensor): Tensor {
  const [inner, scale] = constantValues(b) ? [a, b] : [b, a];
  const outer = scale.shape.length === 0 ? uniformValue(scale) : null;
  if (outer === null || inner.operator.name !== 'multiply') return node;
  const [x, y] = inner.inputs as readonly [Tensor, Tensor];
  const [kept, innerScale] = constantValues(y) ? [x, y] : [y, x];
  const value = innerScale.shape.length === 0 ? uniformValue(innerScale) : null;
  return value === null ? node : multiply(kept, constant(value * outer));
}

function withoutRepetition(node: Tensor): Tensor {
  if (!elementwisePairs.has(node.operator.name)) return node;
  const [a, b] = node.inputs as readonly [Tensor, Tensor];
  const left = unrepeated(a, b, node.shape);
  const right = unrepeated(b, left, node.shape);
  if (left === a && right === b) return node;
  const fits = broadcastsTo(left.shape, node.shape) && broadcastsTo(right.shape, node.shape);
  return fits ? { ...node, inputs: [left, right] } : node;
}

function folded(node: Tensor): Tensor {
  const values = node.inputs.map(constantValues);
  const foldable =
    node.inputs.length > 0 &&
    sizeOf(node.shape) <= largestFold &&
    values.every((value) => value !== null);
  if (!foldable) return node;
  const operands = node.inputs.map(({ shape }, k): NdArray => ({
    shape,
    values: values[k] as Float64Array,
  }));
  const result = node.operator.evaluate(operands, node.attributes as never, node.shape);
  return constant(result, node.shape, node.dtype);
}

/** A text that two nodes share exactly when they compute the same. */
function signature(node: Tensor, identity: Map<Tensor, number>): string {
  const attributes = JSON.stringify(node.attributes, (_, value: unknown) =>
    value instanceof Float64Array
      ? value.length <= 64
        ? // As text: JSON has no NaN, infinity or negative zero.
          Array.from(value, (entry) => (Object.is(entry, -0) ? '-0' : String(entry)))
        : `large ${identity.size}`
      : value,
  );
  const inputs = node.inputs.map((parent) => identity.get(parent)).join(',');
  return `${node.operator.name}(${inputs})${attributes}:${node.dtype}[${node.shape.join(',')}]`;
}

/** The same outputs from a smaller graph; nodes that no output needs are gone, since nothing reaches them. */
export function tidy(outputs: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const replacement = new Map<Tensor, Tensor>();
  const identity = new Map<Tensor, number>();
  const bySignature = new Map<string, Tensor>();

  const intern = (node: Tensor): Tensor => {
    if (identity.has(node)) return node;
    const inputs = node.inputs.map(intern);
    const candidate = inputs.every((parent, k) => parent === node.inputs[k])
      ? node
      : { ...node, inputs };
    const key = signature(candidate, identity);
    const known = bySignature.get(key);
    if (known) return known;
    bySignature.set(key, candidate);
    identity.set(candidate, identity.size);
    return candidate;
  };

  for (const node of topologicalOrder(Object.values(outputs))) {
    const inputs = node.inputs.map((parent) => replacement.get(parent) as Tensor);
    const current = inputs.every((parent, k) => parent === node.inputs[k])
      ? node
      : { ...node, inputs };
    const result = simplest(current);
    replacement.set(
      node,
      intern(sameShape(result.shape, node.shape) ? result : expand(result, node.shape)),
    );
  }
  return Object.fromEntries(
    Object.entries(outputs).map(([name, node]) => [name, replacement.get(node) as Tensor]),
  );
}
