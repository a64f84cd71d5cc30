// Splits an analysis's result into plain JSON and tensors, and joins them again.
import { isNumericArray, type NumericArray } from '../landscape/analyses/numeric-array.ts';
import { ArtifactError } from './artifact-error.ts';

/** What stands in the JSON where a tensor was: its name, the path to it. */
interface TensorMark {
  readonly tensor: string;
}

export const isTensorMark = (value: object): value is TensorMark =>
  'tensor' in value && typeof value.tensor === 'string' && Object.keys(value).length === 1;

/** JSON has none of these; as texts they are told apart from a null that means "there is none". */
const numbersAsText = ['NaN', 'Infinity', '-Infinity'];

export const isNumberAsText = (value: unknown): value is string =>
  typeof value === 'string' && numbersAsText.includes(value);

/** No result is nested nearly as deep; what is comes from elsewhere and would overflow the stack. */
const deepest = 32;

export interface SplitResult {
  readonly json: unknown;
  /** By the path to each, joined by dots. */
  readonly tensors: ReadonlyMap<string, NumericArray>;
}

/** @throws TypeError for what neither JSON nor a tensor can hold: a programming error. */
export function splitResult(result: unknown): SplitResult {
  const tensors = new Map<string, NumericArray>();
  const walk = (value: unknown, path: string): unknown => {
    if (isNumericArray(value)) {
      if (tensors.has(path)) throw new TypeError(`a result holds two tensors at ${path}`);
      tensors.set(path, value);
      return { tensor: path } satisfies TensorMark;
    }
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
    const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
    if (Array.isArray(value)) return value.map((item, index) => walk(item, below(index)));
    if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
      return Object.fromEntries(
        Object.entries(value)
          .filter(([, item]) => item !== undefined)
          .map(([key, item]) => [key, walk(item, below(key))]),
      );
    }
    throw new TypeError(`a result holds a ${typeof value} at ${path}: expected plain data`);
  };
  return { json: walk(result, ''), tensors };
}

/**
 * The result again; `tensorAt` gives the tensor of a name, or null where this copy leaves it out.
 * @throws ArtifactError where the JSON is not that of a result, or a tensor stands in another's place.
 */
export function joinResult(
  json: unknown,
  tensorAt: (name: string) => NumericArray | null,
  where: string,
): unknown {
  const walk = (value: unknown, depth: number, path: string): unknown => {
    if (isNumberAsText(value)) return Number(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > deepest) {
      throw new ArtifactError(
        `${where}: its result is nested more than ${deepest} levels deep; run the experiment again`,
      );
    }
    const below = (key: string | number) => (path === '' ? String(key) : `${path}.${key}`);
    if (Array.isArray(value)) {
      return value.map((item, index) => walk(item, depth + 1, below(index)));
    }
    if (isTensorMark(value)) {
      if (value.tensor === path) return tensorAt(path);
      throw new ArtifactError(
        `${where}: the tensor ${value.tensor} stands in the place of ${path || 'the whole'}; run the experiment again`,
      );
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, walk(item, depth + 1, below(key))]),
    );
  };
  if (json === undefined) {
    throw new ArtifactError(`${where} lacks a result: run the experiment again`);
  }
  return walk(json, 0, '');
}
