// What the tests of keeping ask of a page: its switch, what it says, and what is in the browser's caches.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Edition } from '../../src/offline/edition.ts';
import { cacheNamesOf } from '../../src/offline/offline-messages.ts';
import { until } from './site.ts';

export const openSwitch = (page: Page) => page.locator('.site-foot atlas-offline');
export const phaseOf = (page: Page) => openSwitch(page).getAttribute('data-phase');
export const statusOf = (page: Page) => openSwitch(page).locator('[data-status]').innerText();

/** Touches the page as a reader does, and waits for what comes of it. */
export async function touch(page: Page, phase = 'kept'): Promise<void> {
  await page.keyboard.press('Shift');
  await until(() => phaseOf(page), phase, 40_000);
}

/** Keys of each cache of this origin. */
export const cachesIn = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const entries = names.map(async (name) => {
      const keys = await (await caches.open(name)).keys();
      return [name, keys.map(({ url }) => url)] as const;
    });
    return Object.fromEntries(await Promise.all(entries));
  });

export const registrations = (page: Page): Promise<number> =>
  page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length);

/** The edition whose list stands in a built folder's service worker. */
export function editionIn(folder: string): Edition {
  const worker = readFileSync(join(folder, 'service-worker.js'), 'utf8');
  return JSON.parse(/^self\.atlasEdition=(.*);\n/.exec(worker)![1]!) as Edition;
}

/** Paths below the base of all that is kept of an edition, in order. */
export async function keptOf(page: Page, base: string): Promise<string[]> {
  const keys = (await cachesIn(page))[cacheNamesOf(base).edition] ?? [];
  return keys.map((key) => key.replace(/\?.*$/, '').slice(base.length)).sort();
}

export const pathsOf = ({ kept }: Edition): string[] => kept.map(({ path }) => path).sort();

/** What the browser lets this page's origin store. */
export async function limitStorage(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const { origin } = new URL(page.url());
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}
