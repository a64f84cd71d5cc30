// The form of the two-weight walk: built from elements, never from strings, each input with its label and its number.

export interface Slider {
  readonly root: HTMLElement;
  readonly input: HTMLInputElement;
  /** Shows a position of the slider and the text that stands for it. */
  set(position: number, text: string): void;
}

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties: Partial<HTMLElementTagNameMap[Tag]> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

export function slider(options: {
  label: string;
  min: number;
  max: number;
  step: number;
  onInput: (position: number) => void;
}): Slider {
  const input = make('input', {
    type: 'range',
    min: String(options.min),
    max: String(options.max),
    step: String(options.step),
  });
  // Not an `output`: the label would belong to it, its first control, and the slider would have no name.
  const output = make('span', { className: 'field-value' });
  input.addEventListener('input', () => options.onInput(input.valueAsNumber));
  const head = make('span', { className: 'field-head' }, make('span', {}, options.label), output);
  return {
    root: make('label', {}, head, input),
    input,
    set(position, text) {
      if (input.valueAsNumber !== position) input.value = String(position);
      output.textContent = text;
      input.setAttribute('aria-valuetext', text);
    },
  };
}

export const button = (text: string, act: () => void, className = ''): HTMLButtonElement => {
  const element = make('button', { type: 'button', className }, text);
  element.addEventListener('click', act);
  return element;
};

/** A choice of one: a group of radio buttons. */
export function choice(
  legend: string,
  name: string,
  options: readonly (readonly [value: string, text: string])[],
  onChoose: (value: string) => void,
): HTMLFieldSetElement {
  const fieldset = make('fieldset', {}, make('legend', {}, legend));
  for (const [index, [value, text]] of options.entries()) {
    const input = make('input', { type: 'radio', name, value, checked: index === 0 });
    input.addEventListener('change', () => onChoose(value));
    fieldset.append(make('label', {}, input, ` ${text}`));
  }
  return fieldset;
}

/** A list of readings, updated by name. */
export function readings(names: readonly string[]): {
  root: HTMLElement;
  set(name: string, text: string): void;
} {
  const root = make('dl');
  const values = new Map<string, HTMLElement>();
  for (const name of names) {
    const value = make('dd');
    values.set(name, value);
    root.append(make('dt', {}, name), value);
  }
  return {
    root,
    set(name, text) {
      const value = values.get(name);
      if (value !== undefined && value.textContent !== text) value.textContent = text;
    },
  };
}
