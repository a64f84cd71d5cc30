// The markup of a figure's controls: the same for the page that is built and for what the page adds itself.
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { FigureControl } from '../../../../src/figures/kit/figure.ts';
import {
  controlsHtml,
  segmentsHtml,
} from '../../../../src/elements/figure-controls/controls-html.ts';

const control = (
  key: string,
  kind: FigureControl['kind'],
  texts: readonly string[],
): FigureControl => ({
  key,
  name: `The ${key}`,
  kind,
  options: texts.map((text, value) => ({ value, text })),
});
const parsed = (html: string) => parseHTML(`<body>${html}</body>`).document;
const many = Array.from({ length: 12 }, (_, index) => `network ${index}`);

describe('controls', () => {
  const html = controlsHtml(
    [
      control('scale', 'choice', ['linear', 'logarithmic']),
      control('network', 'choice', many),
      control('until', 'play', many),
      control('radius', 'range', many),
    ],
    { scale: 1, network: 3, until: 11, radius: 4.4 },
  );
  const document = parsed(html);
  const part = (key: string) => document.querySelector(`[data-key="${key}"]`)!;

  it('stand in one form, in their order, each found by the key of the state that it sets', () => {
    const forms = document.querySelectorAll('form.figure-controls');
    expect(forms.length).toBe(1);
    const keys = [...forms[0]!.children].map((child) => child.getAttribute('data-key'));
    expect(keys).toEqual(['scale', 'network', 'until', 'radius']);
  });

  it('show the state that they are given', () => {
    const chosen = part('scale').querySelectorAll('input[checked]');
    expect([...chosen].map((input) => input.getAttribute('value'))).toEqual(['1']);
    expect(part('network').querySelector('option[selected]')!.textContent).toBe('network 3');
    const range = part('until').querySelector('input[type="range"]')!;
    expect(range.getAttribute('value')).toBe('11');
    expect(range.getAttribute('max')).toBe('11');
    expect(range.getAttribute('aria-valuetext')).toBe('network 11');
    expect(part('radius').querySelector('[data-value]')!.textContent).toBe('network 4');
  });

  it('have names, and wait for the script that brings them to life', () => {
    expect(part('scale').getAttribute('aria-label')).toBe('The scale');
    expect(part('until').querySelector('[data-play]')!.getAttribute('aria-label')).toBe('Play');
    expect(part('radius').querySelector('[data-play]')).toBeNull();
    const fields = [...document.querySelectorAll('input, select, button')];
    expect(fields.every((field) => field.hasAttribute('disabled'))).toBe(true);
  });
});

it('leaves out what leaves nothing to choose', () => {
  const only = control('scale', 'choice', ['linear']);
  expect(controlsHtml([only], {})).toBe('');
  const document = parsed(controlsHtml([only, control('until', 'range', many)], {}));
  expect(document.querySelectorAll('[data-key]').length).toBe(1);
});

it('writes names and texts as text, whatever a reader called their runs', () => {
  const title = '<b title="x">A & B</b>';
  const document = parsed(
    segmentsHtml(
      { key: 'run', name: title, options: [{ value: 'a', text: title }] },
      { at: -1, group: 'panel-1', isWaiting: false },
    ),
  );
  expect(document.querySelector('b')).toBeNull();
  expect(document.querySelector('label span')!.textContent).toBe(title);
  expect(document.querySelector('[role="radiogroup"]')!.getAttribute('aria-label')).toBe(title);
  const input = document.querySelector('input')!;
  expect(input.hasAttribute('checked')).toBe(false);
  expect(input.hasAttribute('disabled')).toBe(false);
});
