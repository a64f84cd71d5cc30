// The atlas without a network: what is kept, when, and what becomes of it under every misfortune.
import { cpSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeServiceWorker } from '../../src/site/integrations/service-worker.ts';
import { cacheNamesOf } from '../../src/offline/offline-messages.ts';
import { Live } from './live.ts';
import { cachesIn, openSwitch, phaseOf, registrations, statusOf, touch } from './offline-page.ts';
import {
  chapterPath,
  openSite,
  patience,
  readThrough,
  screens,
  until,
  type Site,
  type Visit,
} from './site.ts';
import { sitePaths } from './site-paths.ts';
import { serveFolder, type StaticServer } from './static-server.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe('a first visit that is touched', () => {
  let visit: Visit;
  let before: string[];
  beforeAll(async () => {
    visit = await site.visit(chapterPath('fifty-starts'), { serviceWorkers: 'allow' });
    await visit.page.waitForLoadState('networkidle');
    before = [...site.server.requested];
    await touch(visit.page);
  });
  afterAll(() => visit.close());

  it('fetched nothing for keeping before the touch', () => {
    expect(before.filter((path) => /service-worker|pagefind/.test(path))).toEqual([]);
  });

  it('keeps every file of the edition, and says how much', async () => {
    const names = cacheNamesOf(site.server.url);
    const kept = await cachesIn(visit.page);
    const worker = readFileSync(join(sitePaths.folder, 'service-worker.js'), 'utf8');
    const edition = JSON.parse(/^self\.atlasEdition=(.*);\n/.exec(worker)![1]!) as {
      kept: { bytes: number }[];
    };
    expect(kept[names.edition]).toHaveLength(edition.kept.length);
    const sum = edition.kept.reduce((total, { bytes }) => total + bytes, 0);
    expect(await statusOf(visit.page)).toContain(`${(sum / 1e6).toFixed(1)} MB are kept`);
  });

  it('complains of nothing', () => expect(visit.problems).toEqual([]));
});

describe('without a network after one visit', () => {
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    server = await serveFolder(sitePaths.folder, { base: sitePaths.base });
    context = await site.browser.newContext(screens.desktop);
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    page.on('pageerror', ({ message }) => problems.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(server.url);
    await touch(page);
    await page.waitForLoadState('networkidle');
    await server.close();
    await context.setOffline(true);
  });
  beforeEach(() => void problems.splice(0));
  afterAll(() => context.close());

  it.each(['', chapterPath('where-they-end'), chapterPath('drawing'), chapterPath('laboratory')])(
    'page /%s opens with its figures alive and its letters in their fonts',
    async (path) => {
      await page.goto(server.url + path);
      await readThrough(page);
      expect(await page.evaluate(() => document.fonts.check('16px "Source Serif 4"'))).toBe(true);
      expect(problems).toEqual([]);
    },
  );

  it('search finds and shows the text', async () => {
    await page.goto(server.url);
    await page.keyboard.press('/');
    await page.locator('.search-field').fill('barrier');
    await until(async () => (await page.locator('.search-option').count()) > 0, true);
    expect(problems).toEqual([]);
  });

  it.each([
    ['chapters/12-method', 'chapters/12-method/'],
    ['glossary?from=somewhere#loss', 'glossary/?from=somewhere#loss'],
    ['references/index.html', 'references/index.html'],
    ['?preset=moons#lab=v1.x', '?preset=moons#lab=v1.x'],
  ])('%s leads to its page', async (asked, shown) => {
    const response = await page.goto(server.url + asked);
    expect(page.url()).toBe(server.url + shown);
    expect(response === null || response.status() === 200).toBe(true);
    expect(await page.locator('h1').first().innerText()).not.toBe('Off the map');
  });

  it('an address without a page shows the way, with its status', async () => {
    const response = await page.goto(`${server.url}nowhere/at/all/`);
    expect(response?.status()).toBe(404);
    expect(await page.locator('h1').innerText()).toBe('Off the map');
  });

  it('a file for downloading is not taken for a page', async () => {
    const other = await context.newPage();
    const fails = other.goto(`${server.url}data/fifty/weights.safetensors`);
    await expect(fails).rejects.toThrow(/ERR_/);
    await other.close();
  });

  it('says what is kept', async () => {
    await page.goto(server.url);
    await touch(page);
    expect(await statusOf(page)).toMatch(/^[\d.]+ MB are kept; pages, figures and search open/);
  });
});

describe('training on a host that sends no headers', () => {
  const small = { Initialisations: '8', 'Hidden sizes': '8', Points: '128', 'Compute on': 'wasm' };
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    server = await serveFolder(sitePaths.folder, { base: sitePaths.base });
    context = await site.browser.newContext(screens.desktop);
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    await page.goto(server.url + chapterPath('fifty-starts'));
    await touch(page);
  });
  afterAll(() => context.close());

  async function train(): Promise<string> {
    const live = new Live(page);
    await live.reach();
    return live.train(small);
  }

  it('the first view is not isolated, the second is', async () => {
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  it('computes on two threads then', async () => {
    expect(await train()).toMatch(/^8 networks trained/);
    expect(await page.locator('atlas-live-retrain').first().innerText()).toContain('2 threads');
  });

  it('and again without a network', async () => {
    await server.close();
    await context.setOffline(true);
    await page.reload();
    await touch(page);
    expect(await statusOf(page)).toContain('training work without a network');
    expect(await train()).toMatch(/^8 networks trained/);
    expect(await page.locator('atlas-live-retrain').first().innerText()).toContain('2 threads');
  });
});

describe('the training engine', () => {
  it('is kept too where it had come before there was a worker, and nothing else is fetched for it', async () => {
    const server = await serveFolder(sitePaths.folder, { base: sitePaths.base, asHost: true });
    const context = await site.browser.newContext(screens.desktop);
    const page = await context.newPage();
    await page.goto(server.url);
    const [script] = globSync('_astro/ort-wasm-simd-threaded-*.mjs', { cwd: sitePaths.folder });
    await page.evaluate(async (url) => (await fetch(url)).text(), server.url + script!);
    await touch(page);
    const { onUse } = cacheNamesOf(server.url);
    expect((await cachesIn(page))[onUse]).toEqual([server.url + script!]);
    expect(server.requested.filter((path) => /\/ort[.-]/.test(path))).toHaveLength(1);
    await context.close();
    await server.close();
  });

  it('is kept on request, before any training', async () => {
    const visit = await site.visit('', { serviceWorkers: 'allow' });
    await touch(visit.page);
    const button = openSwitch(visit.page).getByRole('button', {
      name: /training engine too \(1\d\.\d MB\)/,
    });
    await button.click();
    await until(async () => (await statusOf(visit.page)).includes('and training work'), true);
    expect(await button.isVisible()).toBe(false);
    await visit.context.setOffline(true);
    await visit.page.goto(site.server.url + chapterPath('fifty-starts'));
    const live = new Live(visit.page);
    await live.reach();
    expect(
      await live.train({
        Initialisations: '4',
        'Hidden sizes': '4',
        Points: '64',
        'Compute on': 'wasm',
      }),
    ).toMatch(/^4 networks trained/);
    await visit.close();
  });
});

describe('a reader who declines', () => {
  it('has nothing kept: no worker, no caches, no page without a network', async () => {
    const visit = await site.visit('', { serviceWorkers: 'allow' });
    const { page } = visit;
    await touch(page);
    const field = openSwitch(page).getByRole('switch', { name: 'Keep this atlas on the device' });
    expect(await field.isChecked()).toBe(true);
    await field.focus();
    await page.keyboard.press('Space');
    await until(() => phaseOf(page), 'off');
    await until(() => registrations(page), 0);
    await until(() => cachesIn(page), {});
    expect(await statusOf(page)).toBe('Nothing is kept; every visit needs a network.');

    // The next visits respect it.
    await page.reload();
    await page.keyboard.press('Shift');
    await until(() => phaseOf(page), 'off');
    expect(await field.isChecked()).toBe(false);
    expect(await registrations(page)).toBe(0);
    // What the page still fetches would fail, too.
    await page.waitForLoadState('networkidle');
    await visit.context.setOffline(true);
    await expect(page.goto(site.server.url)).rejects.toThrow(/ERR_INTERNET_DISCONNECTED/);
    await visit.context.setOffline(false);

    // And it can be had again, on the same page as it was declined.
    await page.goto(site.server.url);
    await field.check();
    await until(() => phaseOf(page), 'kept', 40_000);
    await field.uncheck();
    await until(() => registrations(page), 0);
    await field.check();
    await until(() => phaseOf(page), 'kept', 40_000);
    const { edition } = cacheNamesOf(site.server.url);
    expect((await cachesIn(page))[edition]?.length).toBeGreaterThan(100);
    expect(visit.problems.filter((problem) => !problem.includes('DISCONNECTED'))).toEqual([]);
    await visit.close();
  });

  it('may do so in the middle of the fetching', async () => {
    const visit = await site.visit('', { serviceWorkers: 'allow' });
    await visit.page.keyboard.press('Shift');
    await until(() => phaseOf(visit.page), 'fetching');
    await openSwitch(visit.page).getByRole('switch').uncheck();
    await until(() => registrations(visit.page), 0);
    await visit.page.waitForTimeout(500);
    expect(await cachesIn(visit.page)).toEqual({});
    await visit.close();
  });

  it('is one who saves data, until they say otherwise', async () => {
    const visit = await site.visit('', {
      serviceWorkers: 'allow',
      before: `Object.defineProperty(navigator, 'connection', { value: { saveData: true } })`,
    });
    await touch(visit.page, 'waiting');
    expect(await registrations(visit.page)).toBe(0);
    expect(await statusOf(visit.page)).toContain('asks to save data');
    await openSwitch(visit.page).getByRole('switch').check();
    await until(() => phaseOf(visit.page), 'kept', 40_000);
    await visit.close();
  });

  it('has no use for the switch where the browser has no service workers', async () => {
    const visit = await site.visit('', {
      before: `delete Navigator.prototype.serviceWorker`,
    });
    await touch(visit.page, 'unsupported');
    expect(await openSwitch(visit.page).getByRole('switch').isDisabled()).toBe(true);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});

describe('a new edition', () => {
  const folder = 'tests/.output/offline-site';
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  let hold: ((path: string) => Promise<void>) | null = null;
  /** A page that the host sends with something put into it. */
  let altered: string | null = null;
  beforeEach(async () => {
    rmSync(folder, { recursive: true, force: true });
    cpSync(sitePaths.folder, folder, { recursive: true });
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
    context = await site.browser.newContext(screens.desktop);
    context.setDefaultTimeout(patience);
    page = await context.newPage();
    await page.goto(server.url);
  });
  afterEach(async () => {
    hold = null;
    altered = null;
    await context.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
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

describe('misfortunes', () => {
  let server: StaticServer;
  let breaks: RegExp | null = null;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];
  beforeEach(async () => {
    errors.length = 0;
    server = await serveFolder(sitePaths.folder, {
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
    context = await site.browser.newContext(screens.desktop);
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

  const limitStorage = async (bytes: number): Promise<void> => {
    const session = await context.newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin: new URL(server.url).origin,
      quotaSize: bytes,
    });
  };

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
    await limitStorage(2_000_000);
    await touch(page, 'failed');
    expect(await statusOf(page)).toContain('this device has no room for it');
    expect(server.requested.filter((path) => path.endsWith('/glossary/'))).toEqual([]);
    await readThrough(page);
    expect(errors).toEqual([]);
  });

  it('room that runs out on the way is given back', async () => {
    // As much as the files alone need: what the browser writes around them is too much.
    const worker = readFileSync(join(sitePaths.folder, 'service-worker.js'), 'utf8');
    const [, json] = /^self\.atlasEdition=(.*);\n/.exec(worker)!;
    const { kept } = JSON.parse(json!) as { kept: { bytes: number }[] };
    const needed = kept.reduce((sum, { bytes }) => sum + bytes, 0);
    await limitStorage(needed + 150_000);
    const before = server.requested.length;
    await touch(page, 'failed');
    expect(server.requested.length).toBeGreaterThan(before + 100);
    expect(await statusOf(page)).toContain('this device has no room for it');
    expect(await cachesIn(page)).toEqual({});
    await limitStorage(1e9);
    await page.reload();
    await touch(page);
    expect(errors).toEqual([]);
  });

  it('a site whose worker is gone is read as before', async () => {
    breaks = /service-worker\.js$/;
    await touch(page, 'failed');
    await readThrough(page);
    expect(errors).toEqual([]);
  });
});

describe('the switch', () => {
  it.each(['phone', 'desktop'] as const)('moves nothing on a %s', async (screen) => {
    const visit = await site.visit('glossary/', { serviceWorkers: 'allow', ...screens[screen] });
    const { page } = visit;
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    await page.waitForLoadState('networkidle');
    const before = await height();
    await touch(page);
    expect(await height()).toBe(before);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await visit.close();
  });

  it('is not there without scripts', async () => {
    const visit = await site.visit('', { javaScriptEnabled: false });
    expect(await openSwitch(visit.page).isVisible()).toBe(false);
    await visit.close();
  });
});
