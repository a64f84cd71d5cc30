// Scrolls through a page at a reader's pace and keeps what the browser says of long tasks and of layout shifts.
import type { BrowserContextOptions } from 'playwright-core';
import { everyFigureAlive, type Site } from './site.ts';

export interface Smoothness {
  /** Milliseconds; tasks below 50 are none to the browser, and read 0. */
  readonly longestTask: number;
  /** Cumulative layout shift, the sum of the worst session window. */
  readonly shift: number;
  /** What moved, by tag and class, largest first. */
  readonly moved: readonly string[];
}

interface Watch {
  tasks: number[];
  shifts: { at: number; value: number; what: string[] }[];
}

/** Watches from before the first byte; tasks count from the end of loading on. */
const watch = `
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

/** @param stride in screens: at the usual one, a screen passes in about a third of a second, as somebody skims. */
export async function readSlowly(
  site: Site,
  path: string,
  options: BrowserContextOptions,
  stride = 0.08,
): Promise<Smoothness> {
  const visit = await site.visit(path, { ...options, before: watch });
  try {
    const { page } = visit;
    await page.waitForTimeout(1700);
    await page.evaluate(async (share) => {
      for (let top = 0; top < document.documentElement.scrollHeight; top += share * innerHeight) {
        scrollTo({ top, behavior: 'instant' });
        await new Promise((resolve) => requestAnimationFrame(resolve));
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }, stride);
    await everyFigureAlive(page);
    await page.waitForTimeout(300);
    const { tasks, shifts } = await page.evaluate(
      () => (window as unknown as { watched: Watch }).watched,
    );
    return {
      longestTask: Math.max(0, ...tasks),
      shift: worstWindow(shifts),
      moved: [...shifts]
        .sort((a, b) => b.value - a.value)
        .slice(0, 4)
        .map(({ value, what }) => `${what.join(' ')} ${value.toFixed(4)}`),
    };
  } finally {
    await visit.close();
  }
}

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
