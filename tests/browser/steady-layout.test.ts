// Nothing in a chapter jumps while it is read.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtChapters, openSite, screens, type Site } from './site.ts';
import { readSlowly } from './smoothness.ts';

/** A share of the screen. How long tasks take depends on the machine, and is in the benchmark. */
const largestShift = 0.02;

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

describe.each(Object.keys(screens) as (keyof typeof screens)[])('on a %s', (screen) => {
  it.each(builtChapters())('%s scrolls without a jump', async (path) => {
    const { shift, moved } = await readSlowly(site, path, screens[screen], 0.3);
    expect(shift, `what moved: ${moved.join(', ')}`).toBeLessThan(largestShift);
  });
});
