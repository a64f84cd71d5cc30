// Shows other values in a form that is there: only what differs is touched, so that a control in use stays as it is.
import { isPlainObject } from '../../learning/plain-object.ts';
import { listText, textOf, type HtmlOptions } from './control-html.ts';
import { controlName, wayName, wayOf } from './control-names.ts';
import { isCheckbox, type Control } from './dom-controls.ts';
import { factInWords } from './fact-words.ts';
import { joined, keyOf, standardOf, standardOfVariant, type Field } from './form-field.ts';
import { eitherBodyHtml, entryList, fieldHtml, variantBodyHtml } from './fields-html.ts';
import { sliderOf, stepOf } from './slider.ts';
import { variantOf } from './variant-of.ts';

export interface Shown {
  readonly root: HTMLElement;
  readonly options: HtmlOptions;
  /** What facts hold, and entries by name. */
  readonly kept: Map<string, unknown>;
  /** Texts that a control cannot hold as they are. */
  readonly originals: Map<Control, { shown: string; text: string }>;
  /** What a control says now, undefined where that is no value. */
  reads(field: Field): unknown;
}

export function showField(field: Field, given: unknown, form: Shown): void {
  const { path } = field;
  const value = given === undefined ? absentValue(field) : given;
  switch (field.kind) {
    case 'constant':
      return;
    case 'group':
      for (const part of field.fields)
        showField(part, isPlainObject(value) ? value[keyOf(part)] : undefined, form);
      return;
    case 'variants':
      return showVariant(field, value, form);
    case 'maybe':
      return showMaybe(field, value, form);
    case 'entries':
      return showEntries(field, value, form);
    case 'file':
      form.kept.set(path, value);
      return;
    case 'fact':
      form.kept.set(path, value);
      return showFact(form, path, value, field.isOptional);
    case 'either': {
      const way = wayOf(field, value);
      const select = controlOf(form, wayName(path));
      const chosen = field.options.find((option) => option.value === way);
      if (select && select.value !== way) {
        select.value = way;
        replacePart(form, path, eitherBodyHtml(field, way, value, form.options));
      }
      if (chosen && 'field' in chosen) showField(chosen.field, value, form);
      return;
    }
    case 'some':
      for (const control of form.root.querySelectorAll<HTMLInputElement>(`[name="${path}"]`))
        control.checked = Array.isArray(value) && value.map(String).includes(control.value);
      return;
    default:
      if (!same(form.reads(field), value)) setText(form, field, value);
      if (field.kind === 'number') showSlider(form, field, value);
  }
}

type Leaf = Extract<Field, { kind: 'number' | 'text' | 'list' | 'choice' | 'switch' }>;

function setText(form: Shown, field: Leaf, value: unknown): void {
  const control = controlOf(form, controlName(field.path));
  if (!control) return;
  if (isCheckbox(control)) {
    control.checked = value === true;
    return;
  }
  const text =
    field.kind === 'list'
      ? listText(value)
      : field.kind === 'choice'
        ? String(value ?? '')
        : textOf(value);
  control.value = text;
  if (control.value === text) form.originals.delete(control);
  else form.originals.set(control, { shown: control.value, text });
}

export function showSlider(
  form: Pick<Shown, 'root'>,
  field: Extract<Field, { kind: 'number' }>,
  value: unknown,
): void {
  if (typeof value !== 'number') return;
  const typed = form.root.querySelector<HTMLInputElement>(`[name="${field.path}"]`);
  if (typed) typed.step = String(stepOf(field, value));
  const range = form.root.querySelector<HTMLInputElement>(`[data-slider="${field.path}"]`);
  const slider = range && sliderOf(field);
  if (!slider) return;
  // A position that stands for this value already is left alone, so that a slider in hand does not jump.
  if (slider.fromPosition(Number(range.value)) !== value)
    range.value = String(slider.toPosition(value));
  range.setAttribute('aria-valuetext', String(value));
}

function showVariant(field: Extract<Field, { kind: 'variants' }>, value: unknown, form: Shown) {
  const chosen = variantOf(field, value);
  const select = controlOf(form, controlName(joined(field.path, field.discriminator)));
  const written = isPlainObject(value) ? value : standardOfVariant(field, chosen);
  if (select && select.value !== chosen) {
    select.value = chosen;
    replacePart(form, field.path, variantBodyHtml(field, chosen, written, form.options));
  }
  const variant = field.options.find((option) => option.value === chosen);
  for (const part of variant?.fields ?? []) showField(part, written[keyOf(part)], form);
}

function showMaybe(field: Extract<Field, { kind: 'maybe' }>, value: unknown, form: Shown): void {
  const { path } = field;
  const isPresent = value !== undefined && value !== null;
  const box = controlOf(form, wayName(path));
  if (box && isCheckbox(box)) box.checked = isPresent;
  if (!isPresent) return replacePart(form, path, '');
  if (!partOf(form, path)?.firstElementChild)
    replacePart(form, path, fieldHtml(field.field, value, form.options));
  showField(field.field, value, form);
}

function showEntries(
  field: Extract<Field, { kind: 'entries' }>,
  value: unknown,
  form: Shown,
): void {
  const entries = isPlainObject(value) ? value : {};
  const names = Object.keys(entries);
  const place = partOf(form, field.path);
  form.kept.set(field.path, entries);
  if (place && place.dataset['names'] !== names.join()) {
    place.innerHTML = entryList(field, entries, form.options);
    place.dataset['names'] = names.join();
  }
  for (const name of names) showField(field.entry(name), entries[name], form);
}

function showFact(form: Shown, path: string, value: unknown, isOptional: boolean): void {
  const place = form.root.querySelector<HTMLElement>(`[data-fact="${path}"]`);
  if (!place) return;
  place.textContent = factInWords(value);
  const around = place.closest<HTMLElement>('[data-field]');
  if (around) around.hidden = isOptional && value === undefined;
}

/** A part that has no settings leaves no fold behind. */
export function replacePart({ root }: Pick<Shown, 'root'>, path: string, html: string): void {
  const part = root.querySelector<HTMLElement>(`[data-part="${path}"]`);
  if (!part) return;
  part.innerHTML = html;
  const fold = part.parentElement;
  if (fold?.localName === 'details') fold.hidden = html === '';
}

const partOf = ({ root }: Shown, path: string): HTMLElement | null =>
  root.querySelector(`[data-part="${path}"]`);

const controlOf = ({ root }: Shown, name: string): Control | null =>
  root.querySelector(`[name="${name}"]`);

/** Optional settings stay away; others are what the schema says. */
const absentValue = (field: Field): unknown =>
  field.kind === 'fact' ||
  field.kind === 'file' ||
  ('isOptional' in field && field.isOptional) ||
  field.kind === 'maybe'
    ? undefined
    : standardOf(field);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
