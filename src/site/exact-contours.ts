// Contour lines of the two-weight loss 1/2 (ab - 1)^2, from its closed form: the atlas's mark and its sheets' ornament.

export interface Window {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
}

/**
 * SVG path data of the level set L = `level` inside `window`, drawn `width` by `height`. The set is the hyperbolas
 * `ab = 1 ± sqrt(2 L)`: exact at the joints of the curve, with exact tangents there.
 */
export function exactContour(level: number, window: Window, width: number, height: number): string {
  const root = Math.sqrt(2 * level);
  const products = root === 0 ? [1] : [1 - root, 1 + root];
  return products
    .flatMap((product) => [1, -1].map((side) => branch(product, side, window, width, height)))
    .join('');
}

const segments = 5;

/** The half with the sign `side` of a: a = side r e^t, b = product / a, with r = sqrt|product|, as cubic Béziers. */
function branch(
  product: number,
  side: number,
  window: Window,
  width: number,
  height: number,
): string {
  if (product === 0) return '';
  const radius = Math.sqrt(Math.abs(product));
  const sideOfB = side * Math.sign(product);
  // ln|a| = ln r + t and ln|b| = ln r - t: both windows are intervals of t.
  const [aLow, aHigh] = logInterval(window.left * side, window.right * side, radius);
  const [bLow, bHigh] = logInterval(window.bottom * sideOfB, window.top * sideOfB, radius);
  const first = Math.max(aLow, -bHigh, -12);
  const last = Math.min(aHigh, -bLow, 12);
  if (!(first < last)) return '';

  const scaleX = width / (window.right - window.left);
  const scaleY = -height / (window.top - window.bottom);
  const at = (t: number) => {
    const a = side * radius * Math.exp(t);
    const b = product / a;
    const x = (a - window.left) * scaleX;
    const y = (b - window.top) * scaleY;
    return { x, y, dx: a * scaleX, dy: -b * scaleY };
  };
  const step = (last - first) / segments;
  let from = at(first);
  let path = `M${point(from.x, from.y)}`;
  for (let i = 1; i <= segments; i++) {
    const to = at(first + i * step);
    const third = step / 3;
    path += `C${point(from.x + from.dx * third, from.y + from.dy * third)} `;
    path += `${point(to.x - to.dx * third, to.y - to.dy * third)} ${point(to.x, to.y)}`;
    from = to;
  }
  return path;
}

/** The values of ln(v / radius) for positive v between two ends; empty (first above last) if there is no such v. */
function logInterval(one: number, other: number, radius: number): [number, number] {
  const low = Math.min(one, other);
  const high = Math.max(one, other);
  if (high <= 0) return [Infinity, -Infinity];
  return [low > 0 ? Math.log(low / radius) : -Infinity, Math.log(high / radius)];
}

const point = (x: number, y: number): string => `${tenth(x)} ${tenth(y)}`;
const tenth = (value: number): number => Math.round(value * 10) / 10;
