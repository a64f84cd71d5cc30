// Search results as they are listed: by page, best sections first, words of the glossary together.
import { expect, test } from 'vitest';
import { countResults, groupResults } from '../../../../src/elements/search/group-results.ts';
import type { FoundPage } from '../../../../src/elements/search/pagefind.ts';

const section = (title: string, url: string, excerpt = '') => ({ title, url, excerpt });
const page = (url: string, label: string, ...sections: FoundPage['sub_results'][number][]) => ({
  url,
  excerpt: 'whole',
  meta: { label, title: 'H1' },
  sub_results: sections,
});
const word = (name: string): FoundPage => ({
  url: `/glossary/#${name}`,
  excerpt: name,
  meta: { label: 'Glossary', section: name },
  sub_results: [section('Glossary', `/glossary/#${name}`, name)],
});

test('a page lists at most three sections, the best first', () => {
  const found = [1, 2, 3, 4].map((index) => section(`S${index}`, `/a/#${index}`));
  const [group] = groupResults([page('/a/', '1 · A', ...found)]);
  expect(group?.title).toBe('1 · A');
  expect(group?.sections.map(({ title }) => title)).toEqual(['S1', 'S2', 'S3']);
});

test('a match above the first heading is at the page’s beginning, not under the page’s name again', () => {
  const [group] = groupResults([page('/a/', '1 · A', section('H1', '/a/'))]);
  expect(group?.sections[0]?.title).toBe('Beginning of the page');
});

test('words of the glossary are one group, each by its name', () => {
  const groups = groupResults([word('saddle'), page('/a/', '1 · A'), word('slice')]);
  expect(groups.map(({ title }) => title)).toEqual(['Glossary', '1 · A']);
  expect(groups[0]?.sections.map(({ title }) => title)).toEqual(['saddle', 'slice']);
});

test('no space stands before a comma that follows a marked word', () => {
  const [group] = groupResults([
    page('/a/', 'A', section('S', '/a/#s', '<mark>saddle</mark> , so')),
  ]);
  expect(group?.sections[0]?.excerpt).toBe('<mark>saddle</mark>, so');
});

test('places and pages are counted in words', () => {
  const groups = groupResults([page('/a/', 'A', section('S', '/a/#s'), section('T', '/a/#t'))]);
  expect(countResults(groups, 'x')).toBe('2 places in 1 page');
  expect(countResults([], 'x')).toBe('Nothing found for “x”.');
});
