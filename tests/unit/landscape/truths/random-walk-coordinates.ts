// Where the points of a random walk lie on its principal components, in closed form.
import { randomWalkShare } from '../../../../src/landscape/closed-forms/random-walk.ts';

/**
 * Coordinates `[steps + 1]` of the walk's n = steps + 1 points on component k (1 is the first), for steps of root mean
 * square length 1: `sqrt(lambda_k) sqrt(2/n) cos(pi k (t + 1/2) / n)`, t = 0..steps, up to the component's sign, with
 * lambda_k its share of the sum `(n^2 - 1) / 6`. Two of them draw a Lissajous curve.
 * Source: Antognini and Sohl-Dickstein 2018, arXiv:1806.08805.
 * @throws RangeError as `randomWalkShare`.
 */
export function randomWalkCoordinates(steps: number, component: number): Float64Array {
  const points = steps + 1;
  const eigenvalue = (randomWalkShare(steps, component) * (points ** 2 - 1)) / 6;
  const amplitude = Math.sqrt((2 * eigenvalue) / points);
  return Float64Array.from(
    { length: points },
    (_, t) => amplitude * Math.cos((Math.PI * component * (t + 0.5)) / points),
  );
}
