// How likely a random plane is to show a saddle's way down, and how curvature along random lines is spread: closed forms.

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7,
];

/** ln Gamma(x) for x > 0 (Lanczos 1964, g = 7, nine terms). */
export function lnGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - lnGamma(1 - x);
  const at = x - 1;
  const sum = lanczos.reduce((total, term, i) => (i === 0 ? term : total + term / (at + i)), 0);
  const t = at + 7.5;
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum);
}

export const lnBeta = (a: number, b: number): number => lnGamma(a) + lnGamma(b) - lnGamma(a + b);

/** I_x(a, b), the share of a beta distribution below x, by its continued fraction (DLMF 8.17.22). */
export function betaShare(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast below the mean; above, it is the mirror image's complement.
  if (x > (a + 1) / (a + b + 2)) return 1 - betaShare(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - lnBeta(a, b)) / a;
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    fraction *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return front * fraction;
}

/**
 * Chance that a random plane shows a way down from a saddle in d dimensions, of which k curve by -1 and d - k
 * by 1. With U the plane's orthonormal basis, its curvatures are 1 - 2 theta, theta the eigenvalues of the part of
 * U'U in the downhill directions: a 2 x 2 beta matrix with k/2 and (d - k)/2. A way down means theta_max > 1/2:
 * `1 - P(theta_max <= x)`, `P = I_x(k-1, d-k-1) - x^((k-1)/2) (1-x)^((d-k-1)/2) B(p, q) I_x(p, q) / (2 B(k-1, d-k-1))`,
 * p = (k-1)/2, q = (d-k-1)/2, x = 1/2: the joint density `theta_1^(p-1) (1-theta_1)^(q-1) theta_2^(p-1) (1-theta_2)^(q-1)
 * (theta_1 - theta_2)`, integrated by parts.
 * With one way down, theta_max is Beta(1, (d-2)/2): `2^(-(d-2)/2)`. With one way up, or in two dimensions, a plane cannot miss it.
 */
export function chanceOfWayDown(dimensions: number, downhill: number): number {
  const [d, k] = [dimensions, downhill];
  if (k <= 0) return 0;
  if (d - k <= 1 || d <= 2) return 1;
  if (k === 1) return 2 ** (-(d - 2) / 2);
  const [p, q] = [(k - 1) / 2, (d - k - 1) / 2];
  const whole = lnBeta(2 * p, 2 * q);
  const correction =
    0.5 * Math.exp((p + q) * Math.log(0.5) + lnBeta(p, q) - whole) * betaShare(0.5, p, q);
  return Math.min(1, betaShare(0.5, 2 * q, 2 * p) + correction);
}

/**
 * Density of the curvature c along a random line through the same saddle: `(1 - c)/2` is Beta(k/2, (d-k)/2)
 * distributed, since c = 1 - 2 |part of the unit direction downhill|^2. Its mean is the mean eigenvalue, (d - 2k)/d.
 */
export function curvatureDensity(dimensions: number, downhill: number, curvature: number): number {
  const [a, b] = [downhill / 2, (dimensions - downhill) / 2];
  const share = (1 - curvature) / 2;
  if (share <= 0 || share >= 1) return 0;
  return 0.5 * Math.exp((a - 1) * Math.log(share) + (b - 1) * Math.log1p(-share) - lnBeta(a, b));
}
