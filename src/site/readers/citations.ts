// References from content/references.bib, by citation-js: how they are cited in the text and listed below it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';

interface Name {
  readonly given?: string;
  readonly family?: string;
  readonly literal?: string;
}
interface Entry {
  readonly id: string;
  readonly title?: string;
  readonly author?: readonly Name[];
  readonly issued?: { readonly 'date-parts'?: readonly (readonly number[])[] };
  readonly 'container-title'?: string;
  readonly publisher?: string;
  readonly DOI?: string;
  readonly URL?: string;
}

/** Where a work is to be had, and what the link says: "doi:10.1214/aos/1176344552", "arXiv:1712.09913". */
export interface ReferenceLink {
  readonly label: string;
  readonly href: string;
}

export interface Reference {
  readonly key: string;
  /** "Li et al." */
  readonly authors: string;
  readonly year: string;
  readonly title: string;
  /** Every author, given names first. */
  readonly people: readonly string[];
  /** Journal, conference or repository; empty for a preprint. */
  readonly venue: string;
  /** The DOI first, then arXiv, else the work's own page. */
  readonly links: readonly ReferenceLink[];
  /** The entry as content/references.bib has it. */
  readonly bibtex: string;
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

/** All references as one BibTeX file, in the order of the printed list. */
export const allBibtex = (): string =>
  [...readReferences().values()].map(({ bibtex }) => `${bibtex}\n`).join('\n');

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
  const sources = splitBibtex(bibtex);
  return new Map(
    list.map(([key, html]) => {
      const entry = entries.get(key)!;
      const source = sources.get(key) ?? '';
      return [
        key,
        {
          key,
          authors: authorsOf(entry),
          year: yearOf(entry),
          title: entry.title ?? key,
          people: (entry.author ?? []).map(({ given, family, literal }) =>
            [given, family ?? literal].filter(Boolean).join(' '),
          ),
          venue: entry['container-title'] ?? entry.publisher ?? '',
          links: linksOf(entry, /^\s*eprint\s*=\s*\{([^}]+)\}/m.exec(source)?.[1]),
          bibtex: source,
          html: link(html),
        },
      ];
    }),
  );
}

/** The file's entries as they are written, by key: an entry begins with @ at the beginning of a line. */
function splitBibtex(bibtex: string): Map<string, string> {
  const entries = bibtex.split(/^(?=@)/m).map((entry) => entry.trim());
  return new Map(entries.map((entry) => [/^@\w+\{([^,\s]+),/.exec(entry)?.[1] ?? '', entry]));
}

function linksOf({ DOI: doi, URL: url }: Entry, eprint: string | undefined): ReferenceLink[] {
  const arxiv = eprint ?? /arxiv\.org\/abs\/([^\s/]+)/.exec(url ?? '')?.[1];
  const links = [
    doi && { label: `doi:${doi}`, href: `https://doi.org/${doi}` },
    arxiv && { label: `arXiv:${arxiv}`, href: `https://arxiv.org/abs/${arxiv}` },
  ].filter((link) => typeof link === 'object');
  if (links.length > 0 || !url) return links;
  return [{ label: new URL(url).hostname.replace(/^www\./, ''), href: url }];
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
