// Reverse-mode differentiation: from a graph to the graph of its gradient.
import { add } from '../graph/arithmetic.ts';
import { filled } from '../graph/leaf.ts';
import { ShapeError, showShape } from '../graph/tensor.ts';
import type { Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/traverse.ts';

/** Nodes on a path from one of `sources`: the only ones that need a gradient. */
function dependents(order: readonly Tensor[], sources: readonly Tensor[]): Set<Tensor> {
  const found = new Set<Tensor>(sources);
  for (const node of order) if (node.inputs.some((parent) => found.has(parent))) found.add(node);
  return found;
}

/**
 * dL/dx for each x of `sources`, each of its source's shape, where L is the sum of all elements of `output`.
 *
 * Summing is no restriction: the losses `[N]` of N independent networks have the gradients of each in one pass.
 * The result is an ordinary graph and can be differentiated again.
 * @throws ShapeError where an operator on the way has no derivative.
 */
export function gradients(output: Tensor, sources: readonly Tensor[]): Tensor[] {
  const order = topologicalOrder([output]);
  const needed = dependents(order, sources);
  const upstream = new Map<Tensor, Tensor>([[output, filled(1, output.shape)]]);
  for (const node of order.toReversed()) {
    const flowing = upstream.get(node);
    if (!flowing || !needed.has(node) || !node.inputs.some((parent) => needed.has(parent)))
      continue;
    if (!node.operator.gradient) {
      if (node.dtype === 'bool') continue;
      throw new ShapeError(
        `gradients: ${node.operator.name} of shape ${showShape(node.shape)} has no derivative.`,
      );
    }
    const parts = node.operator.gradient(node, flowing);
    node.inputs.forEach((parent, k) => {
      const part = parts[k];
      if (!part || !needed.has(parent)) return;
      const before = upstream.get(parent);
      upstream.set(parent, before ? add(before, part) : part);
    });
  }
  return sources.map((source) => upstream.get(source) ?? filled(0, source.shape));
}
