// The board of the laboratory by itself: panels wait, draw, move with a run, ask and are cancelled, and leave nothing behind.
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { violations } from './axe.ts';
import { findChromium, quietArguments } from './chromium.ts';
import type { Bench } from './test-pages/panels/page.ts';
import { screens, until } from './site.ts';
import { serveFolder, type StaticServer } from './static-server.ts';
import { buildTestPage } from './test-pages.ts';

declare const bench: Bench;

let server: StaticServer;
let browser: Browser;

beforeAll(async () => {
  server = await serveFolder(await buildTestPage('panels'));
  browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments, '--enable-unsafe-swiftshader'],
  });
});
afterAll(async () => {
  await desktop?.close();
  await browser?.close();
  await server?.close();
});

interface Opened {
  readonly page: Page;
  readonly problems: string[];
  close(): Promise<void>;
}

/** The page in which one board after the other is opened. */
let desktop: Opened | undefined;

/** A new board, in the page of the boards before it. */
async function open(panels: readonly string[]): Promise<Opened> {
  const opened = (desktop ??= await openPage());
  opened.problems.length = 0;
  await opened.page.mouse.move(0, 0);
  await opened.page.evaluate((kinds) => bench.open(kinds), panels);
  return { ...opened, close: () => opened.page.evaluate(() => bench.close()) };
}

async function openAfresh(
  panels: readonly string[],
  options: BrowserContextOptions = screens.desktop,
): Promise<Opened> {
  const opened = await openPage(options);
  await opened.page.evaluate((kinds) => bench.open(kinds), panels);
  return opened;
}

async function openPage(options: BrowserContextOptions = screens.desktop): Promise<Opened> {
  const context = await browser.newContext({ ...options, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('404'))
      problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.goto(server.url);
  await page.waitForSelector('html[data-ready]');
  return { page, problems, close: () => context.close() };
}

const show = (page: Page, ...of: Parameters<Bench['show']>) =>
  page.evaluate((asked) => bench.show(...asked), of);

const panel = (page: Page, kind: string) => page.locator(`.panel[data-panel="${kind}"]`);
const compute = (page: Page, kind: string) => panel(page, kind).locator('[data-act="compute"]');
const note = (page: Page, kind: string) => panel(page, kind).locator('[data-note]').innerText();
const order = (page: Page) =>
  page.$$eval('.panel', (cards) => cards.map((card) => (card as HTMLElement).dataset['panel']));

/** Whether a panel shows a picture. */
async function drawn(page: Page, kind: string): Promise<void> {
  await panel(page, kind).first().scrollIntoViewIfNeeded();
  await panel(page, kind)
    .first()
    .locator('.live-drawing :is(svg, canvas)')
    .first()
    .waitFor({ timeout: 40_000 });
}

describe('panels before a run', () => {
  it('say what they wait for, and keep the room that their picture takes', async () => {
    const { page, problems, close } = await open([
      'loss-curves',
      'barrier-matrix',
      'condition-curves',
    ]);
    const waits = (kind: string) => panel(page, kind).locator('[data-waits]').innerText();
    await until(
      () => waits('loss-curves'),
      'It is drawn as soon as there is a run, and moves with it.',
    );
    await until(
      () => waits('barrier-matrix'),
      'It is computed when you ask for it, as soon as there is a run.',
    );
    await until(
      () => waits('condition-curves'),
      'This compares two runs: keep one as B, then train another.',
    );
    const height = () =>
      panel(page, 'loss-curves')
        .locator('[data-picture]')
        .evaluate((e) => e.clientHeight);
    const before = await height();
    await show(page, ['a']);
    await drawn(page, 'loss-curves');
    expect(Math.abs((await height()) - before)).toBeLessThan(12);
    expect(problems).toEqual([]);
    await close();
  });

  it('keep their room also where nobody sees them yet', async () => {
    const kinds = [
      'hessian-spectrum',
      'slice-map',
      'loss-curves',
      'landscape-map',
      'data-boundary',
    ];
    const { page, close } = await openAfresh(kinds, screens.phone);
    const heights = await page.$$eval('[data-picture]', (pictures) =>
      pictures.map((picture) => picture.clientHeight),
    );
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(280);
    await close();
  });

  it('say in a sentence what rules their picture out', async () => {
    const { page, close } = await open(['data-boundary']);
    await page.evaluate(() => {
      const { experiment } = bench.store.state;
      bench.store.change({ experiment: { ...experiment, data: { kind: 'digits' } } });
    });
    await until(
      () => panel(page, 'data-boundary').locator('[data-waits]').innerText(),
      'A decision boundary is drawn over two features, and these data have 64: choose data with two to see it.',
    );
    await close();
  });
});

describe('panels of a run', () => {
  it('draw it as it goes on, frame by frame', async () => {
    const { page, problems, close } = await open([
      'loss-curves',
      'outcome-distribution',
      'landscape-map',
    ]);
    for (const records of [2, 5, 20, 60]) await show(page, ['a'], { records, savedAt: null });
    const label = () =>
      panel(page, 'loss-curves').locator('.live-drawing svg').first().getAttribute('aria-label');
    const early = await label();
    await show(page, ['a']);
    expect(await label()).not.toBe(early);
    await drawn(page, 'landscape-map');
    expect(problems).toEqual([]);
    await close();
  });

  it('show the network that is picked in any of them', async () => {
    const { page, close } = await open(['loss-curves', 'outcome-distribution']);
    await show(page, ['a']);
    await drawn(page, 'loss-curves');
    const slider = panel(page, 'loss-curves').locator('.live-drawing [role="slider"]');
    await slider.focus();
    await page.keyboard.press('ArrowRight');
    await until(() => page.evaluate(() => bench.store.state.selected), 18);
    const words = panel(page, 'outcome-distribution').locator('.live-drawing svg');
    await until(async () => (await words.first().innerHTML()).includes('network 18'), true);
    await page.keyboard.press('Escape');
    await until(() => page.evaluate(() => bench.store.state.selected), null);
    await close();
  });

  it('offer what a reader may change, keep it in the store, and take it back with undo', async () => {
    const { page, close } = await open(['loss-curves']);
    await show(page, ['a']);
    await drawn(page, 'loss-curves');
    const linear = panel(page, 'loss-curves').getByRole('radio', { name: 'linear' });
    await linear.check({ force: true });
    await until(() => page.evaluate(() => bench.store.state.panels[0]!.figure['scale']), 'linear');
    await page.evaluate(() => bench.store.undo());
    await until(() => linear.isChecked(), false);
    await close();
  });

  it('tell their picture in words and in numbers, and save it three ways', async () => {
    const { page, close } = await open(['loss-curves']);
    await show(page, ['a']);
    await drawn(page, 'loss-curves');
    const card = panel(page, 'loss-curves');
    await card.getByText('About this picture').click();
    await until(
      async () => (await card.locator('[data-description]').innerText()).length > 40,
      true,
    );
    await until(
      () =>
        card
          .locator('tbody tr')
          .count()
          .then((count) => count > 0),
      true,
    );
    for (const kind of ['png', 'svg', 'csv']) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        card.locator(`[data-save="${kind}"]`).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`loss-atlas-laboratory-loss-curves.${kind}`);
    }
    await close();
  });

  it('show one of two runs, as the reader chooses', async () => {
    const { page, close } = await open(['loss-curves']);
    await show(page, ['a', 'b']);
    await drawn(page, 'loss-curves');
    const choice = panel(page, 'loss-curves').getByRole('radio', { name: 'B: the fifty again' });
    await choice.check({ force: true });
    await until(() => page.evaluate(() => bench.store.state.panels[0]!.figure['run']), 'b');
    await close();
  });
});

describe('panels that ask', () => {
  it('compute a landscape with progress, share it, and say when the run has gone on', async () => {
    const { page, problems, close } = await open(['landscape-whole', 'explained-variance']);
    await show(page, ['a']);
    await compute(page, 'landscape-whole').click();
    await panel(page, 'landscape-whole').locator('progress').waitFor();
    await drawn(page, 'landscape-whole');
    expect(await page.evaluate(() => bench.landscapes)).toEqual(['a']);
    expect(await compute(page, 'landscape-whole').isVisible()).toBe(false);
    // The other panel about the same landscape finds it there.
    await show(page, ['a']);
    await drawn(page, 'explained-variance');
    await show(page, ['a'], { savedAt: 400 });
    await until(
      () => note(page, 'landscape-whole'),
      'Of the run as it was at step 300; it has gone on since.',
    );
    expect(await compute(page, 'landscape-whole').innerText()).toBe('Compute again');
    expect(problems).toEqual([]);
    await close();
  });

  it('are cancelled, and can ask again', async () => {
    const { page, close } = await open(['barrier-matrix']);
    await page.evaluate(() => {
      const [first] = bench.store.state.panels;
      const analysis = { networks: 50, points: 201, alignments: ['none'] };
      bench.store.change({ panels: [{ ...first!, analysis }] });
    });
    await show(page, ['a']);
    await compute(page, 'barrier-matrix').click();
    await panel(page, 'barrier-matrix').locator('progress[value]').waitFor({ timeout: 40_000 });
    await panel(page, 'barrier-matrix').locator('[data-act="cancel"]').click();
    await until(() => note(page, 'barrier-matrix'), 'Cancelled.');
    expect(await compute(page, 'barrier-matrix').isEnabled()).toBe(true);
    await close();
  });

  it('take their settings from a form, and refuse what cannot be in a sentence', async () => {
    const { page, close } = await open(['slice-map']);
    await show(page, ['a']);
    await panel(page, 'slice-map').getByText('Settings of this picture').click();
    const size = panel(page, 'slice-map').getByRole('spinbutton', { name: 'Grid points a side' });
    await size.fill('9');
    await size.press('Tab');
    await until(() => page.evaluate(() => bench.store.state.panels[0]!.analysis?.['size']), 9);
    await compute(page, 'slice-map').click();
    await drawn(page, 'slice-map');
    await page.evaluate(() => {
      const [first] = bench.store.state.panels;
      const analysis = { directions: 'random', size: 2 };
      bench.store.change({ panels: [{ ...first!, analysis }] });
    });
    await until(
      () => note(page, 'slice-map'),
      'The settings have changed since this was computed.',
    );
    await compute(page, 'slice-map').click();
    await until(
      () => note(page, 'slice-map'),
      'size is 2: expected at least 3 (the settings of this panel).',
    );
    await close();
  });

  it('compare A and B', async () => {
    const { page, problems, close } = await open(['outcomes-by-condition', 'condition-curves']);
    await show(page, ['a', 'b']);
    await compute(page, 'outcomes-by-condition').click();
    await drawn(page, 'outcomes-by-condition');
    const text = await panel(page, 'outcomes-by-condition').locator('.live-drawing').innerText();
    for (const title of ['A: the fifty', 'B: the fifty again']) expect(text).toContain(title);
    await show(page, ['a', 'b']);
    await drawn(page, 'condition-curves');
    expect(problems).toEqual([]);
    await close();
  });
});

describe('the board', () => {
  it('is arranged by buttons that keep the focus, and undo brings back what was closed', async () => {
    const { page, close } = await open(['loss-curves', 'outcome-distribution', 'landscape-map']);
    await show(page, ['a']);
    await panel(page, 'loss-curves').getByRole('button', { name: 'Move later' }).focus();
    await page.keyboard.press('Enter');
    expect(await order(page)).toEqual(['outcome-distribution', 'loss-curves', 'landscape-map']);
    const focused = () =>
      page.evaluate(() => {
        const { activeElement } = document;
        const card = activeElement?.closest<HTMLElement>('.panel');
        return `${card?.dataset['panel']}: ${activeElement?.getAttribute('aria-label')}`;
      });
    expect(await focused()).toBe('loss-curves: Move later');
    await panel(page, 'outcome-distribution').getByRole('button', { name: 'Close' }).click();
    expect(await order(page)).toEqual(['loss-curves', 'landscape-map']);
    await page.evaluate(() => bench.store.undo());
    expect(await order(page)).toEqual(['outcome-distribution', 'loss-curves', 'landscape-map']);
    await page.getByLabel('Add a picture').selectOption('hessian-spectrum');
    expect((await order(page)).at(-1)).toBe('hessian-spectrum');
    await panel(page, 'hessian-spectrum').locator('[data-kind]').selectOption('slice-line');
    expect((await order(page)).at(-1)).toBe('slice-line');
    await drawn(page, 'outcome-distribution');
    await close();
  });

  it('offers a panel the whole width', async () => {
    const { page, close } = await open(['loss-curves', 'landscape-map']);
    await show(page, ['a']);
    const width = () => panel(page, 'loss-curves').evaluate((card) => card.clientWidth);
    const narrow = await width();
    await panel(page, 'loss-curves').getByRole('button', { name: 'Whole width' }).click();
    expect(await width()).toBeGreaterThan(1.8 * narrow);
    await close();
  });

  it('says of a kind that nobody knows that there is none', async () => {
    const { page, close } = await open(['no-such-picture']);
    await until(
      () => panel(page, 'no-such-picture').locator('[data-waits]').innerText(),
      'There is no picture called “no-such-picture” here: choose another from the list.',
    );
    await close();
  });

  it('fits a phone and has no fault that axe finds', async () => {
    const { page, close } = await openAfresh(
      ['data-boundary', 'loss-curves', 'landscape-surface', 'barrier-matrix'],
      screens.phone,
    );
    await show(page, ['a', 'b']);
    await drawn(page, 'loss-curves');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    expect(await violations(page, { include: '[data-lab="panels"]' })).toEqual([]);
    await close();
  });

  it('leaves nothing behind when pictures are changed again and again', async () => {
    const { page, close } = await openAfresh(['loss-curves', 'landscape-map']);
    await show(page, ['a']);
    const session = await page.context().newCDPSession(page);
    const kinds = [
      'data-boundary',
      'outcome-distribution',
      'loss-curves',
      'landscape-surface',
      'landscape-map',
    ];
    const round = async () => {
      for (const kind of kinds) {
        await page.evaluate((kind) => {
          const panels = bench.store.state.panels.map(() => ({
            kind,
            figure: {},
            analysis: null,
            wide: false,
          }));
          bench.store.change({ panels });
        }, kind);
        await show(page, ['a'], { hasLandscape: true });
        await drawn(page, kind);
      }
    };
    const counters = async () => {
      await session.send('HeapProfiler.collectGarbage');
      await session.send('HeapProfiler.collectGarbage');
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      return { nodes, jsEventListeners };
    };
    await round();
    await round();
    const before = await counters();
    for (let i = 0; i < 6; i++) await round();
    const after = await counters();
    expect(after.nodes - before.nodes).toBeLessThan(400);
    expect(after.jsEventListeners - before.jsEventListeners).toBeLessThan(40);
    await page.evaluate(() => bench.close());
    expect(await page.locator('.panel').count()).toBe(0);
    await close();
  });

  it('turns a surface where the reader reaches for it, and gives its graphics context back when it is closed', async () => {
    const { page, problems, close } = await openAfresh(['landscape-surface']);
    const warnings: string[] = [];
    page.on('console', (message) => {
      if (/context/i.test(message.text())) warnings.push(message.text());
    });
    const surface = panel(page, 'landscape-surface');
    const reach = async () => {
      await show(page, ['a'], { hasLandscape: true });
      await drawn(page, 'landscape-surface');
      await surface.locator('.panel-drawing').hover();
      await surface.locator('canvas').waitFor();
    };
    await reach();
    await surface.locator('canvas').focus();
    await page.keyboard.press('ArrowRight');
    const eye = () => page.evaluate(() => typeof bench.store.state.panels[0]?.figure['eye']);
    await until(eye, 'string');
    await page.keyboard.press('2');
    await surface.locator('svg.surface-plan').waitFor();
    // More often than a browser has contexts.
    for (let i = 0; i < 18; i++) {
      await surface.getByRole('button', { name: 'Close' }).click();
      expect(await page.locator('canvas').count()).toBe(0);
      await page.evaluate(() => {
        const panels = [{ kind: 'landscape-surface', figure: {}, analysis: null, wide: false }];
        bench.store.change({ panels });
      });
      await page.mouse.move(0, 0);
      await reach();
    }
    expect(warnings).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  }, 120_000);
});
