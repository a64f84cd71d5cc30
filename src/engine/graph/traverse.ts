// The nodes of a graph in an order in which every input comes before its user.
import type { Tensor } from './tensor.ts';

/** All nodes that `outputs` need, inputs first; iterative, since unrolled training graphs are deep. */
export function topologicalOrder(outputs: readonly Tensor[]): Tensor[] {
  const order: Tensor[] = [];
  const state = new Map<Tensor, 'open' | 'done'>();
  const stack = [...outputs].reverse();
  while (stack.length > 0) {
    const node = stack[stack.length - 1] as Tensor;
    const seen = state.get(node);
    if (seen === undefined) {
      state.set(node, 'open');
      for (const parent of [...node.inputs].reverse()) if (!state.has(parent)) stack.push(parent);
    } else {
      stack.pop();
      if (seen === 'open') {
        state.set(node, 'done');
        order.push(node);
      }
    }
  }
  return order;
}
