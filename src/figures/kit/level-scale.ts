// Levels and colours of a loss or accuracy surface: round contour values, one scale of tints, low loss always dark.
import { contourLines, type ContourLine } from './relief/contour-lines.ts';
import { interpolateLoss } from './relief/loss-colours.ts';

export interface Band {
  readonly low: number;
  readonly high: number;
  readonly colour: string;
}

export interface LevelScale {
  readonly logarithmic: boolean;
  readonly minimum: number;
  readonly maximum: number;
  /** Contour values, rising. */
  readonly thresholds: readonly number[];
  /** One more than there are thresholds, rising. */
  readonly bands: readonly Band[];
  /** Share of the colour scale, 0 to 1, clamped. */
  share(value: number): number;
  /** How light the colour of a value is, 0 to 1: its share, turned round where high is dark. */
  lightness(value: number): number;
  /** A share of the scale to its colour. */
  paint(share: number): string;
  colour(value: number): string;
}

export interface LevelScaleOptions {
  readonly logarithmic: boolean;
  /** For accuracy: high values are the good ones, so these are dark. */
  readonly highIsDark?: boolean;
  /** About how many contours are wanted. */
  readonly count?: number;
}

/** A logarithmic scale reaches at most this far below the maximum, so that an exact zero has a place. */
const deepestShare = 1e-6;

const digitSets = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8],
];

/** Round values of 1, 1-3, 1-2-5 and so on, strictly between the limits: the coarsest set that gives `count`. */
function logarithmicLevels(low: number, high: number, count: number): number[] {
  const first = Math.floor(Math.log10(low));
  const powers = Array.from(
    { length: Math.ceil(Math.log10(high)) - first + 1 },
    (_, index) => first + index,
  );
  let found: number[] = [];
  for (const digits of digitSets) {
    found = powers
      .flatMap((power) => digits.map((digit) => Number(`${digit}e${power}`)))
      .filter((value) => value > low && value < high);
    if (found.length >= count) break;
  }
  const stride = Math.ceil(found.length / (1.8 * count));
  return found.filter((_, index) => index % stride === 0);
}

function linearLevels(low: number, high: number, count: number): number[] {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((digit) => digit * power >= raw) ?? 10) * power;
  const levels: number[] = [];
  for (let i = Math.floor(low / step) + 1; i * step < high; i++)
    levels.push(Number((i * step).toPrecision(12)));
  return levels;
}

const bandsBetween = (
  edges: readonly number[],
  { share, paint }: Pick<LevelScale, 'share' | 'paint'>,
): Band[] =>
  edges.slice(1).map((edge, index) => ({
    low: edges[index]!,
    high: edge,
    colour: paint((share(edges[index]!) + share(edge)) / 2),
  }));

/** Scale of all finite values given; one flat value still gets a scale with two ends. */
export function levelScale(values: ArrayLike<number>, options: LevelScaleOptions): LevelScale {
  const count = options.count ?? 8;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  const logarithmic = options.logarithmic && high > 0;
  if (logarithmic) low = Math.max(low, high * deepestShare);
  if (!(high > low)) high = low + Math.max(Math.abs(low), 1) * 1e-6;

  const position = logarithmic ? Math.log : (value: number) => value;
  const [from, to] = [position(low), position(high)];
  const share = (value: number): number => {
    if (Number.isNaN(value)) return 1;
    const at = (position(Math.max(value, logarithmic ? low : -Infinity)) - from) / (to - from);
    return Math.min(1, Math.max(0, at));
  };
  const turned = (at: number): number => (options.highIsDark ? 1 - at : at);
  const paint = (at: number): string => interpolateLoss(turned(at));
  const thresholds = logarithmic
    ? logarithmicLevels(low, high, count)
    : linearLevels(low, high, count);
  return {
    logarithmic,
    minimum: low,
    maximum: high,
    thresholds,
    bands: bandsBetween([low, ...thresholds, high], { share, paint }),
    share,
    lightness: (value) => turned(share(value)),
    paint,
    colour: (value) => paint(share(value)),
  };
}

/** Values ready for contouring: logarithms where the scale is logarithmic; what is not finite stands at the top. */
export function contourable(values: ArrayLike<number>, scale: LevelScale): Float64Array {
  return Float64Array.from(values, (value) => {
    const finite = Number.isFinite(value) ? value : scale.maximum;
    return scale.logarithmic ? Math.log(Math.max(finite, scale.minimum)) : finite;
  });
}

export const contourValue = (threshold: number, scale: LevelScale): number =>
  scale.logarithmic ? Math.log(threshold) : threshold;

/** A scale with the contour lines of a map: its thresholds are the index lines, its bands lie between all lines. */
export interface ContourScale extends LevelScale {
  readonly lines: readonly ContourLine[];
  /** How far apart the lines are, in words. */
  readonly spacing: string;
}

/** @param options.count the most lines that the map bears. */
export function contourScale(values: ArrayLike<number>, options: LevelScaleOptions): ContourScale {
  const scale = levelScale(values, options);
  const { minimum, maximum, logarithmic } = scale;
  const { lines, spacing } = contourLines(minimum, maximum, logarithmic, options.count);
  return {
    ...scale,
    thresholds: lines.filter(({ isIndex }) => isIndex).map(({ value }) => value),
    bands: bandsBetween([minimum, ...lines.map(({ value }) => value), maximum], scale),
    lines,
    spacing,
  };
}
