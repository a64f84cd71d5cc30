// How commands read the values of their options.
import { InvalidArgumentError } from 'commander';

/** For an option that may stand several times. */
export function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}

export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= least && value <= most) return value;
    throw new InvalidArgumentError(`expected a whole number from ${least} to ${most}.`);
  };
}
