// A zod schema as a tree of fields: a setting that the schema gains appears in every form by itself.
import { z } from 'zod';
import { isPlainObject } from '../../learning/plain-object.ts';
import {
  joined,
  type EitherField,
  type Field,
  type NumberField,
  type Option,
  type VariantsField,
} from './form-field.ts';
import { firstNumber, isByMagnitude, optionName, settingName } from './setting-names.ts';
import { metaOf, unwrap, type Schema, type Wrapped } from './unwrap-schema.ts';

/** Settings that are shown and set elsewhere, by path: where that is, in a sentence. */
export type Facts = ReadonlyMap<string, string>;

export function describeSchema(schema: z.ZodType, facts: Facts = new Map()): Field {
  return describe(schema, '', facts, undefined);
}

function describe(outer: Schema, path: string, facts: Facts, given: unknown): Field {
  const wrapped = unwrap(outer, path);
  const standard = given === undefined ? wrapped.standard : given;
  const { isOptional, isNullable, label, help } = wrapped;
  const named = { path, label, help };
  const hint = facts.get(path);
  if (hint !== undefined) return { ...named, kind: 'fact', hint, isOptional, standard };
  const inner = describeInner({ ...wrapped, standard }, path, facts);
  if (!isOptional && !isNullable) return inner;
  const takesNothing = ['number', 'text', 'choice', 'either', 'fact'].includes(inner.kind);
  if (isOptional && takesNothing) return { ...inner, isOptional: true } as Field;
  return {
    ...named,
    kind: 'maybe',
    field: inner,
    absent: isNullable ? null : undefined,
    isPresentByStandard: standard !== undefined && standard !== null,
  };
}

function describeInner(wrapped: Wrapped, path: string, facts: Facts): Field {
  const { schema, label, help, standard } = wrapped;
  const named = { path, label, help };
  const def = (schema as z.core.$ZodTypes)._zod.def;
  const hint = 'Not set in this form.';
  const fact = { ...named, kind: 'fact', hint, isOptional: false, standard } as const;
  switch (def.type) {
    case 'number':
      return numberField(wrapped, path);
    case 'string': {
      const { maxLength } = schema as z.ZodString;
      const text = typeof standard === 'string' ? standard : undefined;
      return { ...named, kind: 'text', longest: maxLength, isOptional: false, standard: text };
    }
    case 'boolean':
      return { ...named, kind: 'switch', standard: standard === true };
    case 'literal':
      if (def.values.length === 1) return { ...named, kind: 'constant', value: def.values[0] };
      return {
        ...named,
        kind: 'choice',
        options: choices(def.values),
        isOptional: false,
        standard,
      };
    case 'enum':
      return {
        ...named,
        kind: 'choice',
        options: choices(Object.values(def.entries)),
        isOptional: false,
        standard,
      };
    case 'object':
      return { ...named, kind: 'group', fields: fieldsOf(def.shape, path, facts, standard) };
    case 'union':
      return 'discriminator' in def
        ? variantsField(schema as z.ZodDiscriminatedUnion, wrapped, path, facts)
        : eitherField(def.options, wrapped, path, facts);
    case 'array':
      return listField(def.element, wrapped, path) ?? fact;
    case 'tuple':
      return listField(def.items[0], wrapped, path) ?? fact;
    case 'record':
      return {
        ...named,
        kind: 'entries',
        entry: (name) => ({
          ...describe(def.valueType, joined(path, name), facts, undefined),
          label: name,
        }),
        standard: isPlainObject(standard) ? standard : undefined,
      };
    default:
      return fact;
  }
}

function fieldsOf(
  shape: Readonly<Record<string, Schema>>,
  path: string,
  facts: Facts,
  standards: unknown,
  except?: string,
): Field[] {
  return Object.entries(shape)
    .filter(([key]) => key !== except)
    .map(([key, part]) =>
      describe(
        part,
        joined(path, key),
        facts,
        isPlainObject(standards) ? standards[key] : undefined,
      ),
    );
}

function numberField(wrapped: Wrapped, path: string): NumberField {
  const { schema, label, help, unit, control, standard } = wrapped;
  const described = z.toJSONSchema(schema, { io: 'input' }) as z.core.JSONSchema.NumberSchema;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = described;
  return {
    kind: 'number',
    path,
    label,
    help,
    unit,
    minimum: bound(minimum ?? exclusiveMinimum),
    maximum: bound(maximum ?? exclusiveMaximum),
    isMinimumExcluded: minimum === undefined && exclusiveMinimum !== undefined,
    isMaximumExcluded: maximum === undefined && exclusiveMaximum !== undefined,
    isWhole: (described.type as string) === 'integer',
    isLogarithmic: control === 'logarithmic' || isByMagnitude(path),
    isOptional: false,
    standard: typeof standard === 'number' ? standard : firstNumber(path),
  };
}

/** The bounds of all whole numbers are none of the setting's own. */
const bound = (value: unknown): number | null =>
  typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;

function variantsField(
  { options, def }: z.ZodDiscriminatedUnion,
  { label, help, standard }: Wrapped,
  path: string,
  facts: Facts,
): VariantsField {
  const { discriminator } = def;
  const variants = options.map((option) => {
    const { shape } = option as z.ZodObject;
    const [value] = (shape[discriminator] as z.ZodLiteral).def.values;
    const name = String(value);
    const own = isPlainObject(standard) && standard[discriminator] === value ? standard : undefined;
    return {
      value: name,
      label: metaOf(option).label ?? optionName(name),
      fields: fieldsOf(shape, path, facts, own, discriminator),
    };
  });
  const chosen = isPlainObject(standard) ? standard[discriminator] : undefined;
  return {
    kind: 'variants',
    path,
    label: label || settingName(discriminator),
    help,
    discriminator,
    options: variants,
    standard: String(chosen ?? variants[0]?.value),
  };
}

/** Literals, yes and no become options of their own; all else an option with a control. */
function eitherField(
  alternatives: readonly Schema[],
  { label, help, standard }: Wrapped,
  path: string,
  facts: Facts,
): Field {
  const options = alternatives.flatMap((alternative): EitherField['options'] => {
    const { def } = (alternative as z.core.$ZodTypes)._zod;
    if (def.type === 'literal') return choices(def.values);
    if (def.type === 'enum') return choices(Object.values(def.entries));
    if (def.type === 'boolean') return choices([true, false]);
    const field = { ...describe(alternative, path, facts, undefined), label, help };
    return [{ value: `:${field.kind}`, label: kindNames[field.kind] ?? 'A value', field }];
  });
  const named = { path, label, help, isOptional: false, standard };
  return options.every((option): option is Option & { literal: unknown } => 'literal' in option)
    ? { ...named, kind: 'choice', options }
    : { ...named, kind: 'either', options };
}

const kindNames: Partial<Record<Field['kind'], string>> = {
  number: 'A number',
  text: 'A name',
  group: 'Chosen',
  list: 'Numbers',
};

function listField(element: Schema | undefined, wrapped: Wrapped, path: string): Field | null {
  if (!element) return null;
  const { label, help, standard } = wrapped;
  const { def } = (element as z.core.$ZodTypes)._zod;
  const standards: readonly unknown[] = Array.isArray(standard) ? standard : [];
  if (def.type === 'enum') {
    const options = Object.values(def.entries).map((value) => ({
      value: String(value),
      label: optionName(String(value)),
    }));
    return { kind: 'some', path, label, help, options, standard: standards.map(String) };
  }
  if (def.type !== 'number') return null;
  const { isWhole } = numberField({ ...wrapped, schema: element }, path);
  return { kind: 'list', path, label, help, isWhole, standard: standards.map(Number) };
}

const choices = (values: readonly unknown[]): (Option & { literal: unknown })[] =>
  values.map((literal) => ({
    value: String(literal),
    label: optionName(String(literal)),
    literal,
  }));
