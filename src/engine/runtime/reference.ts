// Evaluates a graph in float64, node by node: slow, plain, and the truth that the runtimes are tested against.
import { constantValues, inputName } from '../graph/leaf.ts';
import type { NdArray } from '../graph/nd-array.ts';
import type { Tensor } from '../graph/tensor.ts';
import { topologicalOrder } from '../graph/traverse.ts';

/** Values of `outputs`, row-major, given a value for every named input. */
export function evaluateReference(
  outputs: readonly Tensor[],
  feeds: Readonly<Record<string, ArrayLike<number>>>,
): Float64Array[] {
  const values = new Map<Tensor, NdArray>();
  for (const node of topologicalOrder(outputs)) {
    const name = inputName(node);
    if (name !== null) {
      const feed = feeds[name];
      if (!feed) throw new Error(`evaluateReference: no value was given for the input '${name}'.`);
      values.set(node, { shape: node.shape, values: Float64Array.from(feed) });
    } else {
      const operands = node.inputs.map((parent) => values.get(parent) as NdArray);
      const result =
        constantValues(node) ??
        node.operator.evaluate(operands, node.attributes as never, node.shape);
      values.set(node, { shape: node.shape, values: result });
    }
  }
  return outputs.map((output) => (values.get(output) as NdArray).values);
}
