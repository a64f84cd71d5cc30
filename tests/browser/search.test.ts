// The search: nothing of it is fetched before it is opened; then it finds the text, by keyboard, under the base path.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import {
  builtPages,
  chapterPath,
  openSite,
  screens,
  until,
  type Site,
  type Visit,
} from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const options = (page: Page) => page.locator('.search-results').getByRole('option');
const field = (page: Page) => page.getByRole('combobox', { name: 'Search the text' });
const status = (page: Page) => page.locator('.search-status');
const ofSearch = ({ requests }: Visit) => requests.filter((url) => /pagefind|search\//.test(url));

async function searchFor(page: Page, words: string): Promise<void> {
  await page.keyboard.press('/');
  await field(page).fill(words);
  await until(async () => (await options(page).count()) > 0, true);
}

it('fetches nothing before it is opened, and only from beside the pages then', async () => {
  const visit = await site.visit(chapterPath('network'));
  expect(ofSearch(visit)).toEqual([]);
  await searchFor(visit.page, 'saddle');
  expect(ofSearch(visit).length).toBeGreaterThan(2);
  expect(visit.requests.filter((url) => !url.startsWith(site.server.url))).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

describe('by keyboard', () => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await site.visit('', { reducedMotion: 'reduce' });
    page = visit.page;
    await searchFor(page, 'saddle');
  });
  afterAll(() => visit.close());

  const selected = () => page.locator('[role=option][aria-selected=true]');

  it('lists places by chapter and section, with the words marked and counted', async () => {
    const labels = await page.getByRole('group').locator('.search-page-title').allInnerTexts();
    expect(labels).toContain('Glossary');
    expect(labels.some((label) => /^\d+ · /.test(label))).toBe(true);
    for (const text of await page.locator('.search-excerpt mark').allInnerTexts()) {
      expect(text.toLowerCase()).toContain('saddle');
    }
    const count = await options(page).count();
    expect(await status(page).innerText()).toMatch(new RegExp(`^${count} places? in \\d+ pages?$`));
  });

  it('moves the choice by arrows, round the ends, while the field keeps the focus', async () => {
    const typing = field(page);
    const count = await options(page).count();
    const chosen = async () => (await selected().getAttribute('id')) ?? '';
    const first = await chosen();
    await page.keyboard.press('ArrowDown');
    expect(await chosen()).not.toBe(first);
    expect(await typing.getAttribute('aria-activedescendant')).toBe(await chosen());
    for (let step = 1; step < count; step++) await page.keyboard.press('ArrowDown');
    expect(await chosen()).toBe(first);
    await page.keyboard.press('ArrowUp');
    expect(await selected().count()).toBe(1);
    expect(await typing.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('has no axe violation', async () => {
    expect(await violations(page)).toEqual([]);
  });

  it('Escape closes it and gives the focus back', async () => {
    await page.keyboard.press('Escape');
    await until(() => page.locator('.search-dialog[open]').count(), 0);
    await page.keyboard.press('Control+k');
    await until(() => page.locator('.search-dialog[open]').count(), 1);
  });

  it('Enter goes to the chosen place', async () => {
    await field(page).fill('edge of stability');
    // What was found for the words before may still stand there.
    await until(async () => /edge of stability/i.test(await selected().innerText()), true);
    const target = await selected().getAttribute('href');
    await page.keyboard.press('Enter');
    await until(async () => new URL(page.url()).href === new URL(target!, page.url()).href, true);
    expect(page.url().startsWith(site.server.url)).toBe(true);
    // Who goes on to another page lets go of what was still coming.
    expect(visit.problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED'))).toEqual([]);
  });
});

it('every place found exists: page and section', async () => {
  const visit = await site.visit('');
  await searchFor(visit.page, 'network');
  const links = await options(visit.page).evaluateAll((found) =>
    found.map((option) => (option as HTMLAnchorElement).href),
  );
  expect(links.length).toBeGreaterThan(4);
  for (const link of links) {
    const { pathname, hash } = new URL(link);
    expect(builtPages()).toContain(pathname.slice(new URL(site.server.url).pathname.length));
    await visit.page.goto(link);
    if (hash) {
      expect(await visit.page.locator(`[id="${decodeURIComponent(hash.slice(1))}"]`).count()).toBe(
        1,
      );
    }
  }
  await visit.close();
});

it('finds the article’s text, and not what stands in figures’ details or in lists of works', async () => {
  const visit = await site.visit('');
  await visit.page.keyboard.press('/');
  // Of a reference list, and of how every figure was made.
  for (const words of ['"Neural Information Processing Systems"', '"how it was made"']) {
    await field(visit.page).fill(words);
    await until(() => status(visit.page).innerText(), `Nothing found for “${words}”.`);
  }
  await visit.close();
});

it('a slash typed into a field stays a slash', async () => {
  const visit = await site.visit('');
  await visit.page.evaluate(() => {
    const field = document.createElement('input');
    field.className = 'typed-into';
    document.querySelector('main')!.prepend(field);
    field.focus();
  });
  await visit.page.keyboard.press('/');
  expect(await visit.page.locator('.typed-into').inputValue()).toBe('/');
  expect(await visit.page.locator('.search-dialog[open]').count()).toBe(0);
  await visit.close();
});

it('says so in a sentence where the index cannot be had', async () => {
  const visit = await site.visit('');
  await visit.page.route('**/pagefind/**', (route) => route.abort());
  await visit.page.keyboard.press('/');
  await until(
    () => status(visit.page).innerText(),
    'The search index could not be loaded; reload the page to try again, or use the contents.',
  );
  await visit.close();
});

it('fills a phone’s screen and is closed by a button', async () => {
  const visit = await site.visit('', { ...screens.phone });
  await visit.page.locator('.top-bar atlas-search button').tap();
  const dialog = visit.page.locator('.search-dialog[open]');
  await dialog.waitFor();
  const { width } = (await dialog.boundingBox())!;
  expect(width).toBe(390);
  await visit.page.getByRole('button', { name: 'Close' }).tap();
  await until(() => dialog.count(), 0);
  await visit.close();
});

it('offers no search without JavaScript', async () => {
  const visit = await site.visit('', { javaScriptEnabled: false });
  expect(await visit.page.locator('atlas-search button:visible').count()).toBe(0);
  await visit.close();
});
