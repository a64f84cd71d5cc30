// Readers change, play and slow what a figure shows, by mouse and by keyboard; the bar shows whatever else changes it.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { aliveFigure, keyOf, partOf } from './figures.ts';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

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

async function open(chapter: string, options: Parameters<Site['visit']>[1] = {}): Promise<void> {
  visit = await site.visit(chapterPath(chapter), { reducedMotion: 'reduce', ...options });
  page = visit.page;
}
const barOf = (id: string) => partOf(page, id, '.figure-controls');
const textOf = (id: string) => partOf(page, id, '.control-play [data-value]').innerText();

describe('a choice', () => {
  it('changes the picture, by a click and by arrow keys', async () => {
    await open('fifty-starts');
    const figure = await aliveFigure(page, 'fifty-curves');
    const bar = barOf('fifty-curves');
    await bar.getByText('log', { exact: true }).click();
    await until(() => keyOf(figure, 'scale'), 'log');
    await until(async () => (await figure.locator('svg').innerHTML()).includes('log scale'), true);
    await page.keyboard.press('ArrowRight');
    await until(() => keyOf(figure, 'scale'), 'linear');
    await bar.locator('select').first().selectOption({ label: 'test loss' });
    await until(() => keyOf(figure, 'quantity'), 'testLoss');
    await until(async () => (await figure.locator('svg').innerHTML()).includes('Test loss'), true);
  });

  it('is told of in the words below the picture, from the first one on', async () => {
    await open('fifty-starts');
    await aliveFigure(page, 'fifty-curves');
    const words = partOf(page, 'fifty-curves', '[data-description]');
    const quantities = barOf('fifty-curves').locator('select').first();
    for (const quantity of ['gradient norm', 'training loss']) {
      await quantities.selectOption({ label: quantity });
      const told = new RegExp(`^${quantity}`, 'i');
      await until(async () => told.test((await words.textContent()) ?? ''), true);
    }
  });

  it('is taken back by the next step of a scrolly, and the bar says so', async () => {
    await open('fifty-starts');
    const figure = await aliveFigure(page, 'fifty-curves');
    const before = await keyOf(figure, 'scale');
    await barOf('fifty-curves').getByText('log', { exact: true }).click();
    await until(() => keyOf(figure, 'scale'), 'log');
    await partOf(page, 'fifty-curves', '[data-next]').click();
    await until(() => keyOf(figure, 'scale'), before);
    const checked = barOf('fifty-curves').locator('input:checked + span');
    await until(() => checked.first().innerText(), 'linear');
  });
});

describe('playing', () => {
  it('goes through the steps, pauses, slows, and ends at the end', async () => {
    await open('fifty-starts', { reducedMotion: 'no-preference' });
    const figure = await aliveFigure(page, 'fifty-curves');
    const bar = barOf('fifty-curves');
    const button = bar.locator('[data-play]');
    expect(await button.getAttribute('aria-label')).toBe('Play');
    await bar.locator('.control-play input').fill('0');
    await until(() => textOf('fifty-curves'), '0');
    await button.click();
    await until(() => button.getAttribute('aria-label'), 'Pause');
    await until(async () => Number(await textOf('fifty-curves')) > 3, true);
    await button.click();
    await until(() => button.getAttribute('aria-label'), 'Play');
    const stopped = await textOf('fifty-curves');
    await page.waitForTimeout(400);
    expect(await textOf('fifty-curves')).toBe(stopped);
    await until(() => bar.locator('[data-say]').innerText(), `Stopped at Epoch: ${stopped}.`);
    await bar.locator('[data-speed]').click();
    expect(await bar.locator('[data-speed]').getAttribute('aria-label')).toBe('Speed: ½×');
    await bar.locator('.control-play input').fill('99');
    await button.click();
    await until(() => button.getAttribute('aria-label'), 'Play');
    await until(() => keyOf(figure, 'until'), null);
  });

  it('by keyboard: space on the slider plays and pauses, arrows step', async () => {
    await open('fifty-starts', { reducedMotion: 'no-preference' });
    await aliveFigure(page, 'fifty-curves');
    const bar = barOf('fifty-curves');
    const slider = bar.locator('.control-play input');
    await slider.fill('0');
    await slider.focus();
    await page.keyboard.press(' ');
    await until(() => bar.locator('[data-play]').getAttribute('aria-label'), 'Pause');
    await page.keyboard.press(' ');
    await until(() => bar.locator('[data-play]').getAttribute('aria-label'), 'Play');
    const at = Number(await slider.inputValue());
    await page.keyboard.press('ArrowRight');
    await until(() => slider.inputValue(), String(at + 1));
    expect(await slider.getAttribute('aria-valuetext')).toBe(await textOf('fifty-curves'));
    await bar.locator('[data-play]').focus();
    await page.keyboard.press('ArrowLeft');
    await until(() => slider.inputValue(), String(at));
  });

  it('stops where nobody looks', async () => {
    await open('fifty-starts', { reducedMotion: 'no-preference' });
    await aliveFigure(page, 'fifty-curves');
    const button = barOf('fifty-curves').locator('[data-play]');
    await barOf('fifty-curves').locator('.control-play input').fill('0');
    await button.click();
    await until(() => button.getAttribute('aria-label'), 'Pause');
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await until(() => button.getAttribute('aria-label'), 'Play');
  });

  it('under reduced motion it steps, and draws nothing between the steps', async () => {
    await open('fifty-starts');
    const figure = await aliveFigure(page, 'fifty-curves');
    const bar = barOf('fifty-curves');
    await bar.locator('.control-play input').fill('0');
    await bar.locator('[data-play]').click();
    const pictures = await figure.evaluate(async (element) => {
      const seen = new Set<string>();
      for (let frame = 0; frame < 80; frame++) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        seen.add(element.querySelector('svg')!.innerHTML);
      }
      return seen.size;
    });
    // 80 frames are a second and a half; a stop takes nine tenths of one.
    expect(pictures).toBeLessThanOrEqual(4);
    await until(async () => Number(await textOf('fifty-curves')) > 0, true);
    await bar.locator('[data-play]').click();
  });
});

describe('the bar', () => {
  it('is there before a script has run, so that nothing moves, and hidden where none runs', async () => {
    await open('fifty-starts', { javaScriptEnabled: false });
    const bar = barOf('fifty-curves');
    expect(await bar.count()).toBe(1);
    expect(await bar.isVisible()).toBe(false);
    expect(await partOf(page, 'fifty-curves', '.figure-tools').isVisible()).toBe(false);
  });

  it('leaves a phone’s screen to the text: it waits below the last step', async () => {
    await open('fifty-starts', screens.phone);
    await aliveFigure(page, 'fifty-curves');
    const figure = page.locator('#fifty-curves');
    expect(await figure.locator('.scrolly-picture .figure-controls').count()).toBe(0);
    expect(await figure.locator('figcaption .figure-controls').count()).toBe(1);
    const picture = figure.locator('.scrolly-picture');
    const { sticky, top, height } = await picture.evaluate((element) => ({
      sticky: getComputedStyle(element).position,
      top: parseFloat(getComputedStyle(element).top),
      height: element.getBoundingClientRect().height,
    }));
    expect(sticky).toBe('sticky');
    expect(1 - (top + height) / 844).toBeGreaterThanOrEqual(0.449);
  });
});
