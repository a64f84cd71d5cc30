// A form that is made from a schema: shows a value, reads another, and says beside each control what is wrong with it.
import { isPlainObject, type PlainObject } from '../../learning/plain-object.ts';
import { controlName, pathOfControl, wayName } from './control-names.ts';
import { changedSinceDrawn, controlsIn, domControls, type Control } from './dom-controls.ts';
import { joined, keyOf, standardOf, type Field } from './form-field.ts';
import { eitherBodyHtml, fieldHtml, variantBodyHtml } from './fields-html.ts';
import { formHtml, type Layout } from './form-html.ts';
import { leavesOf, visitFields, type Leaf } from './leaves.ts';
import { readField } from './read-fields.ts';
import { readForm } from './read-form.ts';
import { replacePart, showField, showSlider, type Shown } from './show-fields.ts';
import { sliderOf } from './slider.ts';

export interface SchemaFormOptions<T> {
  /** Complete and valid, or undefined for what the schema says by itself. */
  readonly value: unknown;
  /** Before every id. */
  readonly prefix: string;
  /** The place that sentences of `parse` name at their end. */
  readonly where: string;
  /** Throws `ExperimentError`. */
  parse(plain: unknown): T;
  /** Null while something is wrong; `path` is the setting that was changed. */
  onChange(value: T | null, path: string): void;
  /** How settings are grouped, where the form is drawn here. */
  readonly layout?: Layout;
  /** Whose settings are folded away, by path. */
  readonly folded?: ReadonlyMap<string, string>;
  /** See `HtmlOptions`. */
  readonly hasSlidersBelow?: boolean;
  /** Top-level settings that must change with the one at `path`, for the rest to make sense. */
  settle?(plain: PlainObject, path: string): PlainObject;
}

export class SchemaForm<T> {
  readonly #root: HTMLElement;
  readonly #options: SchemaFormOptions<T>;
  readonly #field: Field;
  readonly #shown: Shown;
  readonly #fileProblems = new Map<string, string>();
  readonly #ends = new AbortController();

  /** Takes over the form that the build drew into `root`, or draws one. @param field a schema, or part of one. */
  constructor(root: HTMLElement, field: Field, options: SchemaFormOptions<T>) {
    this.#root = root;
    this.#options = options;
    this.#field = field;
    const { prefix, layout, value, folded = new Map(), hasSlidersBelow = false } = options;
    const html = { prefix, folded, hasSlidersBelow };
    const early = changedSinceDrawn(root);
    if (!root.querySelector('[data-lab-fields]'))
      root.innerHTML = formHtml(this.#field, value, html, layout);
    this.#shown = {
      root,
      options: html,
      kept: new Map(),
      originals: new Map(),
      reads: (field) => readField(field, this.#controls(), new Map()),
    };
    this.set(value);
    const { signal } = this.#ends;
    root.addEventListener('input', (event) => this.#onInput(event.target as Control), { signal });
    root.addEventListener('click', (event) => this.#onClick(event), { signal });
    // What a reader changed before this form was here counts as changed now, once its owner is ready to hear.
    queueMicrotask(() => early.forEach((again) => again()));
  }

  /** The settings that apply now, as they are shown. */
  leaves(value: unknown): Leaf[] {
    return leavesOf(this.#field, value);
  }

  set(value: unknown): void {
    showField(this.#field, value, this.#shown);
    this.#showProblems(new Map(), null);
  }

  /** What became of the file that was chosen at `path`: its name, or why it cannot be taken. */
  takeFile(path: string, file: { readonly name: string } | { readonly problem: string }): void {
    if ('problem' in file) this.#fileProblems.set(path, file.problem);
    else this.#fileProblems.delete(path);
    this.#shown.kept.set(path, 'name' in file ? file.name : undefined);
    this.#changed(path);
  }

  lock(isLocked: boolean): void {
    this.#root.querySelector<HTMLFieldSetElement>('[data-lab-fields]')!.disabled = isLocked;
  }

  /** Moves the focus to the first control with a problem; says whether there is one. */
  focusProblem(): boolean {
    const first = this.#root.querySelector<HTMLElement>('[aria-invalid="true"]');
    if (!first) return false;
    for (let fold = first.closest('details'); fold;) {
      fold.open = true;
      fold = fold.parentElement?.closest('details') ?? null;
    }
    first.focus();
    return true;
  }

  destroy(): void {
    this.#ends.abort();
  }

  #controls() {
    return domControls(this.#root, this.#shown.kept, this.#shown.originals);
  }

  #plain(): unknown {
    return readField(this.#field, this.#controls(), new Map());
  }

  #onInput(control: Control): void {
    const slid = control.dataset['slider'];
    const name = slid === undefined ? control.name : controlName(slid);
    if (!name) return;
    const path = pathOfControl(name);
    if (slid !== undefined) this.#slide(control, slid);
    else this.#swap(name, control);
    this.#changed(path);
  }

  #onClick(event: Event): void {
    const button = (event.target as Element).closest<HTMLElement>('[data-remove]');
    const path = button?.dataset['remove'];
    if (path === undefined) return;
    visitFields(this.#field, this.#plain(), (field) => {
      if (field.path === path) showField(field, undefined, this.#shown);
    });
    this.#changed(path);
  }

  #changed(path: string): void {
    const plain = this.#plain();
    if (isPlainObject(plain) && this.#field.kind === 'group') {
      const settled = this.#options.settle?.(plain, path) ?? {};
      for (const part of this.#field.fields)
        if (Object.hasOwn(settled, keyOf(part))) showField(part, settled[keyOf(part)], this.#shown);
    }
    const reading = readForm(this.#field, this.#controls(), this.#options);
    const problems = new Map(reading.problems);
    for (const [file, problem] of this.#fileProblems)
      if (problems.has(file)) problems.set(file, problem);
    visitFields(this.#field, this.#plain(), (field, own) => {
      if (field.kind === 'number') showSlider(this.#shown, field, own);
    });
    this.#showProblems(problems, reading.together);
    this.#options.onChange(reading.value, path);
  }

  #slide(control: Control, path: string): void {
    visitFields(this.#field, this.#plain(), (field) => {
      if (field.kind !== 'number' || field.path !== path) return;
      const typed = this.#root.querySelector<HTMLInputElement>(`[name="${controlName(path)}"]`);
      const value = sliderOf(field)?.fromPosition(Number(control.value));
      if (typed && value !== undefined) typed.value = String(value);
    });
  }

  /** Another kind of thing, or another way to say it, has other controls. */
  #swap(name: string, control: Control): void {
    const { options, kept } = this.#shown;
    const plain = this.#plain();
    visitFields(this.#field, plain, (field, value) => {
      if (field.kind === 'variants' && joined(field.path, field.discriminator) === name) {
        const chosen = field.options.find((option) => option.value === control.value);
        const known = this.#valuesBefore(field, chosen?.fields ?? []);
        replacePart(this.#shown, field.path, variantBodyHtml(field, control.value, known, options));
        for (const part of chosen?.fields ?? []) {
          // A control for files begins anew without one.
          if (part.kind === 'file') kept.delete(part.path);
          if (part.kind === 'fact') showField(part, kept.get(part.path), this.#shown);
        }
      }
      if (wayName(field.path) !== name) return;
      if (field.kind === 'either')
        replacePart(
          this.#shown,
          field.path,
          eitherBodyHtml(field, control.value, undefined, options),
        );
      if (field.kind === 'maybe') {
        const inner = value === undefined || value === null ? undefined : standardOf(field.field);
        replacePart(
          this.#shown,
          field.path,
          inner === undefined ? '' : fieldHtml(field.field, inner, options),
        );
        if (inner !== undefined) showField(field.field, inner, this.#shown);
      }
    });
  }

  /** What the reader set for the kind before is kept where the new kind has a setting of that name. */
  #valuesBefore(
    field: Extract<Field, { kind: 'variants' }>,
    fields: readonly Field[],
  ): Record<string, unknown> {
    const present = controlsIn(this.#root);
    const before = field.options.flatMap((option) => option.fields);
    const values: Record<string, unknown> = {};
    for (const part of fields) {
      if (part.kind !== 'number' || !present.has(controlName(part.path))) continue;
      const value = this.#shown.reads(part);
      const isUntouched = before.some(
        (other) => other.path === part.path && standardOf(other) === value,
      );
      if (value !== undefined && !isUntouched) values[keyOf(part)] = value;
    }
    return values;
  }

  #showProblems(problems: ReadonlyMap<string, string>, together: string | null): void {
    for (const [name, controls] of controlsIn(this.#root)) {
      const isWrong = problems.has(pathOfControl(name));
      for (const control of controls) {
        if (isWrong) control.setAttribute('aria-invalid', 'true');
        else control.removeAttribute('aria-invalid');
      }
    }
    for (const place of this.#root.querySelectorAll<HTMLElement>('[data-problem]')) {
      const sentence = problems.get(place.dataset['problem'] ?? '') ?? '';
      if (place.textContent !== sentence) place.textContent = sentence;
    }
    const place = this.#root.querySelector<HTMLElement>('[data-together]');
    if (place && place.textContent !== (together ?? '')) place.textContent = together ?? '';
  }
}
