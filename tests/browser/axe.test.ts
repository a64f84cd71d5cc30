// What the tests ask axe is asked: faults put into a page are found, each by its own question.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { openSite, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
beforeAll(async () => {
  site = await openSite();
  visit = await site.visit('references/', { colorScheme: 'light', reducedMotion: 'reduce' });
  await visit.page.evaluate(() => {
    const main = document.querySelector('main')!;
    main.insertAdjacentHTML(
      'beforeend',
      '<section id="faults"><button></button><p class="pale">Hard to read</p></section>',
    );
    main.querySelector<HTMLElement>('.pale')!.style.color = 'rgb(225, 225, 225)';
  });
});
afterAll(() => site.close());

const named = async (question?: Parameters<typeof violations>[1]): Promise<string[]> =>
  (await violations(visit.page, question)).map((line) => line.split(':')[0]!).sort();

it('finds every fault, and says where', async () => {
  expect(await named()).toEqual(['button-name', 'color-contrast']);
  expect((await violations(visit.page)).join(' ')).toContain('(.pale)');
});

it('asks the rules that are named alone, or all but those', async () => {
  expect(await named({ rules: ['color-contrast'] })).toEqual(['color-contrast']);
  expect(await named({ withoutRules: ['color-contrast'] })).toEqual(['button-name']);
});

it('looks at a part alone, which has to be there', async () => {
  expect(await named({ include: '#faults' })).toEqual(['button-name', 'color-contrast']);
  expect(await named({ include: 'h1' })).toEqual([]);
  await expect(violations(visit.page, { include: '#nowhere' })).rejects.toThrow(/No elements/);
});
