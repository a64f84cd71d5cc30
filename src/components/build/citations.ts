// References from content/references.bib, by citation-js: how they are cited in the text and listed below it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';

interface Name {
  readonly family?: string;
  readonly literal?: string;
}
interface Entry {
  readonly id: string;
  readonly title?: string;
  readonly author?: readonly Name[];
  readonly issued?: { readonly 'date-parts'?: readonly (readonly number[])[] };
}

export interface Reference {
  readonly key: string;
  /** "Li et al." */
  readonly authors: string;
  readonly year: string;
  readonly title: string;
  /** APA style, as HTML with its addresses linked. */
  readonly html: string;
}

let references: Map<string, Reference> | undefined;

/** Every reference of the site by key, in the order of the printed list. */
export function readReferences(): Map<string, Reference> {
  references ??= parseReferences(
    readFileSync(join(process.cwd(), 'content', 'references.bib'), 'utf8'),
  );
  return references;
}

/** Throws a sentence if content/references.bib has no such key. */
export function findReference(key: string | undefined, place: string): Reference {
  const reference = readReferences().get(key ?? '');
  if (!reference) {
    throw new Error(
      `No reference has the key '${key}' (${place}): add it to content/references.bib or cite one of its keys.`,
    );
  }
  return reference;
}

export function parseReferences(bibtex: string): Map<string, Reference> {
  const cite = new Cite(bibtex);
  const entries = new Map((cite.data as Entry[]).map((entry) => [entry.id, entry]));
  const list = cite.format('bibliography', {
    format: 'html',
    template: 'apa',
    lang: 'en-US',
    asEntryArray: true,
  }) as [string, string][];
  return new Map(
    list.map(([key, html]) => {
      const entry = entries.get(key)!;
      const { title = key } = entry;
      return [
        key,
        { key, authors: authorsOf(entry), year: yearOf(entry), title, html: link(html) },
      ];
    }),
  );
}

function authorsOf({ author = [], id }: Entry): string {
  const names = author.map((name) => name.family ?? name.literal ?? '');
  const [first = id, second] = names;
  if (names.length > 2) return `${first} et al.`;
  return second ? `${first} & ${second}` : first;
}

const yearOf = ({ issued }: Entry): string => String(issued?.['date-parts']?.[0]?.[0] ?? 'n.d.');

/** citation-js wraps an entry in divs that a list item does not want, and leaves addresses unlinked. */
function link(html: string): string {
  return html
    .replace(/<\/?div[^>]*>/g, '')
    .trim()
    .replace(/https?:\/\/[^\s<]+[^\s<.]/g, (address) => `<a href="${address}">${address}</a>`);
}
