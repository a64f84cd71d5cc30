// Contour lines as on a survey sheet: evenly apart at round values, every few of them stronger and named.

export interface ContourLine {
  readonly value: number;
  /** Stronger, and with its value written on it. */
  readonly isIndex: boolean;
}

export interface ContourLines {
  /** Strictly between the limits, rising. */
  readonly lines: readonly ContourLine[];
  /** How far apart they are, for the legend, such as `0.1 apart` or `a factor of 2 apart`. */
  readonly spacing: string;
}

/** About as many lines as a sheet bears before they blur, and the fewest that still show a form. */
const mostLines = 34;
/** From this ratio of its ends on, a logarithmic scale has lines at equal ratios; below, at equal differences. */
const ratiosFrom = 12;

/** First digits of round values about equally far apart in ratio (Renard's preferred numbers, ISO 3), from coarse to fine. */
const digitSets = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.25, 1.6, 2, 2.5, 3.15, 4, 5, 6.3, 8],
  [1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.24, 2.5, 2.8, 3.15, 3.55, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9],
] as const;
/** Over this many decades only powers of ten are index lines; over fewer, 1, 2 and 5 of each. */
const manyDecades = 3.5;

function equalRatios(low: number, high: number, most: number): ContourLines {
  const decades = Math.log10(high / low);
  const digits = digitSets.findLast(({ length }) => length * decades <= most) ?? digitSets[0];
  const indexDigits = digits.length >= 10 && decades < manyDecades ? [1, 2, 5] : [1];
  const lines: ContourLine[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power < high; power++)
    for (const digit of digits) {
      const value = Number(`${digit}e${power}`);
      if (value > low && value < high) lines.push({ value, isIndex: indexDigits.includes(digit) });
    }
  return {
    lines,
    spacing:
      digits.length === 1 ? 'a factor of ten apart' : `${digits.length} to each factor of ten`,
  };
}

/** Without the noise of binary fractions. */
const rounded = (value: number): number => Number(value.toPrecision(12));

function equalDifferences(low: number, high: number, most: number): ContourLines {
  const raw = (high - low) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const digit = [1, 2, 5, 10].find((candidate) => candidate * power >= raw * (1 - 1e-9)) ?? 10;
  const step = rounded(digit * power);
  const lines: ContourLine[] = [];
  for (let k = Math.floor(low / step) + 1; rounded(k * step) < high; k++)
    lines.push({ value: rounded(k * step), isIndex: k % 5 === 0 });
  return { lines, spacing: `${step} apart` };
}

/** @param most lines that the picture bears at its size. */
export function contourLines(
  low: number,
  high: number,
  logarithmic: boolean,
  most = mostLines,
): ContourLines {
  return logarithmic && high / low >= ratiosFrom
    ? equalRatios(low, high, most)
    : equalDifferences(low, high, most);
}
