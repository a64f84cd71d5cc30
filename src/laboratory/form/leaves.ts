// The settings that apply to a value, one by one, with their paths.
import { isPlainObject } from '../../learning/plain-object.ts';
import { joined, keyOf, standardOf, type Field } from './form-field.ts';
import { variantOf } from './variant-of.ts';

/** Visits the field and all below it that apply to its value, in the order of the form. */
export function visitFields(
  field: Field,
  value: unknown,
  visit: (field: Field, value: unknown) => void,
): void {
  visit(field, value);
  const below = (fields: readonly Field[]) => {
    for (const part of fields)
      visitFields(part, isPlainObject(value) ? value[keyOf(part)] : undefined, visit);
  };
  switch (field.kind) {
    case 'group':
      return below(field.fields);
    case 'variants': {
      const chosen = variantOf(field, value);
      return below(field.options.find((option) => option.value === chosen)?.fields ?? []);
    }
    case 'maybe':
      if (value !== undefined && value !== null) visitFields(field.field, value, visit);
      return;
    case 'either':
      for (const option of field.options)
        if ('field' in option && option.field.kind === 'group' && isPlainObject(value))
          visitFields(option.field, value, visit);
      return;
    case 'entries':
      return below(Object.keys(isPlainObject(value) ? value : {}).map(field.entry));
  }
}

export interface Leaf {
  readonly path: string;
  readonly label: string;
  readonly value: unknown;
  /** What stands there where nothing is said. */
  readonly standard: unknown;
  /** What to do where it is missing. */
  readonly hint?: string;
}

/** What has a control of its own. A setting that is absent has no leaves below it. */
export function leavesOf(field: Field, value: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  visitFields(field, value, (one, own) => {
    const { path, label } = one;
    if (one.kind === 'group' || one.kind === 'constant' || one.kind === 'entries') return;
    if (one.kind === 'variants') {
      const name = joined(path, one.discriminator);
      leaves.push({ path: name, label, value: variantOf(one, own), standard: one.standard });
    } else if (one.kind === 'maybe') {
      const isPresent = own !== undefined && own !== null;
      const standard = one.isPresentByStandard ? standardOf(one.field) : one.absent;
      leaves.push({ path, label, value: isPresent, standard });
    } else if (!leaves.some((leaf) => leaf.path === path)) {
      const hint = one.kind === 'fact' || one.kind === 'file' ? { hint: one.hint } : {};
      leaves.push({ path, label, value: own, standard: standardOf(one), ...hint });
    }
  });
  return leaves;
}
