// How controls are called: `learningRate` holds a value, `batchSize:way` which way it is given or whether it is.
import type { EitherField } from './form-field.ts';

export const controlName = (path: string): string => path;

export const wayName = (path: string): string => `${path}:way`;

/** The setting that a control is about. */
export const pathOfControl = (name: string): string => name.replace(/:way$/, '');

export const idOf = (prefix: string, path: string): string =>
  `${prefix}-${path.replace(/[^A-Za-z0-9-]/g, '-')}`;

/** Of an optional setting: to leave it out. */
export const absentOption = (isChosen: boolean) => ({ value: '', label: 'Not set', isChosen });

/** Which way a value is given; '' where it is left out. */
export function wayOf({ options }: EitherField, value: unknown): string {
  if (value === undefined) return '';
  const literal = options.find((option) => 'literal' in option && option.literal === value);
  if (literal) return literal.value;
  const kind = typeof value;
  const fits = options.find(
    (option) =>
      'field' in option &&
      ((option.field.kind === 'number' && kind === 'number') ||
        (option.field.kind === 'text' && kind === 'string') ||
        (kind === 'object' && option.field.kind !== 'number' && option.field.kind !== 'text')),
  );
  return fits?.value ?? options[0]?.value ?? '';
}
