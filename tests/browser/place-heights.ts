// How tall the places of a page are: the parts of its text, its figures, and what a reader works with.
import type { Page } from 'playwright-core';

/** CSS pixels by the place's name. */
export type Places = Readonly<Record<string, number>>;

/** Figures stand in the state that they have in the HTML. */
export const placesOf = (page: Page): Promise<Places> =>
  page.evaluate(() => {
    interface Shown extends HTMLElement {
      show?(state: unknown): void;
    }
    for (const figure of document.querySelectorAll<Shown>('atlas-figure'))
      figure.show?.(JSON.parse(figure.dataset['state'] ?? '{}'));
    const counts = new Map<string, number>();
    const places: Record<string, number> = {};
    const parts = '.prose > *, main :is(atlas-figure, figcaption, form)';
    for (const element of document.querySelectorAll(parts)) {
      const name = `#${element.closest('[id]')?.id} ${element.localName}`;
      const count = (counts.get(name) ?? 0) + 1;
      counts.set(name, count);
      places[`${name} ${count}`] = element.getBoundingClientRect().height;
    }
    return places;
  });

/** Heights are noted to a pixel or two. */
const tolerance = 3;

/** Those that grew or shrank, in words. */
export const growth = (before: Places, after: Places): readonly string[] =>
  Object.entries(after)
    .filter(([name, height]) => Math.abs(height - (before[name] ?? 0)) > tolerance)
    .map(([name, height]) => `${name}: ${before[name]} px, then ${height} px`);
