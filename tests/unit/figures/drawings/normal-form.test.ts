// Two drawings have one text where they are one picture, and differ where they are not.
import { expect, it } from 'vitest';
import { firstDifferences } from './kept-drawings.ts';
import { normalForm } from './normal-form.ts';

it('is the same for attributes in another order, styles as attributes, and noise in the last digits', () => {
  const one = '<svg viewBox="0 0 10 10"><path fill="red" d="M0.10000000001 2L3 4"></path></svg>';
  const other = '<svg viewBox="0 0 10 10"><path d="M0.1 2L3 4" style="fill: red"/></svg>';
  expect(normalForm(one)).toBe(normalForm(other));
  expect(normalForm(one)).toBe('<svg viewbox="0 0 10 10">\n  <path d="M0.1 2L3 4" fill="red">');
});

it('leaves out layers in which nothing stands', () => {
  const drawing = '<svg><g class="marks"><path d="M1 2"></path></g></svg>';
  const more = drawing.replace('<svg>', '<svg><g class="absence"><g></g></g>');
  expect(normalForm(more)).toBe(normalForm(drawing));
  expect(normalForm(drawing)).toContain('<g class="marks">');
});

it('differs where a line, a word, a colour or a small factor does', () => {
  const drawing =
    '<svg><g transform="scale(0.004)"><text x="1" fill-opacity="0.125">0.697</text></g></svg>';
  for (const [before, after] of [
    ['x="1"', 'x="1.02"'],
    ['0.697', '0.6971'],
    ['0.125', '0.13'],
    ['0.004', '0.0041'],
    ['</g>', '<line></line></g>'],
  ] as const)
    expect(normalForm(drawing.replace(before, after))).not.toBe(normalForm(drawing));
});

it('shows the lines that differ, and where in a long one', () => {
  const lines = ['first', 'second', 'third', 'last'];
  expect(firstDifferences(lines.join('\n'), 'first\nother\nlast')).toBe(
    '  - second\n  - third\n  + other',
  );
  expect(firstDifferences('one\ntwo', 'two\n  one')).toBe(
    '  the same lines in another order or depth',
  );
  expect(firstDifferences('one', 'one\none')).toBe('  + one');
  const long = 'a'.repeat(500);
  expect(firstDifferences(`${long}b`, `${long}c`)).toMatch(/^ {2}- \.\.\.a+b\n {2}\+ \.\.\.a+c$/);
});
