// The atlas without a network, on the whole site: what is kept, what opens then, and training.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/offline/edition.ts';
import { Live } from './live.ts';
import {
  cachesIn,
  editionIn,
  keptOf,
  limitStorage,
  openSwitch,
  pathsOf,
  phaseOf,
  registrations,
  statusOf,
  touch,
} from './offline-page.ts';
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
    const edition = editionIn(sitePaths.folder);
    expect(await keptOf(visit.page, site.server.url)).toEqual(pathsOf(edition));
    const sum = (bytesOf(edition.kept) / 1e6).toFixed(1);
    expect(await statusOf(visit.page)).toContain(`${sum} MB are kept`);
  });

  it('complains of nothing', () => expect(visit.problems).toEqual([]));

  it('keeps the training engine on request, before any training', async () => {
    const { page, context } = visit;
    const button = openSwitch(page).getByRole('button', {
      name: /training engine too \(1\d\.\d MB\)/,
    });
    await button.click();
    await until(async () => (await statusOf(page)).includes('and training work'), true);
    expect(await button.isVisible()).toBe(false);
    await context.setOffline(true);
    await page.reload();
    const live = new Live(page);
    await live.reach();
    expect(
      await live.train({
        Initialisations: '4',
        'Hidden sizes': '4',
        Points: '64',
        'Compute on': 'wasm',
      }),
    ).toMatch(/^4 networks trained/);
  });
});

describe('without a network after one visit', () => {
  let server: StaticServer;
  let context: BrowserContext;
  let page: Page;
  const problems: string[] = [];
  beforeAll(async () => {
    server = await serveFolder(sitePaths.folder, { base: sitePaths.base });
    context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
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
    context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
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

it('a reader may decline in the middle of the fetching', async () => {
  const visit = await site.visit('', { serviceWorkers: 'allow' });
  await visit.page.keyboard.press('Shift');
  await until(() => phaseOf(visit.page), 'fetching');
  await openSwitch(visit.page).getByRole('switch').uncheck();
  await until(() => registrations(visit.page), 0);
  await visit.page.waitForTimeout(500);
  expect(await cachesIn(visit.page)).toEqual({});
  await visit.close();
});

it('room that runs out on the way is given back', async () => {
  const visit = await site.visit('', { serviceWorkers: 'allow' });
  const { page } = visit;
  const { requested } = site.server;
  // As much as the files alone need: what the browser writes around them is too much.
  await limitStorage(page, bytesOf(editionIn(sitePaths.folder).kept) + 150_000);
  const before = requested.length;
  await touch(page, 'failed');
  expect(requested.length).toBeGreaterThan(before + 100);
  expect(await statusOf(page)).toContain('this device has no room for it');
  expect(await cachesIn(page)).toEqual({});
  await limitStorage(page, 1e9);
  await page.reload();
  await touch(page);
  expect(visit.problems.filter((problem) => problem.startsWith('error:'))).toEqual([]);
  await visit.close();
});
