// The title page's scene: it moves without a touch, ends where the numbers say, is the reader's by mouse and key, and rests where motion is not wanted.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSite, until, type Site, type Visit } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const slider = (page: Page) => page.locator('atlas-fall input[type="range"]');
const time = async (page: Page): Promise<number> => Number(await slider(page).inputValue());
const caption = (page: Page) => page.locator('atlas-fall [aria-current="step"]');
/** What the canvas shows; the page draws it on request, since a canvas keeps no pixels between frames. */
const pixels = (page: Page): Promise<string> =>
  page.locator('atlas-fall canvas').evaluate((canvas: HTMLCanvasElement) => {
    canvas.dispatchEvent(new CustomEvent('atlas-capture'));
    return canvas.toDataURL();
  });

describe('with motion', () => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await site.visit('', { reducedMotion: 'no-preference' });
    page = visit.page;
  });
  afterAll(async () => {
    await visit.close();
    expect(visit.problems).toEqual([]);
  });

  it('shows its first frame as a picture before any script', async () => {
    const image = page.locator('.fall-image.first img');
    expect(await image.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(/first-wide/);
  });

  it('runs through its captions by itself, to the end', async () => {
    await until(async () => (await time(page)) > 0, true);
    const seen = new Set<string>();
    await until(async () => {
      seen.add((await caption(page).getAttribute('data-beat'))!);
      return (await time(page)) === 80;
    }, true);
    expect([...seen]).toEqual(expect.arrayContaining(['learn', 'wonder', 'drop', 'rest']));
    await expect.poll(() => page.locator('[data-play]').textContent()).toBe('Replay');
  });

  it('writes the true losses beside the drops, as the caption does', async () => {
    const own = /between ([\d.]+) and ([\d.]+)/.exec((await caption(page).textContent())!)!;
    const ruler = await page.locator('atlas-fall .fall-ruler').textContent();
    expect(ruler).toContain(`in truth${own[1]} to ${own[2]}`);
  });

  it('is scrubbed by key, and turned by key', async () => {
    await slider(page).focus();
    await page.keyboard.press('Home');
    expect(await time(page)).toBe(0);
    expect(await caption(page).getAttribute('data-beat')).toBe('start');
    const before = await pixels(page);
    await page.locator('atlas-fall canvas').focus();
    await page.keyboard.press('ArrowRight');
    await until(async () => (await pixels(page)) !== before, true);
    await page.keyboard.press('0');
    await until(async () => (await pixels(page)) === before, true);
  });
});

describe('without motion', () => {
  it('rests at the end under reduced motion', async () => {
    const visit = await site.visit('', { reducedMotion: 'reduce' });
    const { page } = visit;
    const source = await page
      .locator('.fall-image.first img')
      .evaluate((img: HTMLImageElement) => img.currentSrc);
    expect(source).toMatch(/last-wide/);
    await page.locator('atlas-fall canvas').waitFor();
    expect(await time(page)).toBe(80);
    await page.locator('[data-play]').click();
    expect(await time(page)).toBe(80);
    await visit.close();
    expect(visit.problems).toEqual([]);
  });

  it('shows the last frame with its caption without JavaScript', async () => {
    const visit = await site.visit('', { javaScriptEnabled: false });
    const { page } = visit;
    const last = page.locator('.fall-image:not(.first) img');
    await last.waitFor({ state: 'visible' });
    expect(await last.evaluate((img: HTMLImageElement) => img.currentSrc)).toMatch(/last-wide/);
    expect(await caption(page).evaluate((item) => getComputedStyle(item).opacity)).toBe('1');
    expect(
      await page
        .locator('atlas-fall [data-controls]')
        .evaluate((c) => getComputedStyle(c).visibility),
    ).toBe('hidden');
    await visit.close();
  });
});
