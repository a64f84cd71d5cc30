// Products with the Hessian, by differentiating the gradient once more.
import { add, multiply } from '../graph/arithmetic.ts';
import { filled } from '../graph/leaf.ts';
import { sum } from '../graph/layout.ts';
import { detach } from '../graph/logic.ts';
import type { Tensor } from '../graph/tensor.ts';
import { gradients } from './gradients.ts';

/**
 * H v for L, the sum of all elements of `output`; `vectors` have the shapes of `sources`, and so has the result.
 *
 * H v = d/dx (g(x) . v), with v held fixed (the product of Pearlmutter 1994, here by reverse over reverse).
 */
export function hessianVectorProduct(
  output: Tensor,
  sources: readonly Tensor[],
  vectors: readonly Tensor[],
): Tensor[] {
  const inner = gradients(output, sources).reduce<Tensor>(
    (total, gradient, k) => add(total, sum(multiply(gradient, detach(vectors[k] as Tensor)))),
    filled(0, []),
  );
  return gradients(inner, sources);
}
