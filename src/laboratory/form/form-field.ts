// What a form knows of a setting: the tree that a schema is described by, plain data throughout.
import type { PlainObject } from '../../learning/plain-object.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}

interface Named {
  /** Keys joined by points; '' for the whole. */
  readonly path: string;
  readonly label: string;
  readonly help: string;
}

export interface NumberField extends Named {
  readonly kind: 'number';
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly isMinimumExcluded: boolean;
  readonly isMaximumExcluded: boolean;
  readonly isWhole: boolean;
  readonly isLogarithmic: boolean;
  /** An empty control leaves it out. */
  readonly isOptional: boolean;
  readonly standard: number | undefined;
  /** `[minimum, maximum]` of its slider, where that is not of the whole range; null for no slider. */
  readonly sliderRange?: readonly [number, number] | null;
}

export interface TextField extends Named {
  readonly kind: 'text';
  readonly longest: number | null;
  readonly isOptional: boolean;
  readonly standard: string | undefined;
}

export interface SwitchField extends Named {
  readonly kind: 'switch';
  readonly standard: boolean;
}

/** One of several values; the text of each is its `String`. */
export interface ChoiceField extends Named {
  readonly kind: 'choice';
  readonly options: readonly (Option & { readonly literal: unknown })[];
  readonly isOptional: boolean;
  readonly standard: unknown;
}

/** A literal, or a value of another kind: 'full' or a number. */
export interface EitherField extends Named {
  readonly kind: 'either';
  readonly options: readonly (Option &
    ({ readonly literal: unknown } | { readonly field: Field }))[];
  readonly isOptional: boolean;
  readonly standard: unknown;
}

/** Numbers with commas. */
export interface ListField extends Named {
  readonly kind: 'list';
  readonly isWhole: boolean;
  readonly standard: readonly number[];
}

/** Some of several names. */
export interface SomeField extends Named {
  readonly kind: 'some';
  readonly options: readonly Option[];
  readonly standard: readonly string[];
}

export interface GroupField extends Named {
  readonly kind: 'group';
  readonly fields: readonly Field[];
}

export interface VariantsField extends Named {
  readonly kind: 'variants';
  readonly discriminator: string;
  readonly options: readonly (Option & { readonly fields: readonly Field[] })[];
  /** What is chosen where nothing is said. */
  readonly standard: string;
}

/** A setting that may be absent as a whole. */
export interface MaybeField extends Named {
  readonly kind: 'maybe';
  readonly field: Field;
  /** What stands there when it is absent. */
  readonly absent: null | undefined;
  readonly isPresentByStandard: boolean;
}

/** Entries by name, each of the same kind. */
export interface EntriesField extends Named {
  readonly kind: 'entries';
  /** The entry called so: its fields, with their paths. */
  readonly entry: (name: string) => Field;
  readonly standard: Readonly<Record<string, unknown>> | undefined;
}

export interface ConstantField extends Named {
  readonly kind: 'constant';
  readonly value: unknown;
}

/** Shown, and set elsewhere. */
export interface FactField extends Named {
  readonly kind: 'fact';
  /** Where it is set. */
  readonly hint: string;
  readonly isOptional: boolean;
  readonly standard: unknown;
}

/** The name of a file that the reader chooses here; whoever owns the form reads it. */
export interface FileField extends Named {
  readonly kind: 'file';
  /** As in HTML. */
  readonly accept: string;
  /** What to do where none is chosen. */
  readonly hint: string;
}

export type Field =
  | NumberField
  | TextField
  | SwitchField
  | ChoiceField
  | EitherField
  | ListField
  | SomeField
  | GroupField
  | VariantsField
  | MaybeField
  | EntriesField
  | ConstantField
  | FactField
  | FileField;

/** The value that a field has where nothing is said; `undefined` where it is left out. */
export function standardOf(field: Field): unknown {
  switch (field.kind) {
    case 'number':
      return field.standard ?? (field.isOptional ? undefined : (field.minimum ?? 0));
    case 'text':
      return field.standard ?? (field.isOptional ? undefined : '');
    case 'switch':
    case 'list':
    case 'some':
    case 'fact':
      return field.standard;
    case 'choice':
      return field.standard ?? (field.isOptional ? undefined : field.options[0]?.literal);
    case 'either': {
      if (field.standard !== undefined || field.isOptional) return field.standard;
      const [first] = field.options;
      return first && ('field' in first ? standardOf(first.field) : first.literal);
    }
    case 'group':
      return standardsOf(field.fields);
    case 'variants':
      return standardOfVariant(field, field.standard);
    case 'maybe':
      return field.isPresentByStandard ? standardOf(field.field) : field.absent;
    case 'entries':
      return field.standard ?? { main: standardOf(field.entry('main')) };
    case 'constant':
      return field.value;
    case 'file':
      return undefined;
  }
}

export function standardOfVariant(field: VariantsField, name: string): PlainObject {
  const option = field.options.find(({ value }) => value === name);
  return { [field.discriminator]: name, ...standardsOf(option?.fields ?? []) };
}

function standardsOf(fields: readonly Field[]): PlainObject {
  return Object.fromEntries(
    fields
      .map((field) => [keyOf(field), standardOf(field)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** The last key of its path. */
export const keyOf = ({ path }: Pick<Named, 'path'>): string =>
  path.slice(path.lastIndexOf('.') + 1);

export const joined = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);
