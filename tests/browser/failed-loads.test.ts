// Code that cannot be fetched, as where the connection is gone or a new edition has replaced the files: no error is left unhandled, and who waits is told.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noticeOf } from './figures.ts';
import { chapterPath, openSite, until, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const sentence =
  'A part of this page could not be loaded; check the connection, and reload the page.';

/** A page on which files of code with such names no longer are; returns what it left unhandled, too. */
async function pageWithout(path: string, names: RegExp): Promise<{ page: Page; errors: string[] }> {
  const visit = await site.visit(path);
  const errors: string[] = [];
  visit.page.on('pageerror', ({ message }) => errors.push(message));
  await visit.page.route(names, (route) => route.abort('internetdisconnected'));
  return { page: visit.page, errors };
}

it.each([
  { what: 'the search', names: /search-dialog/, press: 'atlas-search button' },
  { what: 'a file of a picture', names: /save-figure/, press: '[data-tool="svg"]' },
  {
    what: 'the view from the side',
    names: /two-weights-surface/,
    press: '[name="two-weights-look"][value="surface"]',
  },
])('$what that a reader asks for, and that cannot come, is told in one sentence', async (asked) => {
  const { page, errors } = await pageWithout(chapterPath('a-network-is-a-point'), asked.names);
  const button = page.locator(asked.press).first();
  await button.scrollIntoViewIfNeeded();
  await button.click();
  await until(() => noticeOf(page), sentence);
  expect(errors).toEqual([]);
  await page.context().close();
});

it('the map stays where the view from the side cannot come', async () => {
  const { page } = await pageWithout(chapterPath('a-network-is-a-point'), /two-weights-surface/);
  await page.getByLabel('from the side').scrollIntoViewIfNeeded();
  await page.getByLabel('from the side').click();
  await until(() => noticeOf(page), sentence);
  expect(await page.getByLabel('from above').isChecked()).toBe(true);
  expect(await page.locator('svg.two-weights-map').isVisible()).toBe(true);
  await page.context().close();
});

it('a widget that cannot come alive says so', async () => {
  const { page, errors } = await pageWithout(chapterPath('method'), /atlas-self-test/);
  await page.locator('atlas-self-test').scrollIntoViewIfNeeded();
  await until(() => noticeOf(page), sentence);
  expect(errors).toEqual([]);
  await page.context().close();
});

it('a drawing that stays still says nothing', async () => {
  const { page, errors } = await pageWithout(
    chapterPath('a-network-is-a-point'),
    /surface-lifecycle/,
  );
  const figure = page.locator('#two-weights-surface atlas-figure');
  await figure.scrollIntoViewIfNeeded();
  await until(() => figure.getAttribute('data-alive'), '');
  await page.waitForLoadState('networkidle');
  expect(await noticeOf(page)).toBe('');
  expect(await figure.locator('svg').first().isVisible()).toBe(true);
  expect(errors).toEqual([]);
  await page.context().close();
});
