// What machines are told of a page: a valid ScholarlyArticle for each chapter, and a card that exists and shows its figure.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { builtChapters, builtPages } from './site.ts';
import { sitePaths } from './site-paths.ts';

const documentOf = (path: string): Document =>
  parseHTML(
    readFileSync(
      `${sitePaths.folder}/${path.endsWith('.html') ? path : `${path}index.html`}`,
      'utf8',
    ),
  ).document;

const address = z.string().regex(/^(https:\/\/|\/)/);
const author = z.discriminatedUnion('@type', [
  z.strictObject({ '@type': z.literal('Organization'), name: z.string().min(1) }),
  z.strictObject({
    '@type': z.literal('Person'),
    name: z.string().min(1),
    givenName: z.string().optional(),
    familyName: z.string().optional(),
  }),
]);
const work = z.strictObject({
  '@type': z.literal('CreativeWork'),
  name: z.string().min(3),
  author: z.array(author).min(1),
  datePublished: z.string().regex(/^\d{4}$/),
  isPartOf: z.strictObject({ '@type': z.literal('CreativeWork'), name: z.string() }).optional(),
  url: z.url(),
  sameAs: z.array(z.url()).optional(),
});
/** Strict, so that a property that schema.org does not have cannot slip in; its types are checked by schema-dts. */
const article = z.strictObject({
  '@context': z.literal('https://schema.org'),
  '@type': z.literal('ScholarlyArticle'),
  '@id': address,
  url: address,
  mainEntityOfPage: address,
  headline: z.string().min(3).max(110),
  alternativeHeadline: z.string(),
  description: z.string().min(20),
  position: z.number().int(),
  inLanguage: z.literal('en'),
  isAccessibleForFree: z.literal(true),
  image: address,
  author: z.array(author).min(1),
  datePublished: z.iso.date(),
  version: z.string(),
  license: z.url(),
  keywords: z.array(z.string()).min(1),
  isPartOf: z.strictObject({
    '@type': z.literal('WebSite'),
    '@id': address,
    name: z.string(),
    url: address,
  }),
  citation: z.array(work),
});

const dataOf = (document: Document): unknown[] =>
  [...document.querySelectorAll('script[type="application/ld+json"]')].map((script) =>
    JSON.parse(script.textContent),
  );
const meta = (document: Document, name: string): string | null | undefined =>
  document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content');

describe.each(builtChapters())('chapter /%s', (path) => {
  const document = documentOf(path);

  it('is one valid ScholarlyArticle that says what the page says', () => {
    const [data, ...others] = dataOf(document);
    expect(others).toEqual([]);
    const { headline, citation, url } = article.parse(data);
    expect(headline).toBe(document.querySelector('h1')!.textContent!.trim());
    expect(url).toBe(`${sitePaths.base}${path}`);
    const cited = new Set(
      [...document.querySelectorAll('[data-cite]')].map((link) => link.getAttribute('data-cite')),
    );
    expect(citation.length).toBe(cited.size);
  });
});

it('the title page is the WebSite that the chapters are part of', () => {
  const [data] = dataOf(documentOf(''));
  expect(data).toMatchObject({ '@type': 'WebSite', '@id': sitePaths.base });
});

describe('social cards', () => {
  it.each(builtPages())('page /%s names a card of 1200 by 630 that is there', async (path) => {
    const document = documentOf(path);
    const image = meta(document, 'og:image')!;
    expect(image.startsWith(`${sitePaths.base}cards/`)).toBe(true);
    const file = `${sitePaths.folder}/${image.slice(sitePaths.base.length)}`;
    const { width, height, format } = await sharp(file).metadata();
    expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: 'png' });
    expect(meta(document, 'og:image:width')).toBe('1200');
    expect(meta(document, 'og:image:height')).toBe('630');
    expect(meta(document, 'og:image:alt')!.length).toBeGreaterThan(20);
    expect(meta(document, 'twitter:card')).toBe('summary_large_image');
    expect(readFileSync(file).byteLength).toBeLessThan(300_000);
  });

  it('each chapter has its own, in its own colours', async () => {
    const cards = builtChapters().map((path) => meta(documentOf(path), 'og:image'));
    expect(new Set(cards).size).toBe(cards.length);
    const withSurface = `${sitePaths.folder}/cards/05-drawing-the-surface.png`;
    // The right half holds a figure: many colours, and little of it paper.
    const half = sharp(withSurface).extract({ left: 600, top: 60, width: 560, height: 500 });
    const { data, info } = await half.removeAlpha().raw().toBuffer({ resolveWithObject: true });
    const colours = new Set<number>();
    for (let at = 0; at < data.length; at += info.channels) {
      colours.add((data[at]! << 16) | (data[at + 1]! << 8) | data[at + 2]!);
    }
    expect(colours.size).toBeGreaterThan(40);
  });
});
