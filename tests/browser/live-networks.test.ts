// Networks evaluated in the page: mixed by the keyboard, renumbered by a click, rescaled; the numbers beside them are theirs.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aliveFigure, keyOf, partOf } from './figures.ts';
import { chapterPath, openSite, until, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

it('mixes two networks, and renumbers the units of one without changing an answer', async () => {
  const { page, problems, close } = await site.visit(chapterPath('same-valley'));
  const figure = await aliveFigure(page, 'renumber');
  const words = (): Promise<string> => figure.locator('.live-drawing svg').innerHTML();
  const loss = async (): Promise<number> => Number(/loss ([\d.]+),/.exec(await words())?.[1]);
  const slider = partOf(page, 'renumber', '.control-play input');
  await slider.focus();
  await page.keyboard.press('Home');
  await until(() => keyOf(figure, 'share'), 0);
  const atA = await loss();
  for (let press = 0; press < 20; press++) await page.keyboard.press('ArrowRight');
  await until(() => keyOf(figure, 'share'), 0.5);
  expect(await loss()).toBeGreaterThan(atA + 0.5);

  const bar = () => figure.locator('.layer-units g').nth(2).locator('rect').first();
  const before = await bar().getAttribute('x');
  await partOf(page, 'renumber', '.figure-controls').getByText('renumbered').click();
  await until(async () => /changed 0 of B’s \d+ answers/.test(await words()), true);
  expect(await bar().getAttribute('x')).not.toBe(before);
  expect(Math.abs((await loss()) - atA)).toBeLessThan(0.02);
  expect(problems).toEqual([]);
  await close();
});

it('turns the gauge: the boundary stays, the map and the spectrum move', async () => {
  const { page, problems, close } = await site.visit(chapterPath('sharp-and-flat'), {
    reducedMotion: 'reduce',
  });
  const figure = await aliveFigure(page, 'gauge');
  const drawn = (layer: string): Promise<string> =>
    figure.locator(`.live-drawing .layer-${layer}`).innerHTML();
  const slider = partOf(page, 'gauge', '.control-play input');
  await slider.focus();
  const look = async () => [await drawn('sheet'), await drawn('ground'), await drawn('spectrum')];
  const [sheet, ground, spectrum] = await look();
  await page.keyboard.press('End');
  await until(() => drawn('titles').then((text) => text.includes('No answer changed')), true);
  const after = await look();
  expect(after[0]).toBe(sheet);
  expect(after[1]).not.toBe(ground);
  expect(after[2]).not.toBe(spectrum);
  expect(problems).toEqual([]);
  await close();
});
