// What of a result follows from its tensors, the networks and the settings, and where a result says something else.
import { isNumericArray, type NumericArray } from './numeric-array.ts';

type Word = string | boolean | null | undefined;

/**
 * What of a result is left when all but its tensors is taken away. An analysis derives the rest from it, and cannot
 * lean on what is to be checked.
 */
export type TensorsOf<T> = unknown extends T
  ? unknown
  : T extends NumericArray
    ? T
    : T extends number | Word
      ? undefined
      : { readonly [K in keyof T]: TensorsOf<T[K]> };

/** A result as it follows; a tensor that nothing here determines stands for itself. */
export type Derived<T> = unknown extends T
  ? unknown
  : T extends NumericArray
    ? NumericArray | About<NumericArray>
    : T extends number
      ? number | About<number>
      : T extends Word
        ? T
        : { readonly [K in keyof T]: Derived<T[K]> };

/** What comes out of another computation in single precision, and may differ by so much. */
export class About<Value extends number | NumericArray> {
  readonly value: Value;
  readonly tolerance: number;

  constructor(value: Value, tolerance: number) {
    this.value = value;
    this.tolerance = tolerance;
  }
}

/** @throws RangeError where a tensor of a result is not there, or has another shape. */
export function shaped(tensor: NumericArray | undefined, shape: readonly number[]): NumericArray {
  if (tensor && tensor.shape.join() === shape.join()) return tensor;
  throw new RangeError(
    tensor
      ? `a tensor has the shape [${tensor.shape.join(', ')}] where [${shape.join(', ')}] was expected`
      : 'a tensor is missing',
  );
}

/** The same where there is one by right, else null. */
export const shapedIf = (
  isThere: boolean,
  tensor: NumericArray | undefined,
  shape: readonly number[],
): NumericArray | null => (isThere ? shaped(tensor, shape) : null);

/** The result without its numbers and words: objects and lists keep their places. */
export function tensorsOf(result: unknown): unknown {
  if (isNumericArray(result)) return result;
  if (Array.isArray(result)) return result.map(tensorsOf);
  if (typeof result !== 'object' || result === null) return undefined;
  return Object.fromEntries(Object.entries(result).map(([key, own]) => [key, tensorsOf(own)]));
}

export interface Difference {
  /** Keys and indices, joined by dots. */
  readonly path: string;
  readonly recorded: unknown;
  readonly again: unknown;
}

/**
 * Rounding to single precision moves each number of a tensor by up to 6e-8 of itself. Where numbers of either sign
 * cancel in a mean, it keeps their error while it is smaller than they are, by a hundred times at most in what is
 * measured here.
 */
const relative = 1e-5;
/** Single precision has no full number below 1.2e-38: what a tensor keeps of so little is nothing. */
const smallest = 1e-36;

/** How many numbers and words agree, and the first that does not. */
export function compareWithDerived(
  result: unknown,
  derived: unknown,
): { readonly compared: number; readonly difference: Difference | null } {
  let compared = 0;
  const differs = (path: string, recorded: unknown, again: unknown): Difference => ({
    path,
    recorded: brief(recorded),
    again: brief(again),
  });
  const walk = (own: unknown, again: unknown, path: string, scale = 0): Difference | null => {
    if (isNumericArray(own) || isNumericArray(valueOf(again)))
      return own === again ? null : tensorDifference(own, again, path);
    const below = (key: string) => (path === '' ? key : `${path}.${key}`);
    if (isTree(own) && isTree(again) && Array.isArray(own) === Array.isArray(again)) {
      const within = scaleOf(own) || scale;
      const keys = new Set([...Object.keys(own), ...Object.keys(again)]);
      for (const key of keys) {
        const found = walk(own[key], again[key], below(key), within);
        if (found) return found;
      }
      return null;
    }
    compared++;
    return sameLeaf(own, again, scale) ? null : differs(path, own, again);
  };
  const difference = walk(result, derived, '');
  return { compared, difference };
}

const isTree = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !(value instanceof About);

const valueOf = (value: unknown): unknown => (value instanceof About ? value.value : value);

/** Of an estimate, the size of its numbers: one near zero is as uncertain as those beside it. */
function scaleOf(tree: Readonly<Record<string, unknown>>): number {
  const { value, interval } = tree;
  if (!Array.isArray(interval)) return 0;
  const numbers = [value, ...(interval as unknown[])].filter(Number.isFinite) as number[];
  return numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
}

function sameLeaf(own: unknown, again: unknown, scale: number): boolean {
  const value = valueOf(again);
  if (typeof own !== 'number' || typeof value !== 'number') return own === value;
  if (Object.is(own, value) || own === value) return true;
  if (again instanceof About) return Math.abs(own - value) <= again.tolerance;
  if (isCount(own) && isCount(value)) return false;
  return Math.abs(own - value) <= relative * Math.max(Math.abs(value), scale) + smallest;
}

/** Counts, numbers of networks, steps; a measured number beyond these may be whole by its size alone. */
const isCount = (value: number): boolean => Number.isInteger(value) && Math.abs(value) < 2 ** 24;

function tensorDifference(own: unknown, again: unknown, path: string): Difference | null {
  const expected = valueOf(again);
  if (!isNumericArray(own) || !isNumericArray(expected))
    return { path, recorded: brief(own), again: brief(expected) };
  if (own.shape.join() !== expected.shape.join())
    return { path: `the shape of ${path}`, recorded: brief(own), again: brief(expected) };
  const largest = expected.values.reduce(
    (most, value) => (Number.isFinite(value) ? Math.max(most, Math.abs(value)) : most),
    0,
  );
  // Of numbers that cancelled, what is left is as uncertain as the largest.
  const tolerance = again instanceof About ? again.tolerance : 0.1 * relative * largest + smallest;
  const at = own.values.findIndex((value, i) => {
    const other = expected.values[i]!;
    return !(Object.is(value, other) || value === other || Math.abs(value - other) <= tolerance);
  });
  if (at < 0) return null;
  return { path: `${path}[${at}]`, recorded: own.values[at], again: expected.values[at] };
}

/** A few words on what may be large. */
function brief(value: unknown): unknown {
  const own = valueOf(value);
  if (own === undefined) return 'nothing';
  if (isNumericArray(own)) return `a tensor of shape [${own.shape.join(', ')}]`;
  if (Array.isArray(own)) return `a list of ${own.length}`;
  return typeof own === 'object' && own !== null ? 'an object' : own;
}
