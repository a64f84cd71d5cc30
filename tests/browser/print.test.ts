// A chapter on paper: no bars, every note, the last state of each scrolly, and no figure that two pages share.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  builtChapters,
  coloursSettled,
  openSite,
  readThrough,
  type Site,
  type Visit,
} from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** The width of an A4 page between its margins, and the height, in CSS pixels. */
const paper = { width: Math.round((170 / 25.4) * 96), height: Math.round((259 / 25.4) * 96) };

const shown = (page: Page, selector: string) =>
  page
    .locator(selector)
    .evaluateAll((elements) => elements.filter((element) => element.checkVisibility()).length);

describe.each(builtChapters())('chapter /%s', (path) => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await site.visit(path, {
      reducedMotion: 'reduce',
      colorScheme: 'dark',
      viewport: { width: paper.width, height: paper.height },
    });
    page = visit.page;
    await readThrough(page);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await coloursSettled(page);
  });
  afterAll(() => visit.close());

  it('has no bars and nothing to press', async () => {
    for (const selector of [
      '.top-bar',
      '.site-foot',
      '.chapter-ways',
      '.scrolly-controls',
      'main button:not(.term-word)',
      'main input:not([type=checkbox])',
    ]) {
      expect(await shown(page, selector), selector).toBe(0);
    }
  });

  it('is black on white, whatever the theme', async () => {
    const colours = await page.evaluate(() => {
      const { color, backgroundColor } = getComputedStyle(document.body);
      return { color, backgroundColor };
    });
    expect(colours).toEqual({ color: 'rgb(0, 0, 0)', backgroundColor: 'rgb(255, 255, 255)' });
  });

  it('prints every note', async () => {
    const notes = await page.locator('.note-body').count();
    expect(await shown(page, '.note-body')).toBe(notes);
  });

  it('shows each scrolly’s whole, once, as a reader without a script sees it', async () => {
    const scrollies = await page.locator('.scrolly-picture').evaluateAll((pictures) =>
      pictures.map((picture) => {
        const noscript = picture.querySelector('noscript')?.textContent ?? '';
        const whole = new DOMParser().parseFromString(noscript, 'text/html').querySelector('svg');
        const visible = [...picture.querySelectorAll('svg, canvas')].filter(
          (drawing) => drawing.checkVisibility() && !drawing.parentElement!.closest('svg, button'),
        );
        return {
          drawings: visible.length,
          isWhole:
            !whole || visible[0]?.getAttribute('aria-label') === whole.getAttribute('aria-label'),
        };
      }),
    );
    for (const scrolly of scrollies) expect(scrolly).toEqual({ drawings: 1, isWhole: true });
  });

  it('draws no canvas, which paper may lose', async () => {
    expect(await shown(page, 'main canvas')).toBe(0);
  });

  it('keeps each figure’s picture smaller than a page and asks not to split it', async () => {
    const tall = await page.locator('.figure, .scrolly-picture').evaluateAll(
      (figures, height) =>
        figures
          .filter((figure) => getComputedStyle(figure).display !== 'contents')
          .filter((figure) => {
            const picture = figure.querySelector('svg');
            const tooTall = picture !== null && picture.getBoundingClientRect().height > height;
            return tooTall || getComputedStyle(figure).breakInside !== 'avoid';
          })
          .map((figure) => figure.className),
      paper.height,
    );
    expect(tall).toEqual([]);
  });

  it('is no wider than the paper', async () => {
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(over).toBeLessThanOrEqual(0);
  });

  it('becomes a PDF, and the page is itself again afterwards', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    await page.emulateMedia({ media: 'screen' });
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await page.locator('.print-drawing').count()).toBe(0);
    expect(visit.problems).toEqual([]);
  });
});
