// What the reader has set, judged by the schema: a valid value, or one sentence for each control that is wrong.
import { ExperimentError } from '../../learning/experiment-error.ts';
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';
import type { Field } from './form-field.ts';
import { leavesOf, type Leaf } from './leaves.ts';
import { readField, type Controls } from './read-fields.ts';

export interface Reading<T> {
  /** Null where something is wrong. */
  readonly value: T | null;
  /** By path, such as 'learningRate' or 'data.noise'. */
  readonly problems: ReadonlyMap<string, string>;
  /** What is wrong with the settings taken together; null where nothing is. */
  readonly together: string | null;
}

export interface Judge<T> {
  /** Throws `ExperimentError`. */
  parse(plain: unknown): T;
  /** The place that its sentences name at their end. */
  readonly where: string;
}

/**
 * @param settle changes what follows from other settings before it is judged.
 */
export function readForm<T>(
  field: Field,
  controls: Controls,
  judge: Judge<T>,
  settle: (plain: unknown) => unknown = (plain) => plain,
): Reading<T> {
  const unread = new Map<string, string>();
  const plain = settle(readField(field, controls, unread));
  const problems = new Map(unread);
  const leaves = leavesOf(field, plain).sort((a, b) => b.path.length - a.path.length);
  for (const { path, standard } of leaves) if (unread.has(path)) put(plain, path, standard);
  // A fault hides the ones after it, so each is put right in turn until none is left.
  for (let round = 0; round <= leaves.length; round++) {
    try {
      const value = judge.parse(plain);
      return { value: problems.size === 0 ? value : null, problems, together: null };
    } catch (error) {
      if (!(error instanceof ExperimentError)) throw error;
      const sentence = `${error.message.replace(` (${judge.where})`, '')}.`;
      const leaf = leaves.find(({ path }) => isAbout(sentence, path));
      if (!leaf || problems.has(leaf.path)) {
        return { value: null, problems, together: problems.size > 0 ? null : sentence };
      }
      problems.set(leaf.path, sentenceAbout(leaf, sentence));
      put(plain, leaf.path, leaf.standard);
    }
  }
  return { value: null, problems, together: null };
}

const isAbout = (sentence: string, path: string): boolean =>
  sentence.startsWith(path) && /^[\s.[]/.test(sentence.slice(path.length));

function sentenceAbout({ label, path, value, hint }: Leaf, sentence: string): string {
  if (value === undefined) return hint ?? `${label} is missing.`;
  return `${label}${sentence.slice(path.length)}`;
}

function put(root: unknown, path: string, value: unknown): void {
  const keys = path.split('.');
  const last = keys.pop() as string;
  let holder: unknown = root;
  for (const key of keys) holder = isPlainObject(holder) ? holder[key] : undefined;
  if (!isPlainObject(holder)) return;
  if (value === undefined) delete (holder as PlainObject)[last];
  else (holder as PlainObject)[last] = structuredClone(value);
}
