// Turns what a schema finds wrong into one sentence that says where, what was expected and what to do.
import type { z } from 'zod';
import { ExperimentError } from './experiment-error.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * What `schema` makes of a plain value (parsed JSON). `where` is the place named in errors, such as a file; `what`
 * is the name of the whole value.
 * Throws `ExperimentError`: `hiddenSizes[1] is 0: a layer needs at least one unit (experiments/moons.json)`.
 */
export function parseBySchema<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  where: string,
  what = 'the experiment',
): z.output<Schema> {
  checkPlain(value, [], where, what);
  const parsed = schema.safeParse(value, { error: expectation, reportInput: true });
  if (parsed.success) return parsed.data;
  throw new ExperimentError(`${sentence(firstIssue(parsed.error.issues), value, what)} (${where})`);
}

/** A misspelt key is often why another one is missing, so it comes first. */
function firstIssue(issues: readonly Issue[]): Issue {
  return issues.find(({ code }) => code === 'unrecognized_keys') ?? (issues[0] as Issue);
}

function sentence(issue: Issue, root: unknown, what: string): string {
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] as string];
    return `${formatPath(path, what)} is not a setting: ${issue.message}`;
  }
  return `${formatPath(issue.path, what)} is ${quote(valueAt(root, issue.path))}: ${issue.message}`;
}

/** What was expected, in the words that follow "PATH is VALUE: ". A message in the schema itself goes before this one. */
const expectation: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if ((issue.inst as z.ZodType).def.type === 'union') {
        const { discriminator, names } = choicesOf(issue.inst);
        return `expected an object that names its ${discriminator}, such as { "${discriminator}": "${names[0]}" }`;
      }
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_value':
      return expectedOneOf(issue.values.map(String), issue.input);
    case 'invalid_union': {
      const { discriminator, names } = choicesOf(issue.inst);
      return expectedOneOf(names, (issue.input as Record<string, unknown> | null)?.[discriminator]);
    }
    case 'unrecognized_keys': {
      const key = issue.keys[0] as string;
      const known = Object.keys((issue.inst as z.ZodObject).shape);
      return expectedOneOf(known, key);
    }
    case 'invalid_key':
      return `its name is not one: ${issue.issues[0]?.message}`;
    default:
      return undefined;
  }
};

const typeNames: Partial<Record<string, string>> = {
  number: 'a finite number',
  int: 'a whole number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object, { ... }',
  record: 'an object, { ... }',
};

function unit(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

/** What a discriminated union is told apart by, and the names it knows. */
function choicesOf(schema: unknown): { discriminator: string; names: string[] } {
  const { options, def } = schema as z.ZodDiscriminatedUnion<z.ZodObject[]>;
  const { discriminator } = def;
  const names = options.map((option) =>
    String((option.shape[discriminator] as z.ZodLiteral).value),
  );
  return { discriminator, names };
}

function expectedOneOf(names: readonly string[], given: unknown): string {
  const near = typeof given === 'string' ? nearest(given, names) : null;
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length === 1) return `expected ${quoted[0]}`;
  if (near) return `did you mean "${near}"?`;
  return `expected one of ${quoted.join(', ')}`;
}

function formatPath(path: Path, what: string): string {
  if (path.length === 0) return what;
  return path
    .map((key) => {
      if (typeof key === 'number') return `[${key}]`;
      const name = String(key);
      return `.${/^[\w$-]{1,48}$/.test(name) ? name : quote(name)}`;
    })
    .join('')
    .replace(/^\./, '');
}

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}

const deepest = 8;
const longestList = 1_000;
/** The lists that may be longer, by their names. */
const longLists = new Map<PropertyKey | undefined, number>([
  ['points', 4_000],
  ['rateChanges', 4_000],
]);
const mostKeys = 100;
/** Three reach prototypes; by the last, an object passes itself off as a list, and the schema compares it with numbers. */
const forbiddenKeys = ['__proto__', 'constructor', 'prototype', 'length'];

/** Refuses what no experiment holds before the schema looks at it: deep nesting, endless lists, keys that mislead. */
function checkPlain(value: unknown, path: Path, where: string, what: string): void {
  if (typeof value !== 'object' || value === null) return;
  const refuse = (reason: string): never => {
    throw new ExperimentError(`${formatPath(path, what)} ${reason} (${where})`);
  };
  if (path.length >= deepest) refuse(`is nested ${deepest} levels deep: expected no more than 3`);
  if (Array.isArray(value)) {
    const long = longLists.get(path.at(-1));
    if (value.length > (long ?? longestList))
      refuse(`is a list of ${value.length}: expected at most ${long ?? 32} entries`);
    value.forEach((entry, i) => checkPlain(entry, [...path, i], where, what));
    return;
  }
  const keys = Object.keys(value);
  if (keys.length > mostKeys) refuse(`has ${keys.length} keys: expected at most ${mostKeys}`);
  for (const key of keys) {
    if (forbiddenKeys.includes(key)) {
      throw new ExperimentError(
        `${formatPath([...path, key], what)} is not a setting: leave it out (${where})`,
      );
    }
    checkPlain((value as Record<string, unknown>)[key], [...path, key], where, what);
  }
}
