// Citations by citation-js: short names in the text, linked addresses in the list.
import { expect, test } from 'vitest';
import { findReference, parseReferences } from '../../../../src/components/build/citations.ts';

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
