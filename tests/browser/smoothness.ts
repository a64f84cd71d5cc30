// Reads a page to its end, at a reader's pace or step by step, and keeps what the browser says of long tasks and of layout shifts.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { everyFigureAlive, type Site } from './site.ts';

export interface Steadiness {
  /** Cumulative layout shift, the sum of the worst session window. */
  readonly shift: number;
  /** What moved, by tag and class, largest first. */
  readonly moved: readonly string[];
}

export interface Smoothness extends Steadiness {
  /** Milliseconds; tasks below 50 are none to the browser, and read 0. */
  readonly longestTask: number;
}

interface Watch {
  tasks: number[];
  shifts: { at: number; value: number; what: string[] }[];
}

/** To be run before the first byte of a page; tasks count from the end of loading on. */
export const watchForJumps = `
  window.watched = { tasks: [], shifts: [] };
  addEventListener('load', () => setTimeout(() => {
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) window.watched.tasks.push(duration);
    }).observe({ type: 'longtask' });
  }, 1500));
  new PerformanceObserver((list) => {
    for (const { startTime, value, hadRecentInput, sources } of list.getEntries()) {
      if (hadRecentInput) continue;
      const what = (sources ?? []).map(({ node }) => node?.nodeType === 1
        ? node.localName + '.' + (node.getAttribute('class') ?? '') : String(node?.nodeName));
      window.watched.shifts.push({ at: startTime, value, what });
    }
  }).observe({ type: 'layout-shift', buffered: true });
`;

/** At a reader's pace: a screen passes in about a third of a second, as somebody skims. */
export async function readSlowly(
  site: Site,
  path: string,
  options: BrowserContextOptions,
): Promise<Smoothness> {
  const visit = await site.visit(path, { ...options, before: watchForJumps });
  try {
    const { page } = visit;
    await page.waitForTimeout(1700);
    await page.evaluate(async () => {
      for (let top = 0; top < document.documentElement.scrollHeight; top += 0.08 * innerHeight) {
        scrollTo({ top, behavior: 'instant' });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    });
    await everyFigureAlive(page);
    await page.waitForTimeout(300);
    const { tasks, shifts } = await watched(page);
    return { longestTask: Math.max(0, ...tasks), ...steadiness(shifts) };
  } finally {
    await visit.close();
  }
}

/** A third of a screen at a time, each until all on it is alive: what jumps does so while it is seen, on a fast machine and on a slow one. */
export async function readStepByStep(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.evaluate(async () => {
    await document.fonts.ready;
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const isOnScreen = (element: Element): boolean => {
      const { top, bottom } = element.getBoundingClientRect();
      return element.checkVisibility() && bottom > 0 && top < innerHeight;
    };
    const asleep = 'atlas-figure:not([data-alive])';
    for (let top = 0; top < document.documentElement.scrollHeight; top += 0.3 * innerHeight) {
      scrollTo({ top, behavior: 'instant' });
      const end = performance.now() + 20_000;
      do {
        await frame();
        await frame();
      } while ([...document.querySelectorAll(asleep)].some(isOnScreen) && performance.now() < end);
    }
  });
  await everyFigureAlive(page);
  await page.waitForLoadState('networkidle');
}

/** How still the page has stood since it was opened with {@link watchForJumps}. */
export const readSteadiness = async (page: Page): Promise<Steadiness> =>
  steadiness((await watched(page)).shifts);

const watched = (page: Page): Promise<Watch> =>
  page.evaluate(() => (window as unknown as { watched: Watch }).watched);

const steadiness = (shifts: Watch['shifts']): Steadiness => ({
  shift: worstWindow(shifts),
  moved: [...shifts]
    .sort((a, b) => b.value - a.value)
    .slice(0, 4)
    .map(({ value, what }) => `${what.join(' ')} ${value.toFixed(4)}`),
});

/** As Chromium defines it: windows of at most five seconds, with less than one between two shifts. */
function worstWindow(shifts: Watch['shifts']): number {
  let worst = 0;
  let sum = 0;
  let [first, last] = [-Infinity, -Infinity];
  for (const { at, value } of shifts) {
    if (at - last > 1000 || at - first > 5000) [sum, first] = [0, at];
    last = at;
    sum += value;
    worst = Math.max(worst, sum);
  }
  return worst;
}
