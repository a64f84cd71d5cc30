// A host or a network that answers with something else than was published: nothing of it is kept, and the reader is told why.
import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addressOf } from '../../src/offline/edition.ts';
import { cacheNamesOf } from '../../src/offline/offline-messages.ts';
import {
  cachesIn,
  editionIn,
  keptOf,
  openSwitch,
  pathsOf,
  registrations,
  statusOf,
  touch,
} from './offline-page.ts';
import { openSite, patience, screens, until, type Site } from './site.ts';
import { sitePaths } from './site-paths.ts';
import { makeSmallSite } from './small-site.ts';
import { serveFolder, type StaticServer } from './static-server.ts';

const folder = await makeSmallSite('wrong-answers');
const [style] = globSync('_astro/*.css', { cwd: folder }) as [string];
const [fragment] = globSync('pagefind/fragment/*', { cwd: folder }) as [string];
const [engine] = globSync('_astro/ort-wasm-simd-threaded-*.wasm', { cwd: folder }) as [string];
const tensors = 'data/fifty/landscape.safetensors';

type Answer = (file: Buffer, response: ServerResponse) => void;
const sent =
  (change: (file: string) => string, type = 'text/html'): Answer =>
  (file, response) => {
    response.writeHead(200, { 'Content-Type': type });
    response.end(change(file.toString('latin1')), 'latin1');
  };
const login = sent(() => '<!doctype html><title>Sign in</title>');
const half = sent((file) => file.slice(0, file.length / 2), 'application/octet-stream');
const otherEdition = sent((html) => html.replace(/<title>[^<]*/, '<title>Another edition'));
const injected = sent((html) =>
  html.replace('</body>', '<script defer src="x.js"></script></body>'),
);
const broken: Answer = (_, response) => void response.writeHead(500).end('no');

let site: Site;
let server: StaticServer;
let context: BrowserContext;
let page: Page;
/** What a path below the base is answered, for want of the file; null lets the file go out. */
let wrong: (path: string, before: number) => Answer | null = () => null;
const asked = new Map<string, number>();
const timesAsked = (path: string): number => asked.get(path) ?? 0;

beforeAll(async () => {
  site = await openSite({ folder });
});
afterAll(() => site.close());
beforeEach(async () => {
  asked.clear();
  wrong = () => null;
  server = await serveFolder(folder, {
    base: sitePaths.base,
    asHost: true,
    intercept: (address, response) => {
      const path = address.slice(sitePaths.base.length).replace(/\?.*$/, '');
      const before = timesAsked(path);
      asked.set(path, before + 1);
      const answer = wrong(path, before);
      if (!answer) return false;
      const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
      if (path.startsWith('_astro/'))
        response.setHeader('Cache-Control', 'max-age=9999, immutable');
      answer(readFileSync(join(folder, file)), response);
      return true;
    },
  });
  context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
  context.setDefaultTimeout(patience);
  page = await context.newPage();
  await page.goto(server.url);
  await page.waitForLoadState('networkidle');
  asked.clear();
});
afterEach(async () => {
  await context.close();
  await server.close();
});

/** SHA-256 of each built file by its address, and of what is in it where it is gzipped. */
const published: Record<string, string[]> = Object.fromEntries(
  globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const bytes = readFileSync(file);
      const isZipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
      const forms = isZipped ? [bytes, gunzipSync(bytes)] : [bytes];
      const path = addressOf(file.slice(folder.length + 1).replaceAll('\\', '/'));
      return [path, forms.map((form) => createHash('sha256').update(form).digest('hex'))];
    }),
);

/** Paths of all that is kept and is not what was published. */
const wronglyKept = (): Promise<string[]> =>
  page.evaluate(
    async ({ base, published }) => {
      const found: string[] = [];
      for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) {
          const bytes = await (await cache.match(request))!.arrayBuffer();
          const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
          const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
          const path = new URL(request.url).pathname.slice(base.length);
          if (!published[path]?.includes(hex)) found.push(path);
        }
      }
      return found;
    },
    { base: sitePaths.base, published },
  );

const fetched = (path: string): Promise<string> =>
  page.evaluate(async (address) => {
    try {
      const response = await fetch(address);
      const bytes = await response.arrayBuffer();
      return `${response.status} ${bytes.byteLength}`;
    } catch (error) {
      return (error as Error).name;
    }
  }, server.url + path);
const whole = (path: string): string => `200 ${readFileSync(join(folder, path)).length}`;

describe('files that come wrong once', () => {
  it('are asked for again, and kept as they were published', async () => {
    const once: Record<string, Answer> = {
      'glossary/': login,
      'references/': otherEdition,
      'data/fifty/outline.json': half,
      'favicon.ico': broken,
      [fragment]: login,
    };
    wrong = (path, before) => (before === 0 ? (once[path] ?? null) : null);
    await touch(page);
    for (const path of Object.keys(once)) expect(timesAsked(path), path).toBe(2);
    expect(await wronglyKept()).toEqual([]);
    await context.setOffline(true);
    await page.goto(`${server.url}glossary/`);
    expect(await page.locator('h1').innerText()).toBe('Glossary');
  });

  it('are asked for past the cache in which the browser has them', async () => {
    wrong = (path, before) => (path === style && before === 0 ? half : null);
    await page.evaluate(async (address) => {
      await (await fetch(address, { cache: 'reload' })).text();
    }, server.url + style);
    await touch(page);
    expect(timesAsked(style)).toBe(2);
    expect(await wronglyKept()).toEqual([]);
  });

  it('and were kept by a worker that did not check, are mended', async () => {
    const { edition } = cacheNamesOf(server.url);
    const published = editionIn(folder);
    const [revision] = published.kept
      .find(({ path }) => path === 'glossary/')!
      .integrity.split(' ');
    const keys = [style, `glossary/?__WB_REVISION__=${encodeURIComponent(revision!)}`];
    await page.evaluate(
      async ({ edition, addresses }) => {
        const cache = await caches.open(edition);
        for (const address of addresses) await cache.put(address, new Response('Sign in'));
      },
      { edition, addresses: keys.map((key) => server.url + key) },
    );
    await touch(page);
    expect(await wronglyKept()).toEqual([]);
    expect(await keptOf(page, server.url)).toEqual(pathsOf(published));
  });
});

describe('a host that goes on answering wrongly', () => {
  it.each<[string, string, RegExp, Answer]>([
    ['a page with a script put into it', 'glossary/', /this host changes the pages/, injected],
    ['a page of another edition', 'glossary/', /this host changes the pages/, otherEdition],
    ['half of a file', 'data/fifty/outline.json', /did not come as it was published/, half],
  ])('with %s is said so, and nothing wrong is kept', async (_, wrongPath, words, answer) => {
    wrong = (path) => (path === wrongPath ? answer : null);
    await touch(page, 'failed');
    expect(await statusOf(page)).toMatch(words);
    expect(timesAsked(wrongPath)).toBe(3);
    expect(await wronglyKept()).toEqual([]);
    await until(() => registrations(page), 0);
  });

  it('on every page is read with a network as before', async () => {
    wrong = (path) => (/(^|\/)$|\.html$/.test(path) ? injected : null);
    await page.goto(`${server.url}glossary/`);
    await touch(page, 'failed');
    expect(await statusOf(page)).toMatch(
      /^Not kept: this host changes the pages .* goes on as before with a network\./,
    );
    expect(timesAsked('404.html')).toBe(3);
    await page.goto(`${server.url}references/`);
    expect(await page.locator('h1').innerText()).toBe('References');
  });
});

it('a file that is kept on use is asked for again, and given to no page and not kept where that does not help', async () => {
  const { onUse } = cacheNamesOf(server.url);
  const keptOnUse = async () => (await cachesIn(page))[onUse] ?? [];
  await touch(page);

  wrong = (path) => (path === tensors ? login : path === engine ? half : null);
  expect(await fetched(tensors)).toBe('TypeError');
  expect(await fetched(engine)).toBe('TypeError');
  expect(await keptOnUse()).toEqual([]);
  const button = openSwitch(page).getByRole('button', { name: /training engine too/ });
  await button.click();
  await until(
    async () => (await statusOf(page)).includes('did not come as it was published'),
    true,
  );
  expect(await wronglyKept()).toEqual([]);

  asked.clear();
  wrong = (path, before) => (before > 0 ? null : path === tensors ? login : half);
  expect(await fetched(tensors)).toBe(whole(tensors));
  // A long one is shown as it comes, and mended behind the page that was told.
  expect(await fetched(engine)).toBe('TypeError');
  await until(async () => (await keptOnUse()).some((key) => key.endsWith(engine)), true);
  expect(await fetched(engine)).toBe(whole(engine));
  expect(timesAsked(engine)).toBe(2);

  await button.click();
  await until(async () => (await statusOf(page)).includes('and training work'), true);
  expect(await wronglyKept()).toEqual([]);
  expect((await keptOnUse()).some((key) => key.includes(tensors))).toBe(true);
});
