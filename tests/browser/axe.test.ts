// What the tests ask axe is asked: faults put into a page are found, each by its own question.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations, withoutMarks } from './axe.ts';
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
  (await violations(visit.page, question)).map(ruleOf).sort();

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

it('finds the same in drawings without their marks, of which a shape with a role is none', async () => {
  await visit.page.evaluate(() => {
    const shapes = '<circle r="2"/><circle role="img" r="2"/>';
    const drawing = `<svg role="img" aria-label="Two points">${shapes}</svg>`;
    document.querySelector('#faults')!.insertAdjacentHTML('beforeend', drawing);
  });
  const before = await violations(visit.page);
  expect(before.join(' ')).toContain('svg-img-alt');
  await withoutMarks(visit.page);
  expect(await visit.page.locator('#faults circle').count()).toBe(1);
  expect((await violations(visit.page)).map(ruleOf)).toEqual(before.map(ruleOf));
});

/** Without its places, whose selectors count the shapes beside them. */
function ruleOf(line: string): string {
  return line.split(':')[0]!;
}
