// What principal components find in a walk without aim: the shares and the cosines of its closed form.

/** Shares of variance are `lambda_k / sum lambda`, lambda_k = `1 / (4 sin^2(pi k / 2n))` for n points, k from 1 on. */
const eigenvalue = (points: number, component: number): number =>
  1 / (4 * Math.sin((Math.PI * component) / (2 * points)) ** 2);

/** Values at points t = 0 to n - 1 of component k: `sqrt(2/n) cos(pi k (t + 1/2) / n)`, of length 1. */
export const walkCosine = (points: number, component: number): number[] =>
  Array.from(
    { length: points },
    (_, t) => Math.sqrt(2 / points) * Math.cos((Math.PI * component * (t + 0.5)) / points),
  );

/**
 * Coordinates of the points of a walk on component k, for steps of root mean square length `step`, up to sign.
 * In the limit of many dimensions (Antognini and Sohl-Dickstein 2018, arXiv:1806.08805).
 */
export const walkCoordinates = (points: number, component: number, step: number): number[] =>
  walkCosine(points, component).map(
    (value) => value * step * Math.sqrt(eigenvalue(points, component)),
  );

/** The same cosine at the size and sign that come closest to the coordinates of another path. */
export function fittedCosine(coordinates: readonly number[], component: number): number[] {
  const cosine = walkCosine(coordinates.length, component);
  const overlap = cosine.reduce((sum, value, t) => sum + value * coordinates[t]!, 0);
  return cosine.map((value) => value * overlap);
}

/** The curve with the sign under which it lies closer to the coordinates. */
export function alike(curve: readonly number[], coordinates: readonly number[]): number[] {
  const overlap = curve.reduce((sum, value, t) => sum + value * coordinates[t]!, 0);
  return curve.map((value) => (overlap < 0 ? -value : value));
}
