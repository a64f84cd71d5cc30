// What two principal components hold of a cloud in which there is nothing to find.

/**
 * Share of variance in the two leading components of `points` independent points of a cloud equally wide in all of
 * `dimensions` directions: at most about twice the upper edge of their eigenvalues' distribution over the sum,
 * `2 (1 + sqrt(n / P))^2 / n` with n = points - 1 (Marchenko and Pastur 1967, doi:10.1070/SM1967v001n04ABEH001994).
 */
export function chanceShareOfTwo(points: number, dimensions: number): number {
  const n = points - 1;
  return Math.min(1, (2 * (1 + Math.sqrt(n / dimensions)) ** 2) / n);
}
