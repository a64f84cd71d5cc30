// Reading time counts the words that a reader reads in the main text, and no attribute, note or formula's LaTeX.
import { expect, test } from 'vitest';
import { readingMinutes, wordsIn } from '../../../../src/site/readers/reading-time.ts';

test('words of paragraphs, headings and captions count; tags, attributes and notes do not', () => {
  const mdx = `## Two words

Plain **bold** text, <Show in="x" state={{ until: 0 }}>shown words</Show>.

<Note>Nobody counts this.</Note>

<Figure figure="loss-curves" run="fifty" id="curves" state={{ only: ['a', 'b'] }}>

A caption here.

</Figure>
`;
  expect(wordsIn(mdx)).toBe(2 + 3 + 2 + 3);
});

test('a formula is one word, and so is a number of a run', () => {
  expect(wordsIn('Where $a^2 + b^2 = 1$ stands <Value run="fifty" path="a.b" />.')).toBe(4);
});

test('a word parted by emphasis is one word', () => {
  expect(wordsIn('un**believ**able')).toBe(1);
});

test('minutes are whole, and never none', () => {
  expect(readingMinutes('Short.')).toBe(1);
  expect(readingMinutes('word '.repeat(2000))).toBe(10);
});
