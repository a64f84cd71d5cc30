// Every guess of every chapter: while it is asked, its answer stands nowhere on the screen; it comes with the guess, or with leaving it out.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { builtChapters, openSite, screens, until, type Site } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

interface Sight {
  readonly guess: string;
  /** Numbers of the answer that can be read on the screen, outside the question. */
  readonly numbers: readonly string[];
  /** Whether the answer, the figure's finding, or the picture that holds it can be seen. */
  readonly seen: readonly string[];
}

/** Brings each guess to the top, the middle and the bottom of the screen, and reads what else is there. */
const lookAround = (page: Page): Promise<Sight[]> =>
  page.evaluate(async () => {
    const isSeen = (element: Element | null | undefined): boolean => {
      if (!element?.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
        return false;
      const { top, bottom, width } = element.getBoundingClientRect();
      return width > 0 && bottom > 0 && top < innerHeight;
    };
    const settled = () =>
      new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 60)));
    const sights: Sight[] = [];
    for (const guess of document.querySelectorAll<HTMLElement>('atlas-guess')) {
      const asked = document.querySelector(`[data-asked="${guess.id}"]`);
      const answer = guess.querySelector('[data-answer]');
      const question = guess.querySelector('form');
      const known = question?.textContent ?? '';
      const answers = [...(answer?.querySelectorAll('data.value.number') ?? [])]
        .map((value) => value.textContent.trim())
        // A whole number of one or two digits stands everywhere.
        .filter((text) => /\d\D?\d{2}|\d{3}/.test(text) && !known.includes(text));
      const numbers = new Set<string>();
      const seen = new Set<string>();
      // A question among steps that has come to the top is being left: the step after it may have been reached.
      const blocks = guess.closest('.step')
        ? (['center', 'end'] as const)
        : (['start', 'center', 'end'] as const);
      for (const block of blocks) {
        question?.scrollIntoView({ block, behavior: 'instant' });
        await settled();
        if (!isSeen(question)) continue;
        if (isSeen(answer)) seen.add('answer');
        if (isSeen(asked?.querySelector('.figure-title'))) seen.add('finding');
        if (isSeen(asked?.querySelector('figcaption > *'))) seen.add('caption');
        const figure = asked?.querySelector<HTMLElement & { state?: { revealed?: boolean } }>(
          'atlas-figure, atlas-two-weights',
        );
        if (asked?.localName !== 'atlas-scrolly' && isSeen(figure)) seen.add('picture');
        if (isSeen(figure) && figure?.state?.revealed === true && !asked?.querySelector('.step'))
          seen.add('revealed picture');
        for (const step of asked?.querySelectorAll('.step[data-ahead] .step-body') ?? [])
          if (isSeen(step)) seen.add('step after the answer');
        const walker = document.createTreeWalker(
          document.querySelector('main')!,
          NodeFilter.SHOW_TEXT,
        );
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          const parent = node.parentElement;
          if (!isSeen(parent) || question?.contains(parent)) continue;
          const range = document.createRange();
          range.selectNodeContents(node);
          const { top, bottom } = range.getBoundingClientRect();
          if (bottom < 0 || top > innerHeight) continue;
          for (const text of answers)
            if ((node.textContent ?? '').includes(text)) numbers.add(text);
        }
      }
      sights.push({ guess: guess.id, numbers: [...numbers], seen: [...seen] });
    }
    return sights;
  });

const chapters = builtChapters();

describe.each(['desktop', 'phone'] as const)('on a %s', (screen) => {
  it.each(chapters)('no guess of /%s stands beside its answer', async (path) => {
    const { page, close } = await site.visit(path, { ...screens[screen], reducedMotion: 'reduce' });
    const sights = await lookAround(page);
    await close();
    expect(sights.filter(({ numbers, seen }) => numbers.length + seen.length > 0)).toEqual([]);
  });
});

describe('a figure that waits for its guess', () => {
  it('shows its finding once the guess is left out, from its own button, and keeps the focus', async () => {
    const path = chapters.find((each) => each.includes('fifty-starts'))!;
    const { page, close } = await site.visit(path, { reducedMotion: 'reduce' });
    const figure = page.locator('#fifty-answers');
    await figure.scrollIntoViewIfNeeded();
    expect(await figure.locator('.figure-title').isVisible()).toBe(false);
    await figure.getByRole('button', { name: 'Make a guess' }).press('Enter');
    await until(
      () => page.evaluate(() => document.activeElement?.closest('atlas-guess')?.id),
      'guess-answers',
    );
    await figure.getByRole('button', { name: 'Just show me' }).press('Enter');
    await until(() => figure.locator('.figure-title').isVisible(), true);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('fifty-answers');
    expect(await page.locator('#guess-answers [data-answer]').isVisible()).toBe(true);
    await close();
  });

  it('does not keep a reader who reads on: the next step shows what it shows', async () => {
    const path = chapters.find((each) => each.includes('fifty-starts'))!;
    const { page, close } = await site.visit(path, { reducedMotion: 'reduce' });
    const scrolly = page.locator('#fifty-curves');
    await scrolly.locator('.step').first().scrollIntoViewIfNeeded();
    expect(await scrolly.locator('.figure-title').isVisible()).toBe(false);
    await scrolly.locator('[data-next]').click();
    await until(() => scrolly.locator('.figure-title').isVisible(), true);
    await close();
  });

  it('is whole without a script, and on paper', async () => {
    const path = chapters.find((each) => each.includes('fifty-starts'))!;
    const bare = await site.visit(path, { javaScriptEnabled: false });
    expect(await bare.page.locator('#fifty-answers .figure-title').isVisible()).toBe(true);
    await bare.close();
    const { page, close } = await site.visit(path);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('#fifty-answers .figure-title').isVisible()).toBe(true);
    await close();
  });
});
