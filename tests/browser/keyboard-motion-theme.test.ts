// Without a mouse, with less motion, and in the theme one chose: the ways to read that a browser must keep open.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { guessesLeftOut } from './figures.ts';
import {
  atRest,
  chapterPath,
  openSite,
  until,
  type Site,
  type Visit,
  readThrough,
} from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
afterEach(async () => {
  expect(visit.problems).toEqual([]);
  await visit.close();
});

type Options = Parameters<Site['visit']>[1];
async function open(chapter: string, options: Options = {}, hash = ''): Promise<void> {
  const path = chapter === '' ? '' : chapterPath(chapter);
  visit = await site.visit(path + hash, {
    reducedMotion: 'reduce',
    before: guessesLeftOut,
    ...options,
  });
  page = visit.page;
}

/** The figure's drawing, alive and on screen. */
async function alive(figure: Locator): Promise<Locator> {
  await figure.scrollIntoViewIfNeeded();
  await until(() => figure.getAttribute('data-alive'), '');
  return figure.locator('.live-drawing svg').first();
}
const countOf = (scrolly: Locator): Promise<string> => scrolly.locator('[data-count]').innerText();
const stateOf = (figure: Locator): Promise<Record<string, unknown>> =>
  figure.evaluate((element) => ({ ...(element as unknown as { state: object }).state }));

describe('by keyboard', () => {
  it('the first Tab shows a link that skips to the text', async () => {
    await open('');
    await page.keyboard.press('Tab');
    const link = page.locator('.skip-link');
    expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
    const { x, y } = (await link.boundingBox())!;
    expect(x >= 0 && y >= 0).toBe(true);
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement?.id), 'content');
  });

  it('the buttons of a scrolly, and arrow keys on them, walk its steps and change the picture', async () => {
    await open('fifty-starts');
    const scrolly = page.locator('atlas-scrolly').first();
    const figure = scrolly.locator('atlas-figure');
    await alive(figure);
    const steps = await scrolly.locator('.step').evaluateAll((elements) =>
      elements.map(({ id, dataset }) => ({
        id,
        state: JSON.parse(dataset['state'] ?? '{}') as Record<string, unknown>,
      })),
    );
    await scrolly.locator('[data-next]').focus();
    // Bringing the buttons into sight may have come to a step already.
    await atRest(page);
    const first = Number.parseInt(await countOf(scrolly));
    const isAt = async (count: number) => {
      await until(() => countOf(scrolly), `${count} / ${steps.length}`);
      await until(() => page.evaluate(() => location.hash), `#${steps[count - 1]!.id}`);
      await until(async () => (await stateOf(figure))['until'], steps[count - 1]!.state['until']);
    };
    await page.keyboard.press('Enter');
    await isAt(first + 1);
    await page.keyboard.press('ArrowDown');
    await isAt(first + 2);
    await page.keyboard.press('ArrowUp');
    await isAt(first + 1);
  });

  it('arrow keys pick a network, and every figure of that run follows', async () => {
    await open('fifty-starts');
    const panels = page.locator('atlas-figure[data-figure="decision-boundaries"]');
    const drawing = await alive(panels);
    await drawing.focus();
    expect(await drawing.getAttribute('aria-valuenow')).toBe('17');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await until(() => drawing.getAttribute('aria-valuenow'), '19');
    expect(await drawing.getAttribute('aria-valuetext')).toMatch(/^network 19: /);
    const moons = await alive(page.locator('atlas-figure[data-figure="data-boundary"]'));
    await until(
      async () => ((await moons.getAttribute('aria-label')) ?? '').includes('network 19'),
      true,
    );
  });
});

describe('addresses', () => {
  it('a step can be linked to: the page opens there, with its picture', async () => {
    await open('fifty-starts', {}, '#seventeen');
    const scrolly = page.locator('atlas-scrolly').first();
    await until(() => countOf(scrolly), '5 / 7');
    const figure = scrolly.locator('atlas-figure');
    await until(async () => (await stateOf(figure))['selected'], 17);
    expect(await page.locator('#seventeen').isVisible()).toBe(true);
    const box = (await page.locator('#seventeen').boundingBox())!;
    expect(box.y).toBeLessThan(800);
    expect(box.y + box.height).toBeGreaterThan(0);
  });
});

describe('less motion', () => {
  /** Steps of the walk that are shown one after the other once Play is pressed. */
  async function stepsShown(): Promise<number> {
    const widget = page.locator('atlas-two-weights');
    await widget.scrollIntoViewIfNeeded();
    await widget.locator('svg.two-weights-map').waitFor();
    await page.getByRole('button', { name: 'Back to the start' }).click();
    return widget.evaluate(async (element) => {
      const shown = new Set<string>();
      const scrub = element.querySelectorAll<HTMLInputElement>('input[type=range]')[1]!;
      const play = [...element.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'Play',
      )!;
      play.click();
      for (let frame = 0; frame < 40; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        shown.add(scrub.value);
      }
      return shown.size;
    });
  }

  it('Play shows the end of a walk at once, and nothing moves', async () => {
    await open('a-network-is-a-point', { reducedMotion: 'reduce' });
    expect(await stepsShown()).toBe(1);
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });

  it('otherwise Play shows step after step', async () => {
    await open('a-network-is-a-point', { reducedMotion: 'no-preference' });
    expect(await stepsShown()).toBeGreaterThan(2);
  });

  it('a step of a scrolly is gone to at once', async () => {
    await open('fifty-starts', { reducedMotion: 'reduce' });
    // A figure that comes alive elsewhere would move the page, which is no motion of the scrolly's.
    await readThrough(page);
    const scrolly = page.locator('atlas-scrolly').first();
    await alive(scrolly.locator('atlas-figure'));
    const steps = scrolly.locator('.step');
    await steps.first().evaluate((step) => step.scrollIntoView({ behavior: 'instant' }));
    await until(() => countOf(scrolly), `1 / ${await steps.count()}`);
    const positions = await scrolly.evaluate(async (element) => {
      const seen = new Set<number>();
      element.querySelector<HTMLButtonElement>('[data-next]')!.click();
      for (let frame = 0; frame < 20; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        seen.add(Math.round(scrollY));
      }
      return seen.size;
    });
    expect(positions).toBe(1);
  });
});

describe('theme', () => {
  const paper = (): Promise<string> =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const button = (): Locator => page.locator('atlas-theme button');

  it('goes from the system’s to light to dark, and is kept from page to page', async () => {
    await open('', { colorScheme: 'light' });
    const light = await paper();
    expect(await button().getAttribute('aria-label')).toBe('Colour theme: system');
    await button().click();
    expect(await button().getAttribute('aria-label')).toBe('Colour theme: light');
    await button().click();
    await until(async () => (await paper()) !== light, true);
    const dark = await paper();
    await page.goto(site.server.url + chapterPath('method'));
    expect(await paper()).toBe(dark);
    expect(await button().getAttribute('aria-label')).toBe('Colour theme: dark');
    await button().click();
    await until(paper, light);
  });

  it('follows the system until the reader chooses', async () => {
    await open('', { colorScheme: 'dark' });
    const dark = await paper();
    await button().click();
    await until(async () => (await paper()) !== dark, true);
  });
});
