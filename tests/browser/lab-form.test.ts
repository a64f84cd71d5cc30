// The laboratory's settings in the page: what is typed is what is set, what is wrong is said, and every step goes back.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());
afterEach(() => visit.close());

const path = (search = '') => chapterPath('laboratory') + search;
const form = () => visit.page.locator('[data-lab="form"]');
const control = (name: string) => form().locator(`[name="${name}"]`);
const slider = (name: string) => form().locator(`[data-slider="${name}"]`);
const problem = (name: string) => form().locator(`[data-problem="${name}"]`).textContent();
const estimate = async () => (await form().locator('[data-lab-estimate]').textContent()) ?? '';
const texts = (selector: string) => form().locator(selector).allTextContents();

/** Opens the chapter and wakes the laboratory, as a first touch does. */
async function open(search = ''): Promise<void> {
  visit = await site.visit(path(search));
  await wake();
}

async function wake(): Promise<void> {
  await form().locator('[data-lab-preset]').focus();
  await visit.page.locator('atlas-lab[data-alive]').waitFor();
}

describe('before the first touch', () => {
  it('is drawn with the classic settings, and no schema is fetched', async () => {
    visit = await site.visit(path());
    await form().scrollIntoViewIfNeeded();
    expect(await control('initialisations').inputValue()).toBe('50');
    expect(await control('hiddenSizes').inputValue()).toBe('64');
    expect(await control('learningRate').inputValue()).toBe('0.01');
    expect(visit.requests.filter((url) => /\/laboratory\.|lab-presets/.test(url))).toEqual([]);
  });

  it('what a reader changes first counts, though the form was not there yet', async () => {
    visit = await site.visit(path());
    await control('data.kind').evaluate((select: HTMLSelectElement) => {
      select.value = 'spirals';
    });
    await wake();
    await until(() => control('data.turns').count(), 1);
    await until(() => form().locator('[data-lab-undo]').isEnabled(), true);
  });
});

describe('settings', () => {
  beforeEach(() => open());

  it('another kind of data has other settings, and keeps what was set by hand', async () => {
    await control('data.samples').fill('300');
    await control('data.kind').selectOption('spirals');
    expect(await texts('[data-part="data"] label')).toEqual(['Points', 'Noise', 'Arms', 'Turns']);
    expect(await control('data.samples').inputValue()).toBe('300');
    expect(await control('data.noise').inputValue()).toBe('0.1');
    expect(await estimate()).toContain('on all 225 points');
  });

  it('a slider writes the number beside it, and a number moves its slider', async () => {
    await slider('learningRate').focus();
    const before = Number(await slider('learningRate').inputValue());
    await visit.page.keyboard.press('ArrowRight');
    const rate = await control('learningRate').inputValue();
    expect(Number(rate)).toBeGreaterThan(0.01);
    expect(await slider('learningRate').getAttribute('aria-valuetext')).toBe(rate);
    await control('learningRate').fill('1');
    expect(Number(await slider('learningRate').inputValue())).toBeGreaterThan(before + 20);
  });

  it('what makes no sense is said beside its control, and the settings stay as they were', async () => {
    const said = await estimate();
    await control('epochs').fill('0');
    expect(await problem('epochs')).toBe('Epochs is 0: expected at least 1.');
    expect(await control('epochs').getAttribute('aria-invalid')).toBe('true');
    expect(await estimate()).toBe(said);
    await control('epochs').fill('10');
    expect(await problem('epochs')).toBe('');
    expect(await estimate()).toContain('10 steps');
  });

  it('snapshots follow the steps there are, and come back with them', async () => {
    await control('epochs').fill('1');
    expect(await control('snapshots').inputValue()).toBe('2');
    await control('epochs').fill('100');
    expect(await control('snapshots').inputValue()).toBe('21');
  });

  it('drawn points and files are asked for where they are made', async () => {
    await control('data.kind').selectOption('points');
    expect(await problem('data.points')).toBe('Draw points below, under “The data”.');
    await control('data.kind').selectOption('csv');
    expect(await problem('data.path')).toBe('Choose a file below, under “The data”.');
    await control('data.kind').selectOption('two-weights');
    expect(await control('hiddenSizes').inputValue()).toBe('1');
    expect(await texts('.lab-problem:not(:empty)')).toEqual([]);
  });

  it('undo and redo go through the changes, by button and by key, and leave typed text alone', async () => {
    await control('activation').selectOption('relu');
    await control('bias').evaluate(
      (box: HTMLInputElement) => (box.closest('details')!.open = true),
    );
    await control('bias').uncheck();
    await visit.page.keyboard.press('Control+z');
    expect(await control('bias').isChecked()).toBe(true);
    await form().locator('[data-lab-undo]').click();
    expect(await control('activation').inputValue()).toBe('tanh');
    await visit.page.keyboard.press('Control+Shift+Z');
    expect(await control('activation').inputValue()).toBe('relu');
    await control('hiddenSizes').fill('16');
    await control('hiddenSizes').press('Control+z');
    expect(await control('activation').inputValue()).toBe('relu');
  });

  it('says what cannot be done here, and what takes long', async () => {
    await control('hiddenSizes').fill('4096, 4096');
    const refusal = form().locator('[data-lab-refusal]');
    await until(async () => (await refusal.textContent())?.startsWith('This needs at least'), true);
    await control('hiddenSizes').fill('256, 256');
    await control('epochs').fill('5000');
    expect(await refusal.textContent()).toBe('');
    expect(await estimate()).toMatch(/ 5,000 steps .* about \d+ hours .*Half the epochs/);
  });
});

describe('where settings begin', () => {
  it('an address names a figure, whose settings and picture stand there', async () => {
    await open('?preset=where-they-end.fifty-test-accuracy');
    await until(() => control('batchSize').count(), 1);
    expect(await control('batchSize').inputValue()).toBe('128');
    expect(await form().locator('[data-lab-preset]').inputValue()).toBe(
      'where-they-end.fifty-test-accuracy',
    );
    expect(await form().locator('[data-lab-reset]').isDisabled()).toBe(true);
  });

  it('differences from the start are told in words, and reset takes them back', async () => {
    await open();
    await form().locator('[data-lab-preset]').selectOption('optimisers.momentum');
    await until(() => control('learningRate').inputValue(), '0.03');
    await control('learningRate').fill('0.5');
    expect(await texts('.lab-differs:not([hidden])')).toEqual(['preset: 0.03']);
    await form().locator('[data-lab-reset]').click();
    expect(await control('learningRate').inputValue()).toBe('0.03');
    expect(await texts('.lab-differs:not([hidden])')).toEqual([]);
    await form().locator('[data-lab-undo]').click();
    expect(await control('learningRate').inputValue()).toBe('0.5');
  });

  it('every figure of a chapter leads here', async () => {
    visit = await site.visit(chapterPath('where-they-end'));
    const links = visit.page.locator('figure a[href*="?preset="]');
    expect(await links.count()).toBe(5);
    // The first figure waits for a guess.
    const figure = visit.page.locator('#fifty-test-accuracy');
    await figure.locator('.about-picture > summary').click();
    await figure.locator('a[href*="?preset="]').click();
    await visit.page.locator('atlas-lab[data-alive]').waitFor();
    expect(await form().locator('[data-lab-preset]').inputValue()).toMatch(/^where-they-end\./);
  });
});

describe('for everybody', () => {
  it.each(['light', 'dark'] as const)(
    'axe finds nothing in %s with everything open',
    async (colorScheme) => {
      visit = await site.visit(path(), { ...screens.phone, colorScheme });
      await wake();
      await form().evaluate((root) => {
        for (const fold of root.querySelectorAll('details')) fold.open = true;
      });
      await control('epochs').fill('0');
      expect(
        await violations(visit.page, {
          include: '[data-lab="form"]',
          withoutRules: ['heading-order'],
        }),
      ).toEqual([]);
      const wide = await form().evaluate((root) => root.scrollWidth - root.clientWidth);
      expect(wide).toBeLessThanOrEqual(0);
    },
  );

  it('gives a finger 44 pixels', async () => {
    visit = await site.visit(path(), screens.phone);
    const small = await form().evaluate((root) =>
      [
        ...root.querySelectorAll<HTMLElement>(
          'input:not([type="checkbox"]), select, button, summary, .lab-switch',
        ),
      ]
        .filter((one) => one.offsetParent && one.offsetHeight < 44)
        .map((one) => `${one.outerHTML.slice(0, 80)} ${one.offsetHeight}`),
    );
    expect(small).toEqual([]);
  });

  it('nothing was complained of on the way', async () => {
    await open();
    await control('data.kind').selectOption('circles');
    expect(visit.problems).toEqual([]);
  });
});
