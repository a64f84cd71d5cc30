// A link reproduces the exact state of a figure, below any base path; where it cannot, the page says why.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { aliveFigure, keyOf, noticeOf, openAbout, partOf, stateOf } from './figures.ts';
import { atRest, chapterPath, openSite, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite({ args: ['--enable-unsafe-swiftshader'] });
});
afterAll(() => site.close());
afterEach(async () => {
  expect(visit.problems).toEqual([]);
  await visit.close();
});

async function open(chapter: string, rest = ''): Promise<void> {
  visit = await site.visit(chapterPath(chapter) + rest, {
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  page = visit.page;
}
async function copiedLink(id: string): Promise<string> {
  await openAbout(page, id);
  await partOf(page, id, '[data-tool="link"]').click();
  await until(async () => (await noticeOf(page)).includes('is copied'), true);
  return page.evaluate(() => navigator.clipboard.readText());
}
const isOnScreen = (selector: string): Promise<boolean> =>
  page.locator(selector).evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  });

describe('a copied link', () => {
  it('brings back all that the reader chose, on the step where they were', async () => {
    await open('fifty-starts');
    const figure = await aliveFigure(page, 'fifty-curves');
    const countNow = async () =>
      Number.parseInt(await partOf(page, 'fifty-curves', '[data-count]').innerText());
    // Coming to the buttons may have come to a step already.
    for (await atRest(page); (await countNow()) < 3; await atRest(page))
      await partOf(page, 'fifty-curves', '[data-next]').click();
    expect(await countNow()).toBe(3);
    await partOf(page, 'fifty-curves', '.figure-controls')
      .getByText('log', { exact: true })
      .click();
    await partOf(page, 'fifty-curves', '.control-play input').fill('9');
    await until(() => keyOf(figure, 'scale'), 'log');
    const state = await stateOf(figure);
    const link = await copiedLink('fifty-curves');
    expect(link).toContain(chapterPath('fifty-starts'));
    expect(new URL(link).searchParams.get('figure')).toBe('fifty-curves');
    const step = await page.locator('#fifty-curves .step').nth(2).getAttribute('id');
    expect(new URL(link).hash).toBe(`#${step}`);

    await page.goto('about:blank');
    await page.goto(link);
    await until(async () => (await noticeOf(page)).includes('as the address says'), true);
    expect(await noticeOf(page)).toContain('Scale: log');
    const again = page.locator('#fifty-curves atlas-figure');
    await until(() => stateOf(again), state);
    expect(await isOnScreen(`#${step}`)).toBe(true);
    // It is the reader's: the next step takes it back.
    await page.mouse.wheel(0, 10);
    await partOf(page, 'fifty-curves', '[data-next]').click();
    await until(async () => (await keyOf(again, 'until')) !== state['until'], true);
  });

  it('can be undone', async () => {
    await open('drawing-the-surface', '?figure=one-network&scale=linear#one-network');
    const figure = page.locator('#one-network atlas-figure');
    await until(() => keyOf(figure, 'scale'), 'linear');
    expect(await isOnScreen('#one-network')).toBe(true);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(() => keyOf(figure, 'scale'), 'log');
    expect(new URL(page.url()).search).toBe('');
  });

  it('brings back where the reader stood before a surface', async () => {
    await open('drawing-the-surface');
    const figure = await aliveFigure(page, 'slice-3d');
    await figure.hover();
    await figure.locator('canvas').focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowRight');
    let eye: unknown = null;
    // It turns for a while after the last key.
    await until(async () => {
      const before = eye;
      eye = await keyOf(figure, 'eye');
      await page.waitForTimeout(200);
      return typeof eye === 'string' && eye === before;
    }, true);
    const link = await copiedLink('slice-3d');
    await page.goto('about:blank');
    await page.goto(link);
    await until(() => keyOf(page.locator('#slice-3d atlas-figure'), 'eye'), eye);
  });
});

describe('an address that does not fit', () => {
  it('is named part by part, and what fits is shown', async () => {
    await open(
      'drawing-the-surface',
      '?figure=one-network&scale=cubic&quantity=loss&x=1#one-network',
    );
    await until(async () => (await noticeOf(page)).length > 20, true);
    const said = await noticeOf(page);
    expect(said).toContain('“Colours” cannot be “cubic”: it is one of log, linear.');
    expect(said).toContain('This figure has no “x” to set.');
    expect(await keyOf(page.locator('#one-network atlas-figure'), 'scale')).toBe('log');
  });

  it('of a figure that is not there is answered in a sentence', async () => {
    await open('fifty-starts', '?figure=no-such&scale=log');
    await until(
      () => noticeOf(page),
      'The address asks for a figure “no-such”, which this chapter does not have.',
    );
  });
});
