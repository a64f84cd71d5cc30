// CITATION.cff, the one place that says who made the atlas, in which version: read for the page, and written as BibTeX.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const person = z.object({ 'given-names': z.string().optional(), 'family-names': z.string() });
const group = z.object({ name: z.string() });
const schema = z.object({
  title: z.string(),
  abstract: z.string(),
  authors: z.array(z.union([person, group])).min(1),
  version: z.string(),
  'date-released': z.iso.date(),
  license: z.string(),
  url: z.url().optional(),
  keywords: z.array(z.string()).default([]),
});

export interface Author {
  readonly kind: 'person' | 'group';
  readonly name: string;
  readonly given?: string | undefined;
  readonly family?: string | undefined;
}

export interface CitationFile {
  readonly title: string;
  readonly abstract: string;
  readonly authors: readonly Author[];
  readonly version: string;
  /** ISO date. */
  readonly released: string;
  /** SPDX name. */
  readonly license: string;
  readonly url?: string | undefined;
  readonly keywords: readonly string[];
}

let file: CitationFile | undefined;

export const citationSource = (): string =>
  readFileSync(join(process.cwd(), 'CITATION.cff'), 'utf8');

export const readCitationFile = (): CitationFile => (file ??= parseCitationFile(citationSource()));

/** @throws Error that says which field is missing or wrong. */
export function parseCitationFile(text: string): CitationFile {
  const parsed = schema.safeParse(parse(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new Error(
      `CITATION.cff: ${issue?.path.join('.')} is not as expected (${issue?.message}); the page cites the atlas by it.`,
    );
  }
  const { 'date-released': released, authors, ...rest } = parsed.data;
  return {
    ...rest,
    released,
    authors: authors.map((author) => {
      if ('name' in author) return { kind: 'group', name: author.name };
      const { 'given-names': given, 'family-names': family } = author;
      return { kind: 'person', name: [given, family].filter(Boolean).join(' '), given, family };
    }),
  };
}

/** How to cite the atlas. `address` is where it is published, if that is known. */
export function citationBibtex(citation: CitationFile, address?: string): string {
  const { title, authors, version, released } = citation;
  const names = authors.map(({ kind, name, given, family }) =>
    // A second pair of braces keeps a group's name from being split into given and family names.
    kind === 'group' ? `{${name}}` : [family, given].filter(Boolean).join(', '),
  );
  const [year, month] = released.split('-');
  const url = citation.url ?? address;
  const fields = [
    ['author', `{${names.join(' and ')}}`],
    ['title', `{{${title}}}`],
    ['year', `{${year}}`],
    ['month', monthNames[Number(month) - 1] ?? ''],
    ['version', `{${version}}`],
    ...(url === undefined ? [] : [['url', `{${url}}`]]),
  ];
  const lines = fields.map(([name, value]) => `  ${name} = ${value}`);
  return `@misc{lossatlas${year},\n${lines.join(',\n')}\n}`;
}

/** BibTeX's own abbreviations. */
const monthNames = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
