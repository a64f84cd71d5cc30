// Every page, read to its end: nothing complains, nothing comes from elsewhere, nothing is heavy, and all links lead somewhere.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages, openSite, readThrough, type Site, type Visit } from './site.ts';
import { sitePaths } from './site-paths.ts';

/** Design: transferred before a reader touches a widget, fonts and figure data included. */
const largestTransfer = 350_000;
/** What hosts compress; fonts and tensors are counted as they are. */
const compressed = /\.(html|css|js|mjs|svg|json|txt)$/;
const runtimeFile = /\.wasm$|\/ort[.-]|training\.worker/;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const fileOf = (pathname: string): string => {
  const path = decodeURIComponent(pathname).slice(sitePaths.base.length);
  return `${sitePaths.folder}/${path === '' || path.endsWith('/') ? `${path}index.html` : path}`;
};

const transferOf = (file: string): number => {
  const bytes = readFileSync(file);
  return compressed.test(file) ? gzipSync(bytes).length : bytes.length;
};

describe.each(builtPages())('page /%s', (path) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await site.visit(path);
    await readThrough(visit.page);
  });
  afterAll(() => visit.close());

  it('is read to its end without an error or a failed request', () => {
    expect(visit.problems).toEqual([]);
  });

  it('asks nothing of another origin, and nothing outside its base', () => {
    const elsewhere = visit.requests.filter((url) => !url.startsWith(site.server.url));
    expect(elsewhere).toEqual([]);
    expect(visit.requests.length).toBeGreaterThan(2);
  });

  it('fetches no runtime and no worker before a reader asks to train', () => {
    expect(visit.requests.filter((url) => runtimeFile.test(url))).toEqual([]);
  });

  it(`transfers less than ${largestTransfer / 1000} KB, text gzipped`, () => {
    const files = [...new Set(visit.requests.map((url) => fileOf(new URL(url).pathname)))];
    const sizes = files.map((file) => ({ file, bytes: transferOf(file) }));
    const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    const largest = sizes.sort((a, b) => b.bytes - a.bytes).slice(0, 6);
    expect(total, `the largest: ${JSON.stringify(largest)}`).toBeLessThan(largestTransfer);
  });

  it('links only to pages, files and places that exist, under the base', () => {
    const broken: string[] = [];
    const here = new URL(site.server.url + path);
    const { document } = parseHTML(readFileSync(fileOf(here.pathname), 'utf8'));
    for (const element of document.querySelectorAll('[href], [src]')) {
      const target = element.getAttribute('href') ?? element.getAttribute('src') ?? '';
      const url = new URL(target, here);
      if (url.origin !== here.origin) {
        // To other sites only links lead, and only by https.
        if (element.localName !== 'a' || url.protocol !== 'https:') broken.push(target);
        continue;
      }
      if (!url.pathname.startsWith(sitePaths.base)) broken.push(target);
      else if (!leadsSomewhere(url)) broken.push(target);
    }
    expect(broken).toEqual([]);
  });
});

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
