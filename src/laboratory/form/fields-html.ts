// The form as HTML text, from its fields and their values: the same while the site is built and in the page.
import { escapeHtml } from '../../elements/escape-html.ts';
import { isPlainObject } from '../../learning/plain-object.ts';
import {
  controlHtml,
  describedBy,
  selectHtml,
  type HtmlOptions,
  type Leaf,
} from './control-html.ts';
import { absentOption, idOf, wayName, wayOf } from './control-names.ts';
import {
  joined,
  keyOf,
  standardOf,
  type ChoiceField,
  type EitherField,
  type EntriesField,
  type Field,
  type MaybeField,
  type VariantsField,
} from './form-field.ts';
import { factInWords } from './fact-words.ts';
import { variantOf } from './variant-of.ts';

/** `value` is that of the field; undefined stands for what the schema says. */
export function fieldHtml(field: Field, value: unknown, options: HtmlOptions): string {
  switch (field.kind) {
    case 'constant':
      return '';
    case 'group':
      return field.fields
        .map((part) =>
          fieldHtml(part, isPlainObject(value) ? value[keyOf(part)] : undefined, options),
        )
        .join('');
    case 'entries':
      return entriesHtml(field, value, options);
    case 'variants':
      return variantsHtml(field, value, options);
    case 'maybe':
      return maybeHtml(field, value, options);
    case 'fact':
      return factHtml(field, value, options);
    case 'either':
      return eitherHtml(field, value, options);
    default:
      return leafHtml(field, value, options);
  }
}

function entriesHtml(field: EntriesField, given: unknown, options: HtmlOptions): string {
  const value = given === undefined ? standardOf(field) : given;
  const names = Object.keys(isPlainObject(value) ? value : {});
  return `<div class="lab-part" data-part="${escapeHtml(field.path)}" data-names="${escapeHtml(names.join())}">${entryList(field, value, options)}</div>`;
}

export function entryList(field: EntriesField, value: unknown, options: HtmlOptions): string {
  return Object.entries(isPlainObject(value) ? value : {})
    .map(
      ([name, entry]) =>
        `<fieldset class="lab-entry"><legend>${escapeHtml(name)}</legend>${fieldHtml(field.entry(name), entry, options)}</fieldset>`,
    )
    .join('');
}

function leafHtml(field: Leaf, value: unknown, options: HtmlOptions): string {
  const id = idOf(options.prefix, field.path);
  if (field.kind === 'switch') {
    const control = `<label class="lab-switch" for="${id}">${controlHtml(field, value, options)}<span>${escapeHtml(field.label)}</span></label>`;
    return aroundHtml(field, options, control);
  }
  if (field.kind === 'some') {
    const inner = `<fieldset class="lab-some"${describedBy(field, options)}><legend>${escapeHtml(field.label)}</legend>${controlHtml(field, value, options)}</fieldset>`;
    return aroundHtml(field, options, inner);
  }
  const label = `<label for="${id}">${labelText(field)}</label>`;
  return aroundHtml(field, options, label + controlHtml(field, value, options));
}

/** What stands around a control: its place, what it means, what differs elsewhere, and what is wrong with it. */
function aroundHtml(field: Field, { prefix }: HtmlOptions, inner: string): string {
  const id = idOf(prefix, field.path);
  const help = field.help
    ? `<p class="lab-help" id="${id}-help">${escapeHtml(field.help)}</p>`
    : '';
  return (
    `<div class="lab-field" data-field="${escapeHtml(field.path)}" data-kind="${field.kind}">${inner}` +
    `<p class="lab-differs" data-differs-at="${escapeHtml(field.path)}" hidden></p>${help}` +
    `<p class="lab-problem" id="${id}-problem" data-problem="${escapeHtml(field.path)}"></p></div>`
  );
}

function variantsHtml(field: VariantsField, given: unknown, options: HtmlOptions): string {
  const chosen = variantOf(field, given);
  const path = joined(field.path, field.discriminator);
  const choice: ChoiceField = {
    kind: 'choice',
    path,
    label: field.label,
    help: field.help,
    options: field.options.map(({ value, label }) => ({ value, label, literal: value })),
    isOptional: false,
    standard: field.standard,
  };
  const body = variantBodyHtml(field, chosen, given, options);
  const summary = options.folded?.get(field.path);
  const part = `<div class="lab-part" data-part="${escapeHtml(field.path)}">${body}</div>`;
  const folded = summary
    ? `<details class="lab-rare"${body === '' ? ' hidden' : ''}><summary>${escapeHtml(summary)}</summary>${part}</details>`
    : part;
  return (
    leafHtml(choice, chosen, options).replace(
      'class="lab-field"',
      'class="lab-field lab-field-whole"',
    ) + folded
  );
}

/** The settings of one kind of thing; replaced when another kind is chosen. */
export function variantBodyHtml(
  field: VariantsField,
  chosen: string,
  value: unknown,
  options: HtmlOptions,
): string {
  const variant = field.options.find((option) => option.value === chosen);
  const values = isPlainObject(value) ? value : {};
  return (variant?.fields ?? [])
    .map((part) => fieldHtml(part, values[keyOf(part)], options))
    .join('');
}

function eitherHtml(field: EitherField, given: unknown, options: HtmlOptions): string {
  const value = given === undefined ? standardOf(field) : given;
  const id = idOf(options.prefix, field.path);
  const way = wayOf(field, value);
  const ways = field.options.map((option) => ({ ...option, isChosen: option.value === way }));
  const all = field.isOptional ? [absentOption(way === ''), ...ways] : ways;
  const common = `id="${id}" name="${escapeHtml(wayName(field.path))}" autocomplete="off"${describedBy(field, options)}`;
  const part = `<span class="lab-part" data-part="${escapeHtml(field.path)}">${eitherBodyHtml(field, way, value, options)}</span>`;
  const inner = `<label for="${id}">${labelText(field)}</label><span class="lab-inputs lab-either">${selectHtml(common, all)}${part}</span>`;
  return aroundHtml(field, options, inner);
}

/** The control of the way chosen; empty where the way says it all. */
export function eitherBodyHtml(
  field: EitherField,
  way: string,
  value: unknown,
  options: HtmlOptions,
): string {
  const chosen = field.options.find((option) => option.value === way);
  if (!chosen || !('field' in chosen)) return '';
  const inner = chosen.field;
  if (inner.kind === 'number' || inner.kind === 'text' || inner.kind === 'list')
    return controlHtml(
      { ...inner, label: `${field.label}: ${chosen.label.toLowerCase()}` },
      value,
      options,
      true,
    );
  return fieldHtml(inner, value, options);
}

function maybeHtml(field: MaybeField, given: unknown, options: HtmlOptions): string {
  const value = given === undefined && field.isPresentByStandard ? standardOf(field) : given;
  const isPresent = value !== undefined && value !== null;
  const { path, label } = field;
  // What it holds may be called by the same path.
  const own = { ...field, path: `${path}-set` };
  const id = idOf(options.prefix, own.path);
  const box = `<label class="lab-switch" for="${id}"><input type="checkbox" id="${id}" name="${escapeHtml(wayName(path))}" autocomplete="off"${isPresent ? ' checked' : ''}${describedBy(own, options)}><span>${escapeHtml(label)}</span></label>`;
  const body = isPresent ? fieldHtml(field.field, value, options) : '';
  return `${aroundHtml(own, options, box)}<div class="lab-part" data-part="${escapeHtml(path)}">${body}</div>`;
}

/** Shown only where it is set, or where its kind of data needs it. */
function factHtml(
  field: Extract<Field, { kind: 'fact' }>,
  value: unknown,
  options: HtmlOptions,
): string {
  const isSet = value !== undefined;
  const remove = field.isOptional
    ? `<button type="button" class="lab-remove" data-remove="${escapeHtml(field.path)}">Remove<span class="visually-hidden"> ${escapeHtml(field.label)}</span></button>`
    : '';
  const words = `<span class="lab-fact" data-fact="${escapeHtml(field.path)}">${escapeHtml(factInWords(value))}</span>`;
  const inner = `<span class="lab-fact-row"><span class="lab-fact-name">${escapeHtml(field.label)}</span>${words}${remove}</span>`;
  const html = aroundHtml({ ...field, help: field.hint }, options, inner);
  return isSet || !field.isOptional ? html : html.replace('<div ', '<div hidden ');
}

const labelText = (field: Field): string =>
  escapeHtml(field.label) +
  (field.kind === 'number' && field.unit
    ? ` <span class="lab-unit">(${escapeHtml(field.unit)})</span>`
    : '');
