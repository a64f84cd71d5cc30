// How tall a picture will be, and how wide it may be, from the "width:height" pairs that were noted when it was drawn at build time.

/** Height for a width, interpolated between the pairs; 0 where there are none. */
export function roomFor(pairs: string | undefined, width: number): number {
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

/** The largest width up to `width` whose picture is no taller than `height`; never below `least`. */
export function widthWithin(
  pairs: string | undefined,
  width: number,
  height: number,
  least = 320,
): number {
  let fitting = width;
  while (fitting > least && roomFor(pairs, fitting) > height) fitting -= 8;
  return Math.max(fitting, Math.min(least, width));
}

/** Of a phone's screen, what a sticky picture and the bar above it may take: the rest is for its text. */
const shareOnPhone = 0.55;

/** How tall a figure may be within a sticky picture, beside the picture's title, controls and buttons. */
export function roomOnScreen(picture: HTMLElement, figure: HTMLElement): number {
  const top = parseFloat(getComputedStyle(picture).top) || 0;
  const others = picture.offsetHeight - figure.offsetHeight;
  const screen = innerWidth >= 1000 ? innerHeight - 12 : innerHeight * shareOnPhone;
  return screen - top - others;
}
