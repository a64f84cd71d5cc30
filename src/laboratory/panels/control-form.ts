// The bar of controls below a panel's figure, built in the page as FigureControls.astro builds it for the text.
import type { FigureControl } from '../../figures/kit/figure.ts';
import { isSegmented, speedNames } from '../../elements/figure-controls/control-model.ts';

type Attributes = Readonly<Record<string, string>>;

function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className: string,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== '') element.className = className;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const sign = (className: string, path: string): string =>
  `<path class="${className}" d="${path}"/>`;
const playSigns = `<svg viewBox="0 0 16 16" aria-hidden="true">${sign('sign-play', 'M4.5 2.5v11l9-5.5z')}${sign('sign-pause', 'M4 2.5h3v11H4zM9.5 2.5h3v11h-3z')}</svg>`;

/** Controls with one option alone leave nothing to choose. */
export const offered = (controls: readonly FigureControl[]): readonly FigureControl[] =>
  controls.filter(({ options }) => options.length > 1);

/** @param name of radio buttons, so that those of two panels are no group. */
export function controlForm(controls: readonly FigureControl[], name: string): HTMLFormElement {
  const form = make('form', 'figure-controls');
  form.append(
    ...offered(controls).map((control) =>
      control.kind !== 'choice'
        ? sliderOf(control)
        : isSegmented(control)
          ? segmentsOf(control, `${name}-${control.key}`)
          : selectOf(control),
    ),
  );
  return form;
}

export function segmentsOf(
  { key, name, options }: Pick<FigureControl, 'key' | 'name' | 'options'>,
  group: string,
): HTMLElement {
  const labels = options.map(({ text }, index) =>
    make(
      'label',
      '',
      {},
      make('input', '', { type: 'radio', name: group, value: String(index) }),
      make('span', '', {}, text),
    ),
  );
  return make(
    'div',
    'control control-segments',
    { role: 'radiogroup', 'aria-label': name, 'data-key': key },
    make('span', 'control-name', { 'aria-hidden': 'true' }, name),
    make('span', 'segments', {}, ...labels),
  );
}

function selectOf({ key, name, options }: FigureControl): HTMLElement {
  const select = make('select', '', { autocomplete: 'off' });
  options.forEach(({ text }, index) => select.append(new Option(text, String(index))));
  return make(
    'label',
    'control control-select',
    { 'data-key': key },
    make('span', 'control-name', {}, name),
    select,
  );
}

function sliderOf({ key, name, kind, options }: FigureControl): HTMLElement {
  const longest = Math.max(...options.map(({ text }) => text.length));
  const width = `width-${Math.min(24, Math.max(3, longest))}`;
  const range = make('input', '', {
    type: 'range',
    min: '0',
    max: String(options.length - 1),
    step: '1',
    autocomplete: 'off',
  });
  const root = make(
    'div',
    `control control-${kind}`,
    { 'data-key': key },
    make('label', '', {}, make('span', 'control-name', {}, name), range),
    make('span', `control-value ${width}`, { 'data-value': '', 'aria-hidden': 'true' }),
  );
  if (kind !== 'play') return root;
  const play = make('button', 'control-play-button', {
    type: 'button',
    'data-play': '',
    'aria-label': 'Play',
  });
  play.innerHTML = playSigns;
  root.prepend(play);
  root.append(
    make(
      'button',
      'control-speed',
      { type: 'button', 'data-speed': '', 'aria-label': 'Speed: 1×' },
      speedNames[0],
    ),
    make('span', 'visually-hidden', { role: 'status', 'data-say': '' }),
  );
  return root;
}
