// What a reader chooses: to have nothing kept, to have it all the same, the training engine; and the switch in the footer.
import { globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cacheNamesOf } from '../../src/offline/offline-messages.ts';
import {
  cachesIn,
  editionIn,
  keptOf,
  openSwitch,
  pathsOf,
  phaseOf,
  registrations,
  statusOf,
  touch,
} from './offline-page.ts';
import { openSite, screens, until, type Site } from './site.ts';
import { sitePaths } from './site-paths.ts';
import { makeSmallSite } from './small-site.ts';
import { serveFolder } from './static-server.ts';

let folder: string;
let site: Site;
beforeAll(async () => {
  folder = await makeSmallSite('choice');
  site = await openSite({ folder });
});
afterAll(() => site.close());

it('the training engine is kept too where it had come before there was a worker, and nothing else is fetched for it', async () => {
  const server = await serveFolder(folder, { base: sitePaths.base, asHost: true });
  const context = await site.browser.newContext({ ...screens.desktop, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(server.url);
  const [script] = globSync('_astro/ort-wasm-simd-threaded-*.mjs', { cwd: folder });
  await page.evaluate(async (url) => (await fetch(url)).text(), server.url + script!);
  await touch(page);
  const { onUse } = cacheNamesOf(server.url);
  expect((await cachesIn(page))[onUse]).toEqual([server.url + script!]);
  expect(server.requested.filter((path) => /\/ort[.-]/.test(path))).toHaveLength(1);
  await context.close();
  await server.close();
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
    expect(await keptOf(page, site.server.url)).toEqual(pathsOf(editionIn(folder)));
    expect(visit.problems.filter((problem) => !problem.includes('DISCONNECTED'))).toEqual([]);
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
