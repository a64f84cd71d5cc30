// Controls as HTML text, without what stands around them.
import { escapeHtml } from '../../elements/escape-html.ts';
import { absentOption, controlName, idOf } from './control-names.ts';
import {
  standardOf,
  type ChoiceField,
  type Field,
  type FileField,
  type ListField,
  type NumberField,
  type SomeField,
  type TextField,
} from './form-field.ts';
import { sliderOf, stepOf } from './slider.ts';

export interface HtmlOptions {
  /** Before every id. */
  readonly prefix: string;
  /** Kinds of things whose settings are folded away, by path, with what is written on the fold. */
  readonly folded?: ReadonlyMap<string, string>;
  /** A slider stands below its number, not before it. */
  readonly hasSlidersBelow?: boolean;
}

/** What has one control, or boxes to tick. */
export type Leaf =
  NumberField | TextField | ChoiceField | ListField | SomeField | FileField | SwitchLike;
type SwitchLike = Extract<Field, { kind: 'switch' }>;

/** The control alone; in a choice between ways it is named by its place. */
export function controlHtml(
  field: Leaf,
  given: unknown,
  options: HtmlOptions,
  isNamed = false,
): string {
  const value = given === undefined ? standardOf(field) : given;
  const id = idOf(options.prefix, field.path) + (isNamed ? '-value' : '');
  const label = isNamed ? ` aria-label="${escapeHtml(field.label)}"` : '';
  const common = `id="${id}" name="${escapeHtml(controlName(field.path))}" autocomplete="off"${label}${describedBy(field, options)}`;
  switch (field.kind) {
    case 'number':
      return numberHtml(field, value, common, options);
    case 'file':
      return `<input type="file" ${common} accept="${escapeHtml(field.accept)}">`;
    case 'text': {
      const longest = field.longest === null ? '' : ` maxlength="${field.longest}"`;
      return `<input type="text" ${common}${longest} spellcheck="false" value="${escapeHtml(textOf(value))}">`;
    }
    case 'list':
      return `<input type="text" inputmode="${field.isWhole ? 'numeric' : 'decimal'}" ${common} spellcheck="false" value="${escapeHtml(listText(value))}">`;
    case 'switch':
      return `<input type="checkbox" ${common}${value === true ? ' checked' : ''}>`;
    case 'some': {
      const chosen = Array.isArray(value) ? value.map(String) : [];
      return field.options
        .map(({ value: name, label: text }) => {
          const isChecked = chosen.includes(name) ? ' checked' : '';
          const own = `${id}-${escapeHtml(name)}`;
          return `<label class="lab-switch" for="${own}"><input type="checkbox" id="${own}" name="${escapeHtml(controlName(field.path))}" value="${escapeHtml(name)}" autocomplete="off"${isChecked}><span>${escapeHtml(text)}</span></label>`;
        })
        .join('');
    }
    case 'choice': {
      const literals = field.options.map((option) => ({
        ...option,
        isChosen: option.literal === value,
      }));
      const all = field.isOptional ? [absentOption(value === undefined), ...literals] : literals;
      return selectHtml(common, all);
    }
  }
}

function numberHtml(
  field: NumberField,
  value: unknown,
  common: string,
  { hasSlidersBelow = false }: HtmlOptions,
): string {
  const { minimum, maximum, isWhole, isOptional } = field;
  const number = typeof value === 'number' ? value : null;
  const bounds =
    (minimum === null ? '' : ` min="${minimum}"`) + (maximum === null ? '' : ` max="${maximum}"`);
  const typed =
    `<input type="number" inputmode="${isWhole ? 'numeric' : 'decimal'}" ${common}${bounds} step="${stepOf(field, number ?? 1)}"` +
    `${isOptional ? ' placeholder="not set"' : ''} value="${number ?? ''}">`;
  const slider = isOptional ? null : sliderOf(field);
  if (!slider) return typed;
  const position = slider.toPosition(number ?? slider.minimum);
  const range =
    `<input type="range" class="lab-slider" data-slider="${escapeHtml(field.path)}" autocomplete="off" aria-label="${escapeHtml(field.label)}, slider"` +
    ` min="${slider.minimum}" max="${slider.maximum}" step="${slider.step}" value="${position}" aria-valuetext="${number ?? ''}">`;
  return `<span class="lab-inputs">${hasSlidersBelow ? typed + range : range + typed}</span>`;
}

interface SelectOption {
  readonly value: string;
  readonly label: string;
  readonly isChosen: boolean;
}

export const selectHtml = (common: string, all: readonly SelectOption[]): string =>
  `<select ${common}>${all
    .map(
      ({ value, label, isChosen }) =>
        `<option value="${escapeHtml(value)}"${isChosen ? ' selected' : ''}>${escapeHtml(label)}</option>`,
    )
    .join('')}</select>`;

export function describedBy({ path, help }: Field, { prefix }: HtmlOptions): string {
  const id = idOf(prefix, path);
  return ` aria-describedby="${help ? `${id}-help ` : ''}${id}-problem"`;
}

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

export const listText = (value: unknown): string =>
  Array.isArray(value) ? value.map(String).join(', ') : '';
