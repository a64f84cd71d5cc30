// The fields of a figure's state: what each may hold and what it holds at first. Small, since every page that draws a figure loads it.

export type Simple = string | number | boolean | null;

/** One key of a state. */
export interface StateField<Value> {
  readonly initial: Value;
  /** What it may hold, in words that follow "expected". */
  readonly expected: string;
  takes(value: unknown): boolean;
}

/** A field for each key of a state. */
export type StateSchema<State> = { readonly [Key in keyof State]: StateField<State[Key]> };

export type AnyStateSchema = Readonly<Record<string, StateField<unknown>>>;

/** The type of the states that a schema describes. */
export type StateOf<Schema extends AnyStateSchema> = {
  readonly [Key in keyof Schema]: Schema[Key] extends StateField<infer Value> ? Value : never;
};

const quoted = (value: Simple): string => (typeof value === 'string' ? `'${value}'` : `${value}`);

/** One of a few values. */
export const oneOf = <const Values extends readonly Simple[]>(
  values: Values,
  initial: Values[number],
): StateField<Values[number]> => ({
  initial,
  expected: `one of ${values.map(quoted).join(', ')}`,
  takes: (value) => values.some((each) => Object.is(each, value)),
});

export const truth = (initial: boolean): StateField<boolean> => ({
  initial,
  expected: 'true or false',
  takes: (value) => typeof value === 'boolean',
});

/** A finite number. */
export const number = (initial: number, { from = -Infinity } = {}): StateField<number> => ({
  initial,
  expected: from === -Infinity ? 'a number' : `a number of at least ${from}`,
  takes: (value) => typeof value === 'number' && Number.isFinite(value) && value >= from,
});

/** 0, 1, 2, ...: a network, a row, a count. */
export const index = (initial: number): StateField<number> => ({
  initial,
  expected: 'a whole number of at least 0',
  takes: (value) => Number.isInteger(value) && (value as number) >= 0,
});

export const text = (initial: string): StateField<string> => ({
  initial,
  expected: 'a text',
  takes: (value) => typeof value === 'string',
});

export const listOf = <Value>(
  each: StateField<Value>,
  initial: readonly Value[],
): StateField<readonly Value[]> => ({
  initial,
  expected: `a list, each entry ${each.expected}`,
  takes: (value) => Array.isArray(value) && value.every((entry) => each.takes(entry)),
});

/** The same or null, which it is at first. */
export const orNull = <Value>({
  expected,
  takes,
}: StateField<Value>): StateField<Value | null> => ({
  initial: null,
  expected: `${expected}, or null`,
  takes: (value) => value === null || takes(value),
});

/** What only a picture in motion holds, between two states; an author or an address sets nothing here. */
export const inMotion = <Value>(): StateField<Value | null> => ({
  initial: null,
  expected: 'nothing: only a motion sets it',
  takes: (value) => value === null,
});

/** How far training is shown: a record, snapshot, step or epoch; null, at first, for all of it. */
export const moment = (): StateField<number | null> => orNull(number(0, { from: 0 }));

/** The network that a reader picked, by number. */
export const pickedNetwork = (): StateField<number | null> => orNull(index(0));

/** The values that a state has before anyone sets one, in the order of the schema. */
export const initialState = <State>(schema: StateSchema<State>): State =>
  Object.fromEntries(
    Object.entries<StateField<unknown>>(schema).map(([key, { initial }]) => [key, initial]),
  ) as State;

/** What is wrong with a state, a phrase for each key: the key, what was given, and what was expected. */
export function stateProblems(schema: AnyStateSchema, state: object): string[] {
  return Object.entries(state).flatMap(([key, value]) => {
    const field = Object.hasOwn(schema, key) ? schema[key] : undefined;
    if (field === undefined)
      return [`there is no "${key}": expected one of ${Object.keys(schema).join(', ')}`];
    return field.takes(value)
      ? []
      : [`"${key}" is ${JSON.stringify(value)}: expected ${field.expected}`];
  });
}
