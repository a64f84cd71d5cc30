// A whole form as HTML text: its settings in groups, the rarely used ones folded away.
import { escapeHtml } from '../../elements/escape-html.ts';
import { isPlainObject } from '../../learning/plain-object.ts';
import { keyOf, type Field } from './form-field.ts';
import type { HtmlOptions } from './control-html.ts';
import { fieldHtml } from './fields-html.ts';

export interface Group {
  readonly title: string;
  /** Folded away until opened. */
  readonly isFolded: boolean;
  /** Top-level keys. */
  readonly keys: readonly string[];
  readonly rare: readonly string[];
}

export interface Layout {
  readonly groups: readonly Group[];
  /** Where keys stand that no group names. */
  readonly rest: string;
}

/** `value` is that of the whole; undefined stands for what the schema says. */
export function formHtml(
  field: Field,
  value: unknown,
  options: HtmlOptions,
  layout?: Layout,
): string {
  const body =
    layout && field.kind === 'group'
      ? groupsHtml(field.fields, value, options, layout)
      : `<div class="lab-grid">${fieldHtml(field, value, options)}</div>`;
  return `<fieldset class="lab-fields" data-lab-fields>${body}<p class="lab-problem" role="alert" data-together></p></fieldset>`;
}

function groupsHtml(
  fields: readonly Field[],
  value: unknown,
  options: HtmlOptions,
  { groups, rest }: Layout,
): string {
  const named = new Set(groups.flatMap(({ keys, rare }) => [...keys, ...rare]));
  const left = fields.map(keyOf).filter((key) => !named.has(key));
  const all =
    left.length === 0 ? groups : [...groups, { title: rest, isFolded: true, keys: left, rare: [] }];
  const html = (keys: readonly string[]): string =>
    keys
      .flatMap((key) => fields.filter((field) => keyOf(field) === key))
      .map((field) =>
        fieldHtml(field, isPlainObject(value) ? value[keyOf(field)] : undefined, options),
      )
      .join('');
  return all
    .map(({ title, isFolded, keys, rare }) => {
      const more =
        rare.length === 0
          ? ''
          : `<details class="lab-rare"><summary>More: ${escapeHtml(title.toLowerCase())}</summary><div class="lab-grid">${html(rare)}</div></details>`;
      return `<details class="lab-group"${isFolded ? '' : ' open'}><summary>${escapeHtml(title)}</summary><div class="lab-grid">${html(keys)}</div>${more}</details>`;
    })
    .join('');
}
