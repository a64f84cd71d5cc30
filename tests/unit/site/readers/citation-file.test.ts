// CITATION.cff is read whole or refused in a sentence, and its BibTeX is BibTeX.
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import { expect, test } from 'vitest';
import {
  citationBibtex,
  citationSource,
  parseCitationFile,
} from '../../../../src/site/readers/citation-file.ts';

const cff = `
title: On Land
abstract: Land.
authors:
  - family-names: Doe
    given-names: Jane
  - name: The Surveyors and Sons
version: 1.2.0
date-released: '2026-03-09'
license: MIT
`;

test('the atlas’s own file is as the page needs it', () => {
  const citation = parseCitationFile(citationSource());
  expect(citation.title).toContain('Loss Atlas');
  expect(citation.released).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

test('its BibTeX is understood by a BibTeX reader: a person by both names, a group by its whole name', () => {
  const bibtex = citationBibtex(parseCitationFile(cff), 'https://example.org/land/');
  const [entry] = new Cite(bibtex).data as Record<string, unknown>[];
  expect(entry).toMatchObject({
    title: 'On Land',
    issued: { 'date-parts': [[2026, 3]] },
    version: '1.2.0',
    URL: 'https://example.org/land/',
  });
  const [person, group] = entry!['author'] as object[];
  expect(person).toEqual({ given: 'Jane', family: 'Doe' });
  expect(Object.values(group!)).toEqual(['The Surveyors and Sons']);
});

test('an address that is not known is not made up', () => {
  expect(citationBibtex(parseCitationFile(cff))).not.toContain('url');
});

test('a field that is missing is named', () => {
  expect(() => parseCitationFile(cff.replace(/^version.*\n/m, ''))).toThrow(
    /^CITATION.cff: version/,
  );
});
