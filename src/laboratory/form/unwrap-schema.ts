// What stands around a schema (defaults, options, names), told apart from the schema itself.
import { z } from 'zod';
import { helpFor, optionName, settingName } from './setting-names.ts';

export type Schema = z.core.$ZodType;

export interface Wrapped {
  readonly schema: Schema;
  readonly label: string;
  readonly help: string;
  readonly unit: string;
  readonly control: string;
  readonly isOptional: boolean;
  readonly isNullable: boolean;
  /** As written; undefined where the schema has none. */
  readonly standard: unknown;
  readonly hasStandard: boolean;
}

interface Meta {
  readonly label?: string;
  readonly help?: string;
  readonly unit?: string;
  readonly control?: string;
}

export const metaOf = (schema: Schema): Meta => (z.globalRegistry.get(schema) ?? {}) as Meta;

/** Takes off what stands around a schema; a name given outside goes before one inside. */
export function unwrap(outer: Schema, path: string): Wrapped {
  let schema = outer;
  let meta: Meta = metaOf(schema);
  let standard: unknown;
  let hasStandard = false;
  let isOptional = false;
  let isNullable = false;
  for (;;) {
    const { def } = (schema as z.core.$ZodTypes)._zod;
    if (def.type === 'default' || def.type === 'prefault') {
      if (!hasStandard) standard = def.defaultValue;
      hasStandard = true;
    } else if (def.type === 'optional') isOptional = true;
    else if (def.type === 'nullable') isNullable = true;
    else if (def.type !== 'readonly' && def.type !== 'nonoptional') break;
    schema = def.innerType;
    meta = { ...metaOf(schema), ...meta };
  }
  return {
    schema,
    label: meta.label ?? settingName(path),
    help: withOptionNames(meta.help ?? helpFor(path)),
    unit: meta.unit ?? '',
    control: meta.control ?? '',
    isOptional,
    isNullable,
    standard,
    hasStandard,
  };
}

/** Schemas quote values as they are written; the form shows them by name. */
const withOptionNames = (help: string): string =>
  help.replace(/'([a-z0-9-]+)'/g, (quoted, value: string) =>
    optionName(value) === value ? quoted : `“${optionName(value)}”`,
  );
