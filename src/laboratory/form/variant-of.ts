// Which kind of thing a value is, of those that a setting knows.
import { isPlainObject } from '../../learning/plain-object.ts';
import type { VariantsField } from './form-field.ts';

export function variantOf(field: VariantsField, value: unknown): string {
  const named = isPlainObject(value) ? String(value[field.discriminator]) : field.standard;
  return field.options.some((option) => option.value === named) ? named : field.standard;
}
