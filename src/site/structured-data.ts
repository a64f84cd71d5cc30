// What a chapter is, in schema.org's words, for machines that read pages: a ScholarlyArticle that is part of the atlas.
import type {
  CreativeWork,
  Organization,
  Person,
  ScholarlyArticle,
  WebSite,
  WithContext,
} from 'schema-dts';
import type { Author, CitationFile } from './readers/citation-file.ts';
import type { Reference } from './readers/citations.ts';

export interface ArticleFacts {
  readonly number: number;
  readonly title: string;
  readonly idea: string;
  readonly summary: string;
  /** Absolute where the site's origin is known, else from the root. */
  readonly url: string;
  readonly image: string;
  readonly cited: readonly Reference[];
}

export interface AtlasFacts {
  readonly citation: CitationFile;
  readonly url: string;
}

export function chapterData(
  article: ArticleFacts,
  atlas: AtlasFacts,
): WithContext<ScholarlyArticle> {
  const { citation } = atlas;
  return {
    '@context': 'https://schema.org',
    '@type': 'ScholarlyArticle',
    '@id': article.url,
    url: article.url,
    mainEntityOfPage: article.url,
    headline: article.title,
    alternativeHeadline: article.idea,
    description: article.summary,
    position: article.number,
    inLanguage: 'en',
    isAccessibleForFree: true,
    image: article.image,
    author: citation.authors.map(authorData),
    datePublished: citation.released,
    version: citation.version,
    license: licenseUrl(citation.license),
    keywords: [...citation.keywords],
    isPartOf: atlasPart(atlas),
    citation: article.cited.map(workData),
  };
}

/** The title page's: the atlas as a whole. */
export function atlasData(atlas: AtlasFacts): WithContext<WebSite> {
  const { citation, url } = atlas;
  return {
    '@context': 'https://schema.org',
    '@type': 'WebSite',
    '@id': url,
    url,
    name: citation.title,
    description: citation.abstract.trim(),
    inLanguage: 'en',
    author: citation.authors.map(authorData),
    datePublished: citation.released,
    license: licenseUrl(citation.license),
    keywords: [...citation.keywords],
  };
}

const atlasPart = ({ citation, url }: AtlasFacts): WebSite => ({
  '@type': 'WebSite',
  '@id': url,
  name: citation.title,
  url,
});

function authorData({ kind, name, given, family }: Author): Person | Organization {
  if (kind === 'group') return { '@type': 'Organization', name };
  return {
    '@type': 'Person',
    name,
    ...(given === undefined ? {} : { givenName: given }),
    ...(family === undefined ? {} : { familyName: family }),
  };
}

function workData({ title, people, year, venue, links }: Reference): CreativeWork {
  const [first, ...others] = links.map(({ href }) => href);
  return {
    '@type': 'CreativeWork',
    name: title,
    author: people.map((name) => ({ '@type': 'Person', name })),
    datePublished: year,
    ...(venue === '' ? {} : { isPartOf: { '@type': 'CreativeWork', name: venue } }),
    ...(first === undefined ? {} : { url: first }),
    ...(others.length === 0 ? {} : { sameAs: others }),
  };
}

const licenseUrl = (spdx: string): string => `https://spdx.org/licenses/${spdx}.html`;

/** As the text of a script element: no `<` can end it early. */
export const scriptText = (data: object): string => JSON.stringify(data).replaceAll('<', '\\u003c');
