// How tall a picture will be, and how wide it may be, from the "width:height" pairs that were noted when it was drawn at build time.

/** Height for a width, interpolated between the pairs; 0 where there are none. */
export function heightFor(pairs: string | undefined, width: number): number {
  const points = (pairs ?? '')
    .split(' ')
    .map((pair) => pair.split(':').map(Number))
    .filter(
      (point): point is [number, number] => point.length === 2 && point.every(Number.isFinite),
    );
  const after = points.findIndex(([at]) => at >= width);
  const high = points[after];
  const low = points[after - 1];
  if (!high) return points.at(-1)?.[1] ?? 0;
  if (!low) return high[1];
  const share = (width - low[0]) / (high[0] - low[0]);
  return Math.round(low[1] + share * (high[1] - low[1]));
}

/**
 * The largest width up to `width` whose picture is no taller than `height`; never below `least`. Where none is, that of the
 * least tall picture: one whose parts stand below each other on a narrow screen grows as it narrows.
 */
export function widthWithin(
  pairs: string | undefined,
  width: number,
  height: number,
  least = 320,
): number {
  const narrowest = Math.min(least, width);
  let lowest = width;
  for (let fitting = width; ; fitting = Math.max(narrowest, fitting - 8)) {
    const own = heightFor(pairs, fitting);
    if (own <= height) return fitting;
    if (own < heightFor(pairs, lowest)) lowest = fitting;
    if (fitting === narrowest) return lowest;
  }
}

/** Of a phone's screen, what a sticky picture and the bar above it may take: the rest is for its text. */
const shareOnPhone = 0.55;
/** Below this width a sticky picture stands above its text. */
export const besideFrom = 1000;

/** How tall a figure may be within a sticky picture, beside the picture's title, controls and buttons. */
export function heightOnScreen(picture: HTMLElement, figure: HTMLElement): number {
  const { position, top } = getComputedStyle(picture);
  if (position !== 'sticky') return Infinity;
  const others = picture.offsetHeight - figure.offsetHeight;
  const screen = innerWidth >= besideFrom ? innerHeight - 12 : innerHeight * shareOnPhone;
  return screen - (parseFloat(top) || 0) - others;
}

export interface Fit {
  /** CSS pixels that the figure is drawn in. */
  readonly width: number;
  readonly height: number;
  /** How tall it is shown: less than drawn where it is scaled down as a whole. */
  readonly shown: number;
}

/** A picture loses this much of its height before it is scaled down, and is not scaled below that: words must be read. */
const leastHeight = 0.85;
const leastScale = 0.75;
/** Nor is it drawn narrower than this: it would be the picture of a phone on a large screen. */
const leastWidth = 0.7;

/** Beside its text a picture that is too tall is drawn narrower; above it, flatter, and then smaller. */
export function fitWithin(
  pairs: string | undefined,
  width: number,
  limit: number,
  isAbove: boolean,
): Fit {
  const natural = heightFor(pairs, width);
  if (natural <= limit) return { width, height: natural, shown: natural };
  if (!isAbove) {
    const narrower = widthWithin(pairs, width, limit, leastWidth * width);
    const height = heightFor(pairs, narrower);
    return { width: narrower, height, shown: height };
  }
  const height = Math.round(Math.max(limit, leastHeight * natural));
  return {
    width,
    height,
    shown: Math.round(Math.max(leastScale * height, Math.min(height, limit))),
  };
}
