// The built HTML: every link of every page leads to a page, file or place that exists.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { expect, it } from 'vitest';
import { builtPages } from './site.ts';
import { sitePaths } from './site-paths.ts';
import { fileOf } from './transfer.ts';

it.each(builtPages())(
  'page /%s links only to pages, files and places that exist, under the base',
  (path) => {
    const broken: string[] = [];
    const here = new URL(`http://localhost${sitePaths.base}${path}`);
    const links = [...documentOf(fileOf(here.pathname)).querySelectorAll('[href], [src]')];
    expect(links.length).toBeGreaterThan(10);
    for (const element of links) {
      const target = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      const url = new URL(target, here);
      // A picture in the drawing itself leads nowhere.
      if (url.protocol === 'data:' && element.localName !== 'a') continue;
      if (url.origin !== here.origin) {
        // To other sites only links lead, and only by https.
        if (element.localName !== 'a' || url.protocol !== 'https:') broken.push(target);
        continue;
      }
      if (!url.pathname.startsWith(sitePaths.base)) broken.push(target);
      else if (!leadsSomewhere(url)) broken.push(target);
    }
    expect(broken).toEqual([]);
  },
);

const documents = new Map<string, Document>();
function documentOf(file: string): Document {
  const known = documents.get(file);
  if (known) return known;
  const { document } = parseHTML(readFileSync(file, 'utf8'));
  documents.set(file, document);
  return document;
}

function leadsSomewhere(url: URL): boolean {
  try {
    const file = fileOf(url.pathname);
    if (url.hash.length < 2) return readFileSync(file).length > 0;
    return documentOf(file).getElementById(decodeURIComponent(url.hash.slice(1))) !== null;
  } catch {
    return false;
  }
}
