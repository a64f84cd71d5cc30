// axe finds no violation on any page, in light and dark, on a phone and on a desk; and no phone has to scroll sideways.
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  builtPages,
  openSite,
  readThrough,
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

/** What is wrong and where, short enough to read; of colours alone where all else has been looked at. */
async function violations({ page }: Visit, what: 'all' | 'colours'): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  if (what === 'colours') axe.withRules(['color-contrast', 'link-in-text-block']);
  const { violations: found } = await axe.analyze();
  return found.flatMap(({ id, help, nodes }) =>
    nodes
      .slice(0, 3)
      .map(({ target, any }) => `${id}: ${help} (${target}) ${any[0]?.message ?? ''}`),
  );
}

const settings = Object.entries(screens).flatMap(([screen, options]) =>
  builtPages().map((path) => ({ screen, path, options })),
);

describe.each(settings)('page /$path on a $screen', ({ screen, path, options }) => {
  let visit: Visit;
  beforeAll(async () => {
    visit = await site.visit(path, { ...options, colorScheme: 'light', reducedMotion: 'reduce' });
    await readThrough(visit.page);
  });
  afterAll(() => visit.close());

  it('has no axe violation in light', async () => {
    expect(await violations(visit, 'all')).toEqual([]);
  });

  it('has no axe violation in dark', async () => {
    const paper = () => visit.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await paper();
    await visit.page.emulateMedia({ colorScheme: 'dark' });
    await until(async () => (await paper()) !== light, true);
    // The theme changes nothing but colours.
    expect(await violations(visit, 'colours')).toEqual([]);
  });

  it('does not scroll sideways', async () => {
    const { wide, screenWidth, culprits } = await visit.page.evaluate(() => {
      const width = document.documentElement.clientWidth;
      const beyond = [...document.querySelectorAll('main *')].filter(
        (element) => element.getBoundingClientRect().right > width + 1,
      );
      return {
        wide: document.documentElement.scrollWidth,
        screenWidth: width,
        culprits: beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)),
      };
    });
    expect(wide, `beyond the edge: ${culprits.join(' ')}`).toBeLessThanOrEqual(screenWidth);
    expect(screenWidth).toBe(screens[screen as keyof typeof screens].viewport.width);
  });
});
