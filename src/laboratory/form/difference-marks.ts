// Says beside each setting where another experiment has another value.
import { factInWords } from './fact-words.ts';
import type { Leaf } from './leaves.ts';
import { optionName } from './setting-names.ts';

export interface Other {
  /** In front of its value: "B", "preset". */
  readonly name: string;
  readonly leaves: readonly Leaf[];
}

/** By path: what the others have there, for the settings in which they differ. */
export function differencesIn(
  leaves: readonly Leaf[],
  others: readonly Other[],
): Map<string, string> {
  const known = others.map(({ name, leaves: theirs }) => ({
    name,
    values: new Map(theirs.map(({ path, value }) => [path, value])),
  }));
  const marks = new Map<string, string>();
  for (const { path, value } of leaves) {
    // A setting that the other's kind of thing does not have is no difference of its own.
    const differing = known.filter(
      ({ values }) => values.has(path) && !same(values.get(path), value),
    );
    if (differing.length === 0) continue;
    const words = differing.map(({ name, values }) => `${name}: ${valueInWords(values.get(path))}`);
    marks.set(path, words.join(' · '));
  }
  return marks;
}

export function showMarks(root: ParentNode, marks: ReadonlyMap<string, string>): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-differs-at]')) {
    const words = marks.get(place.dataset['differsAt'] ?? '') ?? '';
    if (place.textContent !== words) place.textContent = words;
    place.hidden = words === '';
    place.parentElement?.toggleAttribute('data-differs', words !== '');
  }
}

function valueInWords(value: unknown): string {
  if (Array.isArray(value) && value.every((part) => typeof part === 'number') && value.length < 9)
    return value.length > 0 ? value.join(', ') : 'none';
  if (typeof value === 'string' || typeof value === 'boolean') return optionName(String(value));
  return factInWords(value);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
