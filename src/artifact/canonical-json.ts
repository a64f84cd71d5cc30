// JSON in which the order of fields does not matter: equal values, equal texts.

export const canonicalJson = (value: unknown): string => JSON.stringify(value, sortedKeys);

/** A JSON replacer: objects with their keys in order. */
function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
