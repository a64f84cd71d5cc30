// What becomes of the atlas that is kept under a new edition and under every misfortune.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeServiceWorker } from '../../src/site/integrations/service-worker.ts';
import { bytesOf } from '../../src/offline/edition.ts';
import { cacheNamesOf } from '../../src/offline/offline-messages.ts';
import {
  cachesIn,
  editionIn,
  limitStorage,
  openSwitch,
  registrations,
  statusOf,
  touch,
} from './offline-page.ts';
import { openSite, patience, readThrough, screens, until, type Site } from './site.ts';
import { sitePaths } from './site-paths.ts';
import { makeSmallSite } from './small-site.ts';
import { serveFolder, type StaticServer } from './static-server.ts';

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await makeSmallSite('misfortunes');
  site = await openSite({ folder });
});
afterAll(() => site.close());

describe('misfortunes', () => {
  let server: StaticServer;
  let breaks: RegExp | null = null;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];
  beforeEach(async () => {
    errors.length = 0;
    server = await serveFolder(folder, {
      base: sitePaths.base,
      intercept: (path, response) => {
        if (!breaks?.test(path)) return false;
        const type = path.endsWith('.js') ? 'text/javascript' : 'text/html';
        response.writeHead(200, { 'Content-Type': type, 'Content-Length': '100000' });
        response.write('half');
        setTimeout(() => response.destroy(), 50);
        return true;
      },
    });
    context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    page.on('pageerror', ({ message }) => errors.push(message));
    await page.goto(server.url);
  });
  afterEach(async () => {
    breaks = null;
    await context.close();
    await server.close();
  });

  it('a download that breaks off is said, and goes on at the next visit where it stopped', async () => {
    breaks = /\/references\/$/;
    await touch(page, 'failed');
    expect(await statusOf(page)).toBe(
      'Not kept: the download broke off. The next visit tries again.',
    );
    await until(() => registrations(page), 0);
    await readThrough(page);
    breaks = null;
    await page.reload();
    const before = server.requested.length;
    await touch(page);
    const again = server.requested.slice(before).filter((path) => path.endsWith('/glossary/'));
    expect(again).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('too little room is said before anything is fetched; the page goes on', async () => {
    await limitStorage(page, bytesOf(editionIn(folder).kept) / 4);
    await touch(page, 'failed');
    expect(await statusOf(page)).toContain('this device has no room for it');
    expect(server.requested.filter((path) => path.endsWith('/glossary/'))).toEqual([]);
    await readThrough(page);
    expect(errors).toEqual([]);
  });

  it('a site whose worker is gone is read as before', async () => {
    breaks = /service-worker\.js$/;
    await touch(page, 'failed');
    await readThrough(page);
    expect(errors).toEqual([]);
  });
});

describe('a new edition', () => {
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  let hold: ((path: string) => Promise<void>) | null = null;
  /** A page that the host sends with something put into it. */
  let altered: string | null = null;
  beforeEach(async () => {
    await publish('one');
    server = await serveFolder(folder, {
      base: sitePaths.base,
      intercept: async (path, response) => {
        await hold?.(path);
        if (altered === null || !path.endsWith(altered)) return false;
        response.writeHead(200, { 'Content-Type': 'text/html' });
        response.end(`${readFileSync(join(folder, altered, 'index.html'), 'utf8')}<p>more</p>`);
        return true;
      },
    });
    context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    await page.goto(server.url);
  });
  afterEach(async () => {
    hold = null;
    altered = null;
    await context.close();
    await server.close();
  });

  /** Another text on two pages, and another script under another hashed name, which those pages ask for. */
  async function publish(name: string): Promise<void> {
    for (const old of ['one', 'two'])
      rmSync(join(folder, '_astro', `mark.${old}.js`), { force: true });
    writeFileSync(
      join(folder, '_astro', `mark.${name}.js`),
      `document.body.dataset.mark = '${name}';`,
    );
    for (const path of ['index.html', 'glossary/index.html']) {
      const file = join(folder, path);
      const html = readFileSync(join(sitePaths.folder, path), 'utf8');
      writeFileSync(
        file,
        html
          .replace(/<title>[^<]*/, `<title>Edition ${name}`)
          .replace(
            '</body>',
            `<script type="module" src="${sitePaths.base}_astro/mark.${name}.js"></script></body>`,
          ),
      );
    }
    await writeServiceWorker(folder);
  }

  const seen = async (other = page): Promise<[string, string | undefined]> => {
    await until(() => other.evaluate(() => 'mark' in document.body.dataset), true);
    return [await other.title(), await other.evaluate(() => document.body.dataset['mark'])];
  };
  const one = ['Edition one', 'one'];
  const two = ['Edition two', 'two'];
  const takeOverButton = () =>
    openSwitch(page).getByRole('button', { name: 'Open the new edition' });

  it('is fetched in the background, opens when the reader asks, and is never mixed with the old one', async () => {
    await touch(page);
    await publish('two');
    await page.reload();
    expect(await seen()).toEqual(one);
    await page.keyboard.press('Shift');
    await until(() => takeOverButton().isVisible(), true);
    expect(await page.locator('.notice').innerText()).toContain(
      'A new edition of the atlas is ready.',
    );

    // As long as nobody asks, the old one is whole.
    await page.goto(`${server.url}glossary/`);
    expect(await seen()).toEqual(one);

    // Nor does it change under another open page.
    const other = await context.newPage();
    await other.goto(server.url);
    await page.keyboard.press('Shift');
    await until(() => takeOverButton().isVisible(), true);
    await takeOverButton().click();
    await until(async () => (await page.locator('.notice').innerText()).includes('Close it'), true);
    expect(await seen(other)).toEqual(one);
    await other.close();

    await takeOverButton().click();
    await until(() => page.title(), 'Edition two');
    expect(await seen()).toEqual(two);
    await page.goto(server.url);
    expect(await seen()).toEqual(two);
    const { edition } = cacheNamesOf(server.url);
    await until(
      async () => (await cachesIn(page))[edition]?.some((url) => url.includes('/mark.one')),
      false,
    );
    const kept = (await cachesIn(page))[edition]!;
    expect(kept.filter((url) => url.includes('/glossary/'))).toHaveLength(1);
    expect(kept.filter((url) => url.includes('/mark.'))).toHaveLength(1);
  });

  it('opens by itself at the next visit, once all pages were closed', async () => {
    await touch(page);
    await publish('two');
    await page.reload();
    await page.keyboard.press('Shift');
    await until(() => takeOverButton().isVisible(), true);
    await page.close();
    page = await context.newPage();
    await page.waitForTimeout(300);
    await page.goto(server.url);
    expect(await seen()).toEqual(two);
  });

  it('that does not come as it was published leaves the old one in use, says so, and is tried again', async () => {
    await touch(page);
    altered = 'glossary/';
    await publish('two');
    await page.reload();
    await page.keyboard.press('Shift');
    await until(
      async () => (await statusOf(page)).includes('which cannot be kept, since this host changes'),
      true,
    );
    expect(await statusOf(page)).toMatch(/MB are kept; pages, figures and search open/);
    expect(await takeOverButton().isVisible()).toBe(false);
    await context.setOffline(true);
    await page.goto(`${server.url}glossary/`);
    expect(await seen()).toEqual(one);
    await context.setOffline(false);
    altered = null;
    await page.reload();
    await page.keyboard.press('Shift');
    await until(() => takeOverButton().isVisible(), true);
  });

  it('published while the old one is being fetched, leaves nothing half', async () => {
    let isHeld = false;
    hold = async (path) => {
      if (!isHeld && path.endsWith('/references/')) {
        isHeld = true;
        await publish('two');
      }
    };
    await touch(page, 'failed');
    expect(isHeld).toBe(true);
    expect(await statusOf(page)).toContain('a new edition was published meanwhile');
    await until(() => registrations(page), 0);
    await page.reload();
    expect(await seen()).toEqual(two);
    await touch(page);
    await context.setOffline(true);
    await page.goto(`${server.url}glossary/`);
    expect(await seen()).toEqual(two);
  });
});
