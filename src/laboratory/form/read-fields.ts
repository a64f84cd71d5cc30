// What the controls say, as a plain value, and a sentence for each text that is no value of its kind.
import type { PlainObject } from '../../learning/plain-object.ts';
import {
  joined,
  keyOf,
  type EitherField,
  type Field,
  type ListField,
  type NumberField,
} from './form-field.ts';
import { controlName, wayName } from './control-names.ts';

/** The controls as they stand; a name that no control has gives null. */
export interface Controls {
  /** Text of an input or value of a select; 'true' or 'false' of a checkbox. */
  text(name: string): string | null;
  /** The ticked of several checkboxes. */
  ticked(name: string): readonly string[];
  /** What a fact holds. */
  kept(path: string): unknown;
  /** Names of a record's entries. */
  entries(path: string): readonly string[];
}

/** Undefined where a setting is left out, or holds no sense and has a sentence in `problems`, by path. */
export function readField(
  field: Field,
  controls: Controls,
  problems: Map<string, string>,
): unknown {
  const { path } = field;
  switch (field.kind) {
    case 'constant':
      return field.value;
    case 'fact':
    case 'file':
      return controls.kept(path);
    case 'switch':
      return controls.text(controlName(path)) === 'true';
    case 'some': {
      const ticked = new Set(controls.ticked(controlName(path)));
      return field.options.map(({ value }) => value).filter((value) => ticked.has(value));
    }
    case 'text': {
      const text = controls.text(controlName(path)) ?? '';
      return text === '' && field.isOptional ? undefined : text;
    }
    case 'number':
      return readNumber(field, controls.text(controlName(path)) ?? '', problems);
    case 'list':
      return readList(field, controls.text(controlName(path)) ?? '', problems);
    case 'choice': {
      const text = controls.text(controlName(path));
      const chosen = field.options.find(({ value }) => value === text);
      if (!chosen && !(field.isOptional && text === ''))
        problems.set(path, `${field.label} needs a choice.`);
      return chosen?.literal;
    }
    case 'either':
      return readEither(field, controls, problems);
    case 'group':
      return readAll(field.fields, controls, problems);
    case 'variants': {
      const name = joined(path, field.discriminator);
      const text = controls.text(controlName(name));
      const chosen = field.options.find(({ value }) => value === text);
      if (!chosen) problems.set(name, `${field.label} needs a choice.`);
      return {
        [field.discriminator]: chosen?.value,
        ...readAll(chosen?.fields ?? [], controls, problems),
      };
    }
    case 'maybe':
      return controls.text(wayName(path)) === 'true'
        ? readField(field.field, controls, problems)
        : field.absent;
    case 'entries':
      return readAll(controls.entries(path).map(field.entry), controls, problems);
  }
}

function readAll(
  fields: readonly Field[],
  controls: Controls,
  problems: Map<string, string>,
): PlainObject {
  const plain: PlainObject = {};
  for (const field of fields) {
    const value = readField(field, controls, problems);
    if (value !== undefined) plain[keyOf(field)] = value;
  }
  return plain;
}

function readEither(
  field: EitherField,
  controls: Controls,
  problems: Map<string, string>,
): unknown {
  const way = controls.text(wayName(field.path));
  const chosen = field.options.find(({ value }) => value === way);
  if (!chosen) {
    if (!field.isOptional || way !== '') problems.set(field.path, `${field.label} needs a choice.`);
    return undefined;
  }
  return 'field' in chosen ? readField(chosen.field, controls, problems) : chosen.literal;
}

function readNumber(field: NumberField, text: string, problems: Map<string, string>): unknown {
  const trimmed = text.trim();
  if (trimmed === '' && field.isOptional) return undefined;
  const value = trimmed === '' ? NaN : Number(trimmed);
  if (Number.isFinite(value)) return value;
  problems.set(field.path, `${field.label} needs a number.`);
  return undefined;
}

function readList(field: ListField, text: string, problems: Map<string, string>): unknown {
  const values = text
    .split(/[\s,;]+/)
    .filter((part) => part !== '')
    .map(Number);
  if (values.every(Number.isFinite)) return values;
  const kind = field.isWhole ? 'whole numbers' : 'numbers';
  problems.set(
    field.path,
    `${field.label} are ${kind} with commas, such as ${field.isWhole ? '16, 16' : '0.5, 1'}.`,
  );
  return undefined;
}
