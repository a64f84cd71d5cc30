// Citations by citation-js: short names in the text, linked addresses in the list.
import { expect, test } from 'vitest';
import {
  findReference,
  parseReferences,
  readReferences,
} from '../../../../src/site/readers/citations.ts';

const references = parseReferences(`
@article{one2020, author = {Doe, Jane}, title = {On One}, journal = {J}, year = {2020}, url = {https://example.org/one}}
@article{two2021, author = {Doe, Jane and Roe, Rob}, title = {On Two}, journal = {J}, year = {2021}}
@article{three2022, author = {Roe, Rob and Doe, Jane and Poe, Pat}, title = {On Three}, journal = {J}, year = {2022}}
`);

test.each([
  ['one2020', 'Doe', '2020'],
  ['two2021', 'Doe & Roe', '2021'],
  ['three2022', 'Roe et al.', '2022'],
])('%s is cited as %s, %s', (key, authors, year) => {
  expect(references.get(key)).toMatchObject({ authors, year });
});

test('addresses in the list are links', () => {
  expect(references.get('one2020')?.html).toContain(
    '<a href="https://example.org/one">https://example.org/one</a>',
  );
});

test('a key that is not there is named, with its place', () => {
  expect(() => findReference('nobody1900', '<Cite> in /x/')).toThrow(
    "No reference has the key 'nobody1900' (<Cite> in /x/)",
  );
});

test('a work’s links are its DOI and arXiv, else its own page', () => {
  const works = parseReferences(`
@article{both, author = {Doe, Jane}, title = {B}, year = {2020}, doi = {10.1/x},
  eprint = {2001.00001},
  archiveprefix = {arXiv}}
@article{page, author = {Doe, Jane}, title = {P}, year = {2020}, url = {https://www.example.org/p.html}}
@article{none, author = {Doe, Jane}, title = {N}, year = {2020}}
`);
  expect(works.get('both')?.links).toEqual([
    { label: 'doi:10.1/x', href: 'https://doi.org/10.1/x' },
    { label: 'arXiv:2001.00001', href: 'https://arxiv.org/abs/2001.00001' },
  ]);
  expect(works.get('page')?.links).toEqual([
    { label: 'example.org', href: 'https://www.example.org/p.html' },
  ]);
  expect(works.get('none')?.links).toEqual([]);
});

test('a work’s BibTeX is its own entry, as it is written', () => {
  expect(references.get('two2021')?.bibtex).toBe(
    '@article{two2021, author = {Doe, Jane and Roe, Rob}, title = {On Two}, journal = {J}, year = {2021}}',
  );
});

test('every work of the atlas has its people, its entry and a link', () => {
  const works = [...readReferences().values()];
  expect(works.length).toBeGreaterThan(15);
  for (const { key, people, bibtex, links } of works) {
    expect(people.length, key).toBeGreaterThan(0);
    expect(bibtex, key).toMatch(new RegExp(`^@\\w+\\{${key},[^]*\\}$`));
    expect(links.length, key).toBeGreaterThan(0);
  }
});
