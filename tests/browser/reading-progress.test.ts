// What was read is remembered in the browser: shown where chapters are listed, offered to go on from, and forgotten when asked.
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  builtChapters,
  chapterPath,
  atRest,
  openSite,
  readThrough,
  until,
  type Site,
  type Visit,
} from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
let context: BrowserContext;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  visit = await site.visit('', { reducedMotion: 'reduce' });
  ({ page, context } = visit);
});
afterEach(async () => {
  // Who goes on to another page lets go of what was still coming.
  expect(visit.problems.filter((problem) => !problem.endsWith('net::ERR_ABORTED'))).toEqual([]);
  await visit.close();
});

const chapter = chapterPath('where-they-end');
const id = chapter.split('/')[1]!;
const go = (path: string) => page.goto(site.server.url + path);
const stateIn = (where: string, name = id) =>
  page.locator(`${where} a[data-chapter="${name}"]`).getAttribute('data-read');
const stored = () => page.evaluate(() => localStorage.getItem('atlas-reading') ?? '');
const goOn = () => page.locator('.title-go-on a');
/** Scrolls so that the element is where one reads, and rests there. */
async function restAt(selector: string): Promise<void> {
  const element = page.locator(selector).first();
  // Figures that come alive above may move it: until it stays, it is looked for again.
  await until(async () => {
    await element.evaluate((place) => {
      scrollTo({ top: place.getBoundingClientRect().top + scrollY - 200, behavior: 'instant' });
    });
    await atRest(page);
    return element.evaluate((place) => Math.abs(place.getBoundingClientRect().top - 200) < 4);
  }, true);
  await until(async () => (await stored()).includes('"anchor"'), true);
  await atRest(page);
}

describe('before anything was read', () => {
  it('the title page offers a beginning and nothing else', async () => {
    expect(await goOn().isVisible()).toBe(false);
    expect(await page.locator('[data-read-count]:visible').count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Begin' }).isVisible()).toBe(true);
    expect(await stateIn('.sheet-list')).toBe('unread');
  });
});

describe('a chapter', () => {
  it('is begun when its first section was on screen, and read when all of it was', async () => {
    await go(chapter);
    await restAt('.prose > h2');
    await go('');
    expect(await stateIn('.sheet-list')).toBe('begun');
    await go(chapter);
    await readThrough(page);
    await go('');
    expect(await stateIn('.sheet-list')).toBe('read');
    expect(await page.locator('.sheets-count').innerText()).toContain(
      `1 of ${builtChapters().length} read`,
    );
    const name = await page.locator(`.sheet[data-chapter="${id}"]`).innerText();
    expect(name).toMatch(/, read/);
  });

  it('of which one went to the end at once is not read', async () => {
    await go(chapter);
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await until(() => stateIn('.contents'), 'begun');
    expect(await stateIn('.contents')).toBe('begun');
  });

  it('says where one stopped when it is opened again, and leads there', async () => {
    await go(chapter);
    const heading = page.locator('.prose > h2').nth(1);
    const anchor = (await heading.getAttribute('id'))!;
    await restAt(`[id="${anchor}"]`);
    await go('glossary/');
    await go(chapter);
    const link = page.locator('[data-stopped] a');
    expect(await link.innerText()).toContain(await heading.innerText());
    await link.click();
    await until(async () => {
      const box = await heading.boundingBox();
      return box !== null && box.y > 0 && box.y < 700;
    }, true);
  });
});

describe('going on', () => {
  it('is offered on the title page and in the contents of other pages, at the section', async () => {
    await go(chapter);
    const heading = page.locator('.prose > h2').nth(1);
    await restAt(`[id="${await heading.getAttribute('id')}"]`);
    const title = await heading.innerText();
    await go('');
    const offered = page.locator('.title-go-on');
    await until(async () => (await offered.innerText()).includes(title), true);
    await go('glossary/');
    await page.locator('.contents summary').click();
    const link = page.locator('.contents-go-on a');
    expect(await link.innerText()).toContain(title);
    await link.click();
    await until(async () => page.url().includes(chapter), true);
    expect(decodeURIComponent(new URL(page.url()).hash)).not.toBe('');
  });

  it('after a chapter’s end leads to the next chapter', async () => {
    await go(chapter);
    await readThrough(page);
    await page.evaluate(() => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' }));
    await until(async () => (await stored()).includes('"anchor":"$end"'), true);
    await go('');
    const chapters = builtChapters();
    const next = chapters[chapters.indexOf(chapter) + 1]!;
    expect(await goOn().evaluate((link) => (link as HTMLAnchorElement).href)).toBe(
      site.server.url + next,
    );
  });
});

it('another tab hears of it at once', async () => {
  const other = await context.newPage();
  await other.goto(site.server.url + chapter);
  await readThrough(other);
  await until(() => stateIn('.sheet-list'), 'read');
  await other.close();
});

it('is forgotten when asked, and the focus is not lost', async () => {
  await go(chapter);
  await readThrough(page);
  await go('');
  await page.getByRole('button', { name: 'Forget what I read' }).click();
  await until(() => stateIn('.sheet-list'), 'unread');
  await until(() => goOn().isVisible(), false);
  expect(await page.evaluate(() => localStorage.getItem('atlas-reading'))).toBeNull();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('sheets-title');
});

it('a damaged record does no harm', async () => {
  await page.evaluate(() => localStorage.setItem('atlas-reading', '{"chapters":[1],"last":{}}'));
  await go('');
  expect(await stateIn('.sheet-list')).toBe('unread');
});

it('takes room that was kept for it: nothing on the page lies elsewhere', async () => {
  /** Where the page's own parts lie, once they no longer move. */
  const places = async (path: string) => {
    await go(path);
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => document.fonts.ready);
    await until(() => page.evaluate(sleepingOnScreen), 0);
    const read = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('main h1, main h2, main p, main figure')]
          .filter((part) => !part.closest('[data-stopped], [data-go-on], [data-read-count]'))
          .map((part) => {
            const { left, top } = part.getBoundingClientRect();
            return [part.localName, Math.round(left), Math.round(top)].join(' ');
          }),
      );
    let [before, now] = [['nothing yet'], await read()];
    while (before.join() !== now.join()) {
      await atRest(page);
      [before, now] = [now, await read()];
    }
    return now;
  };
  const paths = ['', chapter];
  const unread = [];
  for (const path of paths) unread.push(await places(path));
  await readThrough(page);
  await until(() => page.evaluate(() => localStorage.getItem('atlas-reading') !== null), true);
  for (const [index, path] of paths.entries()) {
    expect(await places(path), path).toEqual(unread[index]);
  }
});

/** Figures that a reader sees and that have not come alive yet; runs in the page. */
const sleepingOnScreen = (): number =>
  [...document.querySelectorAll('atlas-figure:not([data-alive])')].filter((figure) => {
    const { top, bottom } = figure.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  }).length;

it('without JavaScript there is none of it', async () => {
  const plain = await site.visit('', { javaScriptEnabled: false });
  for (const selector of ['.title-go-on', '.contents-go-on', '[data-read-count]', '.read-mark']) {
    expect(await plain.page.locator(`${selector}:visible`).count(), selector).toBe(0);
  }
  await plain.close();
});
