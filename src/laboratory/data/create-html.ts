// Makes HTML elements without a library, texts always as texts: what a table holds is never markup.

type Attributes = Readonly<Record<string, string | number | boolean>>;

/** `true` sets an attribute without value, `false` leaves it out. */
export function html<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== false) element.setAttribute(key, value === true ? '' : String(value));
  element.append(...children);
  return element;
}

/** A choice of one among some, each a value and its text. */
export function select(
  attributes: Attributes,
  options: readonly (readonly [value: string, text: string])[],
  chosen: string,
): HTMLSelectElement {
  const element = html(
    'select',
    { autocomplete: 'off', ...attributes },
    ...options.map(([value, text]) => html('option', { value }, text)),
  );
  element.value = chosen;
  return element;
}

/** The part of the section's markup that goes by this name. */
export function partOf<Kind extends HTMLElement = HTMLElement>(
  root: HTMLElement,
  name: string,
): Kind {
  const part = root.querySelector<Kind>(`[data-part="${name}"]`);
  if (!part) throw new Error(`The data section lacks its part "${name}".`);
  return part;
}
