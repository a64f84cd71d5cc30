// What only the whole chapter knows: note numbers, unique ids, cited works.
import { expect, test } from 'vitest';
import { finishProse } from '../../../../src/site/prose/finish-prose.ts';

const note = (text: string) =>
  `<!--note--><span class="note"><sup>⟦note⟧</sup>${text}</span><!--/note-->`;
const term = '<button popovertarget="⟦id⟧">loss</button><span id="⟦id⟧">height</span>';

test('notes are numbered in reading order', () => {
  const { html } = finishProse(`<p>One${note('a')} two${note('b')}.</p>`);
  expect(html).toContain('<sup>1</sup>a');
  expect(html).toContain('<sup>2</sup>b');
});

test('a note on a line of its own joins the paragraph before it', () => {
  const { html } = finishProse(`<p>Text.</p>\n${note('aside')}<p>Next.</p>`);
  expect(html).toBe('<p>Text.<span class="note"><sup>1</sup>aside</span></p><p>Next.</p>');
});

test('a term used twice has two ids', () => {
  const { html } = finishProse(`<p>${term} ${term}</p>`);
  expect([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)).toEqual(['term-1', 'term-2']);
});

test('cited works are collected once each', () => {
  const { cited } = finishProse('<a data-cite="li2018"></a><a data-cite="li2018"></a>');
  expect([...cited]).toEqual(['li2018']);
});

test('an id used twice is refused', () => {
  expect(() =>
    finishProse('<section class="step" id="end"></section><figure id="end"></figure>'),
  ).toThrow("The id 'end' is used twice in one chapter");
});
