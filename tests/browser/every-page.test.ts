// Every page, read to its end: nothing complains, nothing comes from elsewhere, nothing is heavy, and all links lead somewhere.
import { readFileSync } from 'node:fs';
import { parseHTML } from 'linkedom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPages, openSite, readThrough, type Site, type Visit } from './site.ts';
import { sitePaths } from './site-paths.ts';
import { fileOf, isCode, transfers, weightOf } from './transfer.ts';

/** Design: transferred before a reader touches a widget, fonts and figure data included. */
const largestTransfer = 350_000;
/** Code, compressed, while nothing turns in 3D. */
const largestCode = 120_000;
const runtimeFile = /\.wasm$|\/ort[.-]|training\.worker/;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

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
    const list = transfers(visit.requests);
    const total = weightOf(list);
    const largest = list.slice(0, 6);
    expect(total, `the largest: ${JSON.stringify(largest)}`).toBeLessThan(largestTransfer);
  });

  it(`runs on less than ${largestCode / 1000} KB of code, gzipped`, () => {
    const code = transfers(visit.requests).filter(isCode);
    const total = weightOf(code);
    expect(total, `in ${code.length} files`).toBeLessThan(largestCode);
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
