// Without JavaScript the article is whole: every figure is drawn, every word is there, notes and contents still open.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtChapters, openSite, type Site, type Visit } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

const withPictures = (path: string): boolean => !/method|laboratory/.test(path);

/** Visible size of every element that matches, in CSS pixels. */
const sizes = (page: Page, selector: string) =>
  page.locator(selector).evaluateAll((elements) =>
    elements.map((element) => {
      const { width, height } = element.getBoundingClientRect();
      return { width, height, isShown: element.checkVisibility() };
    }),
  );

describe.each(builtChapters())('chapter /%s', (path) => {
  let visit: Visit;
  let page: Page;
  beforeAll(async () => {
    visit = await site.visit(path, { javaScriptEnabled: false });
    page = visit.page;
    // A fold opens by itself, scripts or none.
    await page.locator('details.fold').evaluateAll((folds) => {
      for (const fold of folds) (fold as HTMLDetailsElement).open = true;
    });
  });
  afterAll(() => visit.close());

  if (withPictures(path)) {
    it('shows every figure as a picture with a title', async () => {
      const drawings = await sizes(
        page,
        'atlas-figure .static-drawing svg, noscript .static-drawing svg',
      );
      const pictures = drawings.filter(({ isShown }) => isShown);
      expect(pictures.length).toBe(await page.locator('atlas-figure').count());
      for (const { width, height } of pictures) {
        expect(width).toBeGreaterThan(250);
        expect(height).toBeGreaterThan(60);
      }
      const titles = await page.locator('.figure-title').allInnerTexts();
      expect(titles.length).toBeGreaterThanOrEqual(pictures.length);
      for (const title of titles) expect(title.trim().length).toBeGreaterThan(10);
    });

    it('shows captions and every step of every scrolly', async () => {
      for (const selector of ['.figure-caption', '.step']) {
        for (const { isShown, height } of await sizes(page, selector)) {
          expect(isShown).toBe(true);
          expect(height).toBeGreaterThan(15);
        }
      }
      expect(await page.locator('.figure-caption').count()).toBeGreaterThan(0);
    });
  }

  it('shows pictures in place of what needs a script, and says so', async () => {
    const widgets = await page.locator('atlas-live-retrain, atlas-two-weights').count();
    const pictures = page.locator(
      ':is(atlas-live-retrain, atlas-two-weights) .static-drawing > svg:visible',
    );
    expect(await pictures.count()).toBeGreaterThanOrEqual(widgets);
    expect(await page.locator('.live-without-script:visible').count()).toBe(widgets);
  });

  it('offers no button that would do nothing', async () => {
    const idle = page.locator('.scrolly-controls button:visible, atlas-theme button:visible');
    expect(await idle.count()).toBe(0);
    expect(await page.locator('form button:not([popovertarget]):visible').count()).toBe(0);
  });

  it('has its prose, its numbers and the works it cites', async () => {
    const text = await page.locator('main').innerText();
    expect(text.split(/\s+/).length).toBeGreaterThan(300);
    expect(text).not.toMatch(/undefined|⟦|\[object|: NaN/);
    const cites = await page.locator('a[href^="#ref-"]').count();
    const listed = await page.locator('.references li:visible').count();
    expect(listed > 0).toBe(cites > 0);
  });

  it('opens its contents by a click', async () => {
    await page.locator('details.contents > summary').click();
    const links = page.locator('.contents-panel a:visible');
    expect(await links.count()).toBeGreaterThanOrEqual(builtChapters().length);
  });
});

it('a note of a chapter unfolds on a phone', async () => {
  const visit = await site.visit(
    builtChapters().find((path) => path.includes('network'))!,
    {
      javaScriptEnabled: false,
      viewport: { width: 390, height: 844 },
    },
  );
  const note = visit.page.locator('.note').first();
  expect(await note.locator('.note-body').isVisible()).toBe(false);
  await note.locator('.note-mark').click();
  expect(await note.locator('.note-body').isVisible()).toBe(true);
  await visit.close();
});
