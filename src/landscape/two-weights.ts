// The smallest network with a landscape, f(a, b) = (ab - 1)^2 / 2, in closed form.
// Two weights in a row, input 1, target 1 (the scalar case of Saxe et al. 2014, arXiv:1312.6120).

/** Weights (a, b). */
export type WeightPair = readonly [a: number, b: number];

export interface Descent {
  /** Start first; ends early where the walk has diverged. */
  readonly points: readonly WeightPair[];
  readonly losses: readonly number[];
  readonly diverged: boolean;
}

/** Beyond this distance from the origin a walk does not come back: the loss there is over 10^11. */
const farAway = 1e6;

/** `f = (ab - 1)^2 / 2`. */
export function twoWeightLoss([a, b]: WeightPair): number {
  return (a * b - 1) ** 2 / 2;
}

/** `((ab - 1) b, (ab - 1) a)`. */
export function twoWeightGradient([a, b]: WeightPair): WeightPair {
  const residual = a * b - 1;
  return [residual * b, residual * a];
}

/** `[[b^2, 2ab - 1], [2ab - 1, a^2]]`. */
export function twoWeightHessian([a, b]: WeightPair): readonly [WeightPair, WeightPair] {
  const mixed = 2 * a * b - 1;
  return [
    [b * b, mixed],
    [mixed, a * a],
  ];
}

/**
 * Eigenvalues of the Hessian, larger first: `(a^2 + b^2 +- sqrt((a^2 - b^2)^2 + 4 (2ab - 1)^2)) / 2`.
 * At a minimum (ab = 1): a^2 + b^2 and 0. At the saddle (0, 0): 1 and -1.
 */
export function twoWeightEigenvalues([a, b]: WeightPair): readonly [number, number] {
  const trace = a * a + b * b;
  const root = Math.hypot(a * a - b * b, 2 * (2 * a * b - 1));
  const larger = (trace + root) / 2;
  // The determinant over the larger one: their difference would cancel near a minimum.
  return [larger, (a * a * b * b - (2 * a * b - 1) ** 2) / larger];
}

/** Gradient descent, `w <- w - stepSize * gradient`, for at most `steps` steps. */
export function twoWeightDescend(start: WeightPair, stepSize: number, steps: number): Descent {
  const points: WeightPair[] = [start];
  const losses = [twoWeightLoss(start)];
  let point = start;
  for (let step = 0; step < steps; step++) {
    const gradient = twoWeightGradient(point);
    point = [point[0] - stepSize * gradient[0], point[1] - stepSize * gradient[1]];
    if (!(Math.hypot(...point) < farAway)) return { points, losses, diverged: true };
    points.push(point);
    losses.push(twoWeightLoss(point));
  }
  return { points, losses, diverged: false };
}

/**
 * `a^2 - b^2`, which gradient flow keeps: `d/dt (a^2 - b^2) = -2 (ab - 1)(ab - ba) = 0`.
 * A descent step of size s multiplies it by `1 - s^2 (ab - 1)^2`.
 */
export function twoWeightInvariant([a, b]: WeightPair): number {
  return a * a - b * b;
}

/**
 * Where gradient flow from a start ends. With c = a^2 - b^2 kept and ab = 1 reached,
 * `a^2 = (c + sqrt(c^2 + 4)) / 2` and `b = 1 / a`; since `d/dt (a + b) = -(ab - 1)(a + b)`,
 * a + b keeps its sign, which is the sign of both. From a + b = 0 the flow ends in the saddle (0, 0).
 */
export function twoWeightFlowEnd(start: WeightPair): WeightPair {
  const sign = Math.sign(start[0] + start[1]);
  if (sign === 0) return [0, 0];
  const c = twoWeightInvariant(start);
  const larger = Math.sqrt((Math.abs(c) + Math.hypot(c, 2)) / 2);
  return c >= 0 ? [sign * larger, sign / larger] : [sign / larger, sign * larger];
}

/**
 * `2 / lambda_max` of the Hessian at a point. At a minimum that is `2 / (a^2 + b^2)`: a step of size s
 * multiplies a small distance along the steepest direction by `1 - s lambda_max`, which grows beyond it.
 */
export function twoWeightCriticalStepSize(point: WeightPair): number {
  return 2 / twoWeightEigenvalues(point)[0];
}
