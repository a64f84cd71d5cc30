// On the narrowest phones nothing runs over an edge: no page scrolls sideways, and every picture, in every step, stays in its box.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { builtPages, openSite, screens, type Site } from './site.ts';

const widths = [390, 360];
/** CSS pixels that a stroke or a rounding may stand out. */
const slack = 3;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

/** Draws all figures, goes through all steps, and says what runs over which edge. */
const overflows = (page: Page): Promise<string[]> =>
  page.evaluate(async (tolerance) => {
    type Alive = HTMLElement & { comeAlive(): Promise<void> };
    const frames = () =>
      new Promise((resolve) =>
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 30))),
      );
    const figures = [...document.querySelectorAll<Alive>('atlas-figure')];
    for (const figure of figures) await figure.comeAlive();
    const found = new Set<string>();
    const look = (where: string): void => {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth > clientWidth) found.add(`${where}: the page is ${scrollWidth} px wide`);
      for (const figure of figures) {
        const box = figure.getBoundingClientRect();
        const drawing = figure.querySelector('.live-drawing > svg');
        if (!drawing || box.bottom < 0 || box.top > innerHeight) continue;
        for (const part of drawing.querySelectorAll(':scope > g')) {
          const { left, right, bottom, width } = part.getBoundingClientRect();
          if (width === 0) continue;
          const over = { bottom: bottom - box.bottom, right: right - clientWidth, left: -left };
          for (const [edge, by] of Object.entries(over))
            if (by > tolerance)
              found.add(
                `${where}, ${figure.dataset['figure']}: ${Math.round(by)} px over its ${edge}`,
              );
        }
      }
    };
    for (const place of document.querySelectorAll('atlas-figure, .step')) {
      place.scrollIntoView({ block: 'center', behavior: 'instant' });
      await frames();
      look(place.closest('[id]')?.id ?? '');
    }
    await frames();
    look('page');
    return [...found];
  }, slack);

describe.each(builtPages())('page /%s', (path) => {
  it(`keeps within its edges at ${widths.join(' and ')} px`, async () => {
    const { page, close } = await site.visit(path, { ...screens.phone, reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const width of widths) {
      await page.setViewportSize({ width, height: screens.phone.viewport.height });
      found.push(...(await overflows(page)).map((what) => `at ${width}: ${what}`));
    }
    await close();
    expect(found).toEqual([]);
  });
});
