// A caption's first two sentences stay, the rest goes into the panel, and no word is lost or doubled.
import { expect, test } from 'vitest';
import { countSentences, splitCaption } from '../../../../src/site/prose/split-caption.ts';

const plain = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();

test('two sentences stay, and the rest goes', () => {
  expect(splitCaption('<p>One is 0.75 nats. Two, e.g. this. Three. Four.</p>')).toEqual({
    shown: '<p>One is 0.75 nats. Two, e.g. this. </p>',
    rest: '<p>Three. Four.</p>',
  });
});

test('a caption of two sentences leaves nothing', () => {
  expect(splitCaption('<p>One. Two.</p>')).toEqual({ shown: '<p>One. Two.</p>', rest: '' });
});

test('prose without a paragraph of its own gets one', () => {
  expect(splitCaption('One.').shown).toBe('<p>One.</p>');
});

test('elements stay whole, and what nobody sees does not count', () => {
  const term =
    '<span class="term"><button>loss</button><span popover>A. Definition. Of three.</span></span>';
  const { shown, rest } = splitCaption(
    `<p>The ${term} of <data>17</data> networks. Two. Three.</p>`,
  );
  expect(shown).toContain('Of three.');
  expect(plain(rest)).toBe('Three.');
});

test('later paragraphs go whole, and nothing is lost on the way', () => {
  const caption = '<p>One. <em>Two</em> words.</p><p>Three, <b>four.</b> Five?</p><p>Six.</p>';
  const { shown, rest } = splitCaption(caption);
  expect(countSentences(shown)).toBe(2);
  const spaced = (html: string): string => plain(html.replaceAll('</p>', '</p> '));
  expect(spaced(`${shown} ${rest}`)).toBe(spaced(caption));
});
