// What principal components find in a random walk, which learns nothing: cosines, and shares that fall as 1/k^2.
import { randomStream } from '../../learning/random.ts';

/**
 * A random walk from the origin, `[steps + 1, dimensions]`: `v <- mu v + n`, `x <- x + v` from v = 0, with n
 * standard normal in every coordinate. Seeded; the same walk with more steps starts alike.
 * @throws RangeError where steps or dimensions are not whole and at least 1, or momentum is not in [0, 1).
 */
export function randomWalk(
  steps: number,
  dimensions: number,
  seed: number,
  { momentum = 0 }: { readonly momentum?: number } = {},
): Float32Array {
  checkCount('steps', steps);
  checkCount('dimensions', dimensions);
  if (!(momentum >= 0 && momentum < 1))
    throw new RangeError(
      `momentum is ${momentum}: a random walk needs one from 0 up to, but not including, 1`,
    );
  const random = randomStream(seed, 'random-walk');
  const points = new Float32Array((steps + 1) * dimensions);
  const position = new Float64Array(dimensions);
  const velocity = new Float64Array(dimensions);
  for (let step = 1; step <= steps; step++)
    for (let p = 0; p < dimensions; p++) {
      velocity[p] = momentum * velocity[p]! + random.normal();
      position[p]! += velocity[p]!;
      points[step * dimensions + p] = position[p]!;
    }
  return points;
}

/**
 * Share of variance of component k (1 is the first) of the n = steps + 1 points of a walk without momentum, in the
 * limit of many dimensions: `lambda_k / sum lambda`, lambda_k = `1 / (2 (1 - cos(pi k / n)))`, k < n.
 * The sum is `(n^2 - 1) / 6`; for many steps the share is `6 / (pi k)^2`: 60.8%, 15.2%, 6.8%, ...
 *
 * In that limit steps are orthogonal and of one length, so that the Gram matrix of the centred points is the
 * pseudo-inverse of a path graph's Laplacian, whose eigenvalues are `2 (1 - cos(pi k / n))`.
 * Source: Antognini and Sohl-Dickstein 2018, arXiv:1806.08805.
 * @throws RangeError where steps or component are not whole, or component is not in 1..steps.
 */
export function randomWalkShare(steps: number, component: number): number {
  checkComponent(steps, component);
  return (6 * eigenvalue(steps, component)) / ((steps + 1) ** 2 - 1);
}

/** `1 / (2 (1 - cos x))` as `1 / (4 sin^2(x / 2))`, which does not cancel for small x. */
const eigenvalue = (steps: number, component: number): number =>
  1 / (4 * Math.sin((Math.PI * component) / (2 * (steps + 1))) ** 2);

function checkCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(`${name} is ${value}: a random walk needs a whole number of at least 1`);
}

function checkComponent(steps: number, component: number): void {
  checkCount('steps', steps);
  if (Number.isInteger(component) && component >= 1 && component <= steps) return;
  throw new RangeError(
    `component is ${component}: a walk of ${steps} steps has components 1 to ${steps}`,
  );
}
