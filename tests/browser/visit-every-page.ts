// Every page, opened once on a screen and read to its end, and there all that is asked of every page: whether it complains, jumps, weighs too much, or shuts anybody out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations, withoutMarks } from './axe.ts';
import {
  builtPages,
  coloursSettled,
  openSite,
  screens,
  until,
  type Site,
  type Visit,
} from './site.ts';
import { readSteadiness, readStepByStep, watchForJumps } from './smoothness.ts';
import { isCode, transfers, weightOf } from './transfer.ts';

/** Design: transferred before a reader touches a widget, fonts and figure data included. */
const largestTransfer = (path: string): number => (path === '' ? 500_000 : 350_000);
/** Code, compressed; the two pages that show the fall have three.js besides, which comes after the first picture. */
const largestCode = (path: string): number =>
  path === '' || path.includes('prologue') ? 215_000 : 120_000;
const runtimeFile = /\.wasm$|\/ort[.-]|training\.worker/;
/** A share of the screen. How long tasks take depends on the machine, and is in the benchmark. */
const largestShift = 0.02;

/** Declares the tests of every page on this screen. */
export function visitEveryPage(screen: keyof typeof screens): void {
  let site: Site;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site.close());

  describe.each(builtPages())('page /%s', (path) => {
    let visit: Visit;
    beforeAll(async () => {
      visit = await site.visit(path, {
        ...screens[screen],
        colorScheme: 'light',
        reducedMotion: 'no-preference',
        before: watchForJumps,
      });
      await readStepByStep(visit.page);
    });
    afterAll(() => visit.close());

    it('is read to its end without an error or a failed request', () => {
      expect(visit.problems).toEqual([]);
    });

    it('does not jump while it is read', async () => {
      const { shift, moved } = await readSteadiness(visit.page);
      expect(shift, `what moved: ${moved.join(', ')}`).toBeLessThan(largestShift);
    });

    it('asks nothing of another origin, and nothing outside its base', () => {
      const elsewhere = visit.requests.filter((url) => !url.startsWith(site.server.url));
      expect(elsewhere).toEqual([]);
      expect(visit.requests.length).toBeGreaterThan(2);
    });

    it('fetches no runtime and no worker before a reader asks to train', () => {
      expect(visit.requests.filter((url) => runtimeFile.test(url))).toEqual([]);
    });

    it(`transfers less than ${largestTransfer(path) / 1000} KB, text gzipped`, () => {
      const list = transfers(visit.requests);
      const largest = list.slice(0, 6);
      expect(weightOf(list), `the largest: ${JSON.stringify(largest)}`).toBeLessThan(
        largestTransfer(path),
      );
    });

    it(`runs on less than ${largestCode(path) / 1000} KB of code, gzipped`, () => {
      const code = transfers(visit.requests).filter(isCode);
      expect(weightOf(code), `in ${code.length} files`).toBeLessThan(largestCode(path));
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
      expect(screenWidth).toBe(screens[screen].viewport.width);
    });

    it('has no axe violation in light', async () => {
      // A colour on its way to another is neither.
      await visit.page.emulateMedia({ reducedMotion: 'reduce' });
      await withoutMarks(visit.page);
      await coloursSettled(visit.page);
      expect(await violations(visit.page)).toEqual([]);
    });

    it('has no axe violation in dark', async () => {
      const paper = () =>
        visit.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await visit.page.emulateMedia({ colorScheme: 'dark' });
      await until(async () => (await paper()) !== light, true);
      await coloursSettled(visit.page);
      // The theme changes nothing but colours.
      const rules = ['color-contrast', 'link-in-text-block'];
      expect(await violations(visit.page, { rules })).toEqual([]);
    });
  });
}
