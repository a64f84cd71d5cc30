// Words that explain themselves, guesses before a reveal, and words that drive a picture: by mouse, touch, keys, and without a script.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { aliveFigure, keyOf } from './figures.ts';
import { atRest, chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

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

describe('a word of the glossary', () => {
  const word = () => page.locator('.term-word').first();
  const card = () => page.locator('.term-definition').first();

  it('explains itself while the mouse is on it or on its card, near the word, and moves nothing', async () => {
    await open('fifty-starts');
    await word().scrollIntoViewIfNeeded();
    const before = (await word().boundingBox())!;
    await word().hover();
    await until(() => card().isVisible(), true);
    const box = (await card().boundingBox())!;
    const after = (await word().boundingBox())!;
    expect([after.x, after.width]).toEqual([before.x, before.width]);
    const gap = Math.max(box.y - (before.y + before.height), before.y - (box.y + box.height));
    expect(gap).toBeLessThan(24);
    expect(box.x).toBeLessThanOrEqual(before.x + before.width);
    await card().hover();
    await page.waitForTimeout(500);
    expect(await card().isVisible()).toBe(true);
    await page.mouse.move(5, 300);
    await until(() => card().isVisible(), false);
  });

  it('a click keeps it open, a second one closes it', async () => {
    await open('fifty-starts');
    await word().hover();
    await until(() => card().isVisible(), true);
    await word().click();
    await page.mouse.move(5, 300);
    await page.waitForTimeout(500);
    expect(await card().isVisible()).toBe(true);
    await word().click();
    await until(() => card().isVisible(), false);
  });

  it('opens on focus, leads to the glossary by Tab, and closes by Escape', async () => {
    await open('fifty-starts');
    await word().evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await page.keyboard.press('Tab');
    await word().focus();
    await until(() => card().isVisible(), true);
    await page.keyboard.press('Tab');
    const link = () =>
      page.evaluate(() => (document.activeElement as HTMLAnchorElement).href ?? '');
    expect(await link()).toContain('/glossary/#');
    await page.waitForTimeout(500);
    expect(await card().isVisible()).toBe(true);
    await page.keyboard.press('Escape');
    await until(() => card().isVisible(), false);
  });

  it('opens by a tap, without a script too', async () => {
    await open('fifty-starts', { ...screens.phone, javaScriptEnabled: false });
    await word().tap();
    expect(await card().isVisible()).toBe(true);
    const box = (await card().boundingBox())!;
    expect(box.x >= 0 && box.x + box.width <= 390).toBe(true);
  });
});

describe('a guess', () => {
  it('of a number is drawn into the answer, and remembered while the tab is open', async () => {
    await open('fifty-starts');
    const guess = page.locator('#guess-loss');
    await guess.scrollIntoViewIfNeeded();
    await until(() => guess.getAttribute('data-phase'), 'asking');
    expect(await guess.locator('[data-answer]').isVisible()).toBe(false);
    const slider = guess.locator('input[type="range"]');
    await slider.focus();
    await page.keyboard.press('Home');
    await until(() => guess.locator('.guess-value').innerText(), '0.01');
    expect(await slider.getAttribute('aria-valuetext')).toBe('0.01');
    await guess.getByRole('button', { name: 'That is my guess' }).press('Enter');
    await until(() => guess.locator('[data-answer]').isVisible(), true);
    expect(await guess.locator('[data-yours]').innerText()).toBe('Your guess: 0.01');
    expect(await page.evaluate(() => document.activeElement?.hasAttribute('data-answer'))).toBe(
      true,
    );
    const figure = await aliveFigure(page, 'fifty-curves');
    await until(() => keyOf(figure, 'guess'), 0.01);
    await until(async () => (await figure.locator('svg').innerHTML()).includes('your guess'), true);
    await page.reload();
    await page.locator('#guess-loss').scrollIntoViewIfNeeded();
    await until(() => page.locator('#guess-loss').getAttribute('data-phase'), 'answered');
    await until(() => keyOf(page.locator('#fifty-curves atlas-figure'), 'guess'), 0.01);
  });

  it('of one of some options asks for one first', async () => {
    await open('fifty-starts');
    const guess = page.locator('#guess-answers');
    await guess.scrollIntoViewIfNeeded();
    await until(() => guess.getAttribute('data-phase'), 'asking');
    await guess.getByRole('button', { name: 'That is my guess' }).click();
    expect(await guess.getByRole('alert').innerText()).toContain('Choose one first');
    await guess.getByRole('radio').nth(1).focus();
    await page.keyboard.press('Space');
    await guess.getByRole('button', { name: 'That is my guess' }).click();
    expect(await guess.locator('[data-yours]').innerText()).toContain('A few kinds');
  });

  it('can be left out', async () => {
    await open('fifty-starts');
    const guess = page.locator('#guess-answers');
    await guess.scrollIntoViewIfNeeded();
    await until(() => guess.getAttribute('data-phase'), 'asking');
    await guess.getByRole('button', { name: 'Just show me' }).click();
    await until(() => guess.locator('[data-answer]').isVisible(), true);
    expect(await guess.locator('[data-yours]').isVisible()).toBe(false);
  });

  it.each(['not json', '12', '{"a":1}', '"nothing of this"'])(
    'that storage remembers as %s is asked again',
    async (kept) => {
      const key = `atlas-guess ${new URL(site.server.url).pathname}${chapterPath('fifty-starts')}#guess-answers`;
      await open('fifty-starts', {
        before: `sessionStorage.setItem(${JSON.stringify(key)}, ${JSON.stringify(kept)});`,
      });
      const guess = page.locator('#guess-answers');
      await guess.scrollIntoViewIfNeeded();
      await until(() => guess.getAttribute('data-phase'), 'asking');
    },
  );

  it('without a script shows question and answer', async () => {
    await open('fifty-starts', { javaScriptEnabled: false });
    const guess = page.locator('#guess-loss');
    expect(await guess.locator('.guess-question').isVisible()).toBe(true);
    expect(await guess.locator('[data-answer]').isVisible()).toBe(true);
    for (const part of ['.guess-input', '.guess-buttons', '.guess-label', '[data-yours]']) {
      expect(await guess.locator(part).isVisible()).toBe(false);
    }
  });

  it('hides nothing from readers without a script, in the picture neither', async () => {
    await open('how-pictures-lie', { javaScriptEnabled: false });
    const whole = page.locator('.has-whole noscript, .has-whole > .static-drawing').first();
    expect(await whole.count()).toBeGreaterThan(0);
    const hidden = page.locator('.has-whole atlas-figure').first();
    expect(await hidden.isVisible()).toBe(false);
  });
});

describe('words that drive a picture', () => {
  const words = () => page.locator('atlas-show').first();
  async function figureOf() {
    const id = (await words().getAttribute('data-in'))!;
    return page.locator(`#${id} atlas-figure`);
  }
  const shown = async (): Promise<boolean> => {
    const wanted = JSON.parse((await words().getAttribute('data-state'))!) as Record<
      string,
      unknown
    >;
    const figure = await figureOf();
    for (const [key, value] of Object.entries(wanted)) {
      if (JSON.stringify(await keyOf(figure, key)) !== JSON.stringify(value)) return false;
    }
    return true;
  };

  it('show it while pointed at, keep it by a click, and bring it into view then alone', async () => {
    await open('fifty-starts');
    await words().evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await atRest(page);
    const top = () => page.evaluate(() => scrollY);
    const before = await top();
    await words().hover();
    await until(shown, true);
    expect(await top()).toBe(before);
    await page.mouse.move(5, 300);
    await until(shown, false);
    await words().click();
    await page.mouse.move(5, 300);
    await until(shown, true);
    expect(await words().getAttribute('aria-pressed')).toBe('true');
    const seen = await (
      await figureOf()
    ).evaluate((figure) => {
      const { top: y, bottom } = figure.getBoundingClientRect();
      return Math.min(bottom, innerHeight) - Math.max(y, 0) > 0.4 * (bottom - y);
    });
    expect(seen).toBe(true);
  });

  it('by keyboard: focus shows, Enter keeps, Escape lets go', async () => {
    await open('fifty-starts');
    await page.keyboard.press('Tab');
    await words().focus();
    await until(shown, true);
    await page.keyboard.press('Enter');
    expect(await words().getAttribute('aria-pressed')).toBe('true');
    await page.keyboard.press('Escape');
    await until(shown, false);
    expect(await words().getAttribute('aria-pressed')).toBe('false');
  });

  it('out of sight of their picture bring it there by a key, and lead back to the words', async () => {
    await open('prologue');
    const far = page.locator('atlas-show[data-in="prologue-landscape"]').first();
    const isOnScreen = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => {
          const { top, bottom } = element.getBoundingClientRect();
          return top < innerHeight && bottom > 0;
        });
    await far.evaluate((element) => element.scrollIntoView({ block: 'center' }));
    await atRest(page);
    expect(await isOnScreen('#prologue-landscape atlas-figure')).toBe(false);
    const before = await far.evaluate((element) => element.getBoundingClientRect().top);
    await page.keyboard.press('Tab');
    await far.focus();
    expect(await far.getAttribute('data-away')).toBe('above');
    await page.keyboard.press('Enter');
    await until(() => isOnScreen('#prologue-landscape atlas-figure'), true);
    const figure = page.locator('#prologue-landscape atlas-figure');
    await until(() => keyOf(figure, 'selected'), 17);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Back to the text');
    await page.keyboard.press('Enter');
    await until(() => far.evaluate((element) => element === document.activeElement), true);
    expect(await far.evaluate((element) => element.getBoundingClientRect().top)).toBeCloseTo(
      before,
      -1,
    );
    expect(await page.locator('.way-to-text').count()).toBe(0);
  });

  it('hold a picture of steps until its reader scrolls to another one', async () => {
    await open('prologue');
    const far = page.locator('atlas-show[data-in="prologue-landscape"]').first();
    await far.click();
    const figure = page.locator('#prologue-landscape atlas-figure');
    await until(() => keyOf(figure, 'selected'), 17);
    await page.mouse.wheel(0, 4);
    await page
      .locator('#prologue-landscape .step')
      .first()
      .evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await until(() => far.getAttribute('aria-pressed'), 'false');
    expect(await keyOf(figure, 'selected')).not.toBe(17);
  });

  it('let go when the reader chooses in the picture what they held', async () => {
    await open('fifty-starts');
    await words().click();
    await until(shown, true);
    const figure = await figureOf();
    await figure.evaluate(
      (element, key) => {
        (element as unknown as { choose(state: object): void }).choose({ [key]: null });
      },
      Object.keys(JSON.parse((await words().getAttribute('data-state'))!) as object)[0]!,
    );
    await until(() => words().getAttribute('aria-pressed'), 'false');
    expect(await shown()).toBe(false);
  });
});
