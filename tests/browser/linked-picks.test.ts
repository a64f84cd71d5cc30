// A network picked in one figure is picked in all of its run and of its study, and let go of everywhere.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { Locator, Page } from 'playwright-core';
import { noticeOf, stateOf } from './figures.ts';
import {
  atRest,
  builtChapters,
  openSite,
  readThrough,
  until,
  type Site,
  type Visit,
} from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
afterEach(async () => {
  expect(visit.problems).toEqual([]);
  await visit.close();
});

/** A chapter with figures of the run and of the study `fifty`, if the article has one. */
async function openBoth(): Promise<void> {
  for (const path of builtChapters()) {
    visit = await site.visit(path, { reducedMotion: 'reduce' });
    page = visit.page;
    const kinds = await page.evaluate(() =>
      ['run', 'study'].map(
        (kind) =>
          [...document.querySelectorAll(`atlas-figure[data-${kind}="fifty"]`)].filter((figure) =>
            (figure as HTMLElement).dataset['state']!.includes('"selected"'),
          ).length,
      ),
    );
    if (kinds.every((count) => count > 0)) return readThrough(page);
    await visit.close();
  }
  throw new Error('No chapter shows the run and the study `fifty` together.');
}
const picked = async (kind: 'run' | 'study'): Promise<unknown[]> => {
  const figures = await page.locator(`atlas-figure[data-${kind}="fifty"]`).all();
  const states = await Promise.all(figures.map(stateOf));
  return states.filter((state) => 'selected' in state).map((state) => state['selected']);
};

/** A step that is reached takes back what was picked: one picks when the page has come to rest. */
async function comeTo(drawing: Locator): Promise<void> {
  await drawing.scrollIntoViewIfNeeded();
  await drawing.focus();
  await atRest(page);
}

it('from run to study and back, with a word and Escape', async () => {
  await openBoth();
  const drawing = page.locator('atlas-figure[data-run="fifty"] svg[role="slider"]').first();
  await comeTo(drawing);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const network = Number(await drawing.getAttribute('aria-valuenow'));
  await until(async () => new Set(await picked('run')), new Set([network]));
  await until(async () => (await picked('study')).includes(network), true);
  expect(await noticeOf(page)).toMatch(new RegExp(`Network ${network} picked in \\d+ figures`));
  await page.locator('body').press('Escape');
  await until(
    async () => [...(await picked('run')), ...(await picked('study'))].every((n) => n === null),
    true,
  );
  expect(await noticeOf(page)).toBe('');

  const other = page.locator('atlas-figure[data-study="fifty"] svg[role="slider"]').first();
  await comeTo(other);
  await page.keyboard.press('End');
  const last = Number(await other.getAttribute('aria-valuenow'));
  await until(async () => new Set(await picked('run')), new Set([last]));
});

it('is printed also in figures that nobody looked at since', async () => {
  await openBoth();
  const drawing = page.locator('atlas-figure[data-run="fifty"] svg[role="slider"]').first();
  await comeTo(drawing);
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  const network = Number(await drawing.getAttribute('aria-valuenow'));
  await until(async () => new Set(await picked('run')), new Set([network]));
  const drawings = () =>
    page.locator('.live-drawing').evaluateAll((all) => all.map(({ innerHTML }) => innerHTML));
  // Out of sight a drawing waits until it is seen again, or goes to paper.
  const onScreen = await drawings();
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  const onPaper = await drawings();
  expect(onPaper.length).toBe(onScreen.length);
  expect(onPaper).not.toEqual(onScreen);
});
