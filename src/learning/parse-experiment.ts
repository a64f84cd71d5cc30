// Turns what somebody wrote into a complete experiment, or into one sentence that says what to change.
import type { z } from 'zod';
import { dataDimensions } from './data-dimensions.ts';
import { ExperimentError } from './experiment-error.ts';
import { checkRules } from './experiment-rules.ts';
import { experimentSchema, type Experiment } from './experiment.ts';
import { nearest } from './nearest.ts';
import { quote } from './quote.ts';

export { applySettings } from './apply-settings.ts';
export { ExperimentError } from './experiment-error.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/**
 * A complete experiment from a plain value (parsed JSON). `where` is the place named in errors, such as a file.
 * Where `snapshots` is left out, it is 21, or one per step and one before the first, if that is less.
 * Throws `ExperimentError`: `hiddenSizes[1] is 0: a layer needs at least one unit (experiments/moons.json)`.
 */
export function parseExperiment(value: unknown, where: string): Experiment {
  checkPlain(value, [], where);
  const parsed = experimentSchema.safeParse(value, { error: expectation, reportInput: true });
  if (!parsed.success) {
    throw new ExperimentError(`${sentence(firstIssue(parsed.error.issues), value)} (${where})`);
  }
  const experiment = Object.hasOwn(value as object, 'snapshots')
    ? parsed.data
    : { ...parsed.data, snapshots: Math.min(parsed.data.snapshots, leastSteps(parsed.data) + 1) };
  checkRules(experiment, where);
  return experiment;
}

/** A misspelt key is often why another one is missing, so it comes first. */
function firstIssue(issues: readonly Issue[]): Issue {
  return issues.find(({ code }) => code === 'unrecognized_keys') ?? (issues[0] as Issue);
}

function sentence(issue: Issue, root: unknown): string {
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] as string];
    return `${formatPath(path)} is not a setting: ${issue.message}`;
  }
  return `${formatPath(issue.path)} is ${quote(valueAt(root, issue.path))}: ${issue.message}`;
}

/** What was expected, in the words that follow "PATH is VALUE: ". A message in the schema itself goes before this one. */
const expectation: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if ((issue.inst as z.ZodType).def.type === 'union') {
        const [kind] = kindsOf(issue.inst);
        return `expected an object that names its kind, such as { "kind": "${kind}" }`;
      }
      return `expected ${typeNames[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `expected ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}${unit(issue.origin)}`;
    case 'too_big':
      return `expected ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}${unit(issue.origin)}`;
    case 'invalid_value':
      return expectedOneOf(issue.values.map(String), issue.input);
    case 'invalid_union':
      return expectedOneOf(kindsOf(issue.inst), (issue.input as { kind?: unknown } | null)?.kind);
    case 'unrecognized_keys': {
      const key = issue.keys[0] as string;
      const known = Object.keys((issue.inst as z.ZodObject).shape);
      return expectedOneOf(known, key);
    }
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
  object: 'an object, { ... }',
};

function unit(origin: string): string {
  if (origin === 'array') return ' entries';
  return origin === 'string' ? ' characters' : '';
}

/** The kinds of a union that is told apart by `kind`. */
function kindsOf(schema: unknown): string[] {
  const { options } = schema as z.ZodDiscriminatedUnion<z.ZodObject<{ kind: z.ZodLiteral }>[]>;
  return options.map((option) => String(option.shape.kind.value));
}

function expectedOneOf(names: readonly string[], given: unknown): string {
  const near = typeof given === 'string' ? nearest(given, names) : null;
  const quoted = names.map((name) => `"${name}"`);
  if (quoted.length === 1) return `expected ${quoted[0]}`;
  if (near) return `did you mean "${near}"?`;
  return `expected one of ${quoted.join(', ')}`;
}

function formatPath(path: Path): string {
  if (path.length === 0) return 'the experiment';
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
const mostKeys = 100;
/** Three reach prototypes; by the last, an object passes itself off as a list, and the schema compares it with numbers. */
const forbiddenKeys = ['__proto__', 'constructor', 'prototype', 'length'];

/** Refuses what no experiment holds before the schema looks at it: deep nesting, endless lists, keys that mislead. */
function checkPlain(value: unknown, path: Path, where: string): void {
  if (typeof value !== 'object' || value === null) return;
  const refuse = (reason: string): never => {
    throw new ExperimentError(`${formatPath(path)} ${reason} (${where})`);
  };
  if (path.length >= deepest) refuse(`is nested ${deepest} levels deep: expected no more than 3`);
  if (Array.isArray(value)) {
    if (value.length > longestList)
      refuse(`is a list of ${value.length}: expected at most 32 entries`);
    value.forEach((entry, i) => checkPlain(entry, [...path, i], where));
    return;
  }
  const keys = Object.keys(value);
  if (keys.length > mostKeys) refuse(`has ${keys.length} keys: expected at most ${mostKeys}`);
  for (const key of keys) {
    if (forbiddenKeys.includes(key)) {
      throw new ExperimentError(
        `${formatPath([...path, key])} is not a setting: leave it out (${where})`,
      );
    }
    checkPlain((value as Record<string, unknown>)[key], [...path, key], where);
  }
}

/** Steps that training takes at least, as far as that is known before the data is read. */
function leastSteps({ data, batchSize, testFraction, epochs }: Experiment): number {
  const samples = dataDimensions(data)?.samples;
  if (batchSize === 'full' || !samples) return epochs;
  const train = samples - Math.round(samples * testFraction);
  return epochs * Math.max(1, Math.floor(train / batchSize));
}
