// What the tests of keeping ask of a page: its switch, what it says, and what is in the browser's caches.
import type { Page } from 'playwright-core';
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
