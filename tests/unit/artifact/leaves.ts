// All that a JSON file says, one thing at a time: copies in which a single leaf is another, or a key is missing or too many.

type Json = unknown;

export interface Change {
  /** Where, and what was done. */
  readonly what: string;
  readonly json: Json;
}

/** One change for each leaf, and for each object or list one with less and one with more. */
export function* singleChanges(json: Json): Generator<Change> {
  for (const { path, value } of places(json)) {
    const at = path.join('.') || 'the whole';
    for (const [what, other] of changesOf(value)) {
      yield { what: `${at} ${what}`, json: withAt(json, path, other) };
    }
  }
}

function* places(
  value: Json,
  path: readonly string[] = [],
): Generator<{ path: readonly string[]; value: Json }> {
  yield { path, value };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) yield* places(item, [...path, key]);
}

function* changesOf(value: Json): Generator<[string, Json]> {
  if (typeof value === 'number') yield ['changed', value === 0 ? 1e-9 : value * (1 + 1e-9)];
  if (typeof value === 'string')
    yield ['changed', value.startsWith('x') ? 'y' : `x${value.slice(1)}`];
  if (typeof value === 'boolean') yield ['changed', !value];
  if (value === null) yield ['changed', 1];
  if (Array.isArray(value)) {
    if (value.length > 0) yield ['without its last', value.slice(0, -1)];
    yield ['with one more', [...value, value.at(-1) ?? 0]];
  } else if (typeof value === 'object' && value !== null) {
    for (const key of Object.keys(value)) {
      const { [key]: _, ...rest } = value as Record<string, Json>;
      yield [`without ${key}`, rest];
    }
    yield ['with one more', { ...value, surprise: 1 }];
  }
}

function withAt(json: Json, [key, ...rest]: readonly string[], other: Json): Json {
  if (key === undefined) return other;
  const item = withAt((json as Record<string, Json>)[key], rest, other);
  if (Array.isArray(json)) return json.map((each, i) => (String(i) === key ? item : each));
  return { ...(json as object), [key]: item };
}
