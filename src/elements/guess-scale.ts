// A slider's way from a share of its length to the number that is guessed, linear or by equal ratios.
export interface GuessScale {
  readonly min: number;
  readonly max: number;
  readonly start: number;
  readonly logarithmic: boolean;
  /** d3-format. */
  readonly format: string;
  readonly unit: string;
}

export function guessAt({ min, max, logarithmic }: GuessScale, share: number): number {
  return logarithmic ? min * (max / min) ** share : min + share * (max - min);
}

export function shareOf({ min, max, logarithmic }: GuessScale, value: number): number {
  return logarithmic ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
}
