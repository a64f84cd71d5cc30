// The live retrain on WebAssembly: to the end, with falling losses, at the reader's command, while the page stays responsive.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { lossesIn, Live, mediansIn } from './live.ts';
import { chapterPath, openSite, until, type Site, type Visit } from './site.ts';

/** No task of the page's own thread may take longer, in milliseconds, on two cores that it shares with the worker. */
const longestTask = 200;
const small = { Initialisations: '8', 'Hidden sizes': '8', Points: '128', 'Compute on': 'wasm' };

let site: Site;
let visit: Visit;
let live: Live;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function open(): Promise<void> {
  visit = await site.visit(chapterPath('fifty-starts'), {
    before: `
      globalThis.longTasks = [];
      new PerformanceObserver((list) =>
        longTasks.push(...list.getEntries().map(({ duration }) => duration)),
      ).observe({ entryTypes: ['longtask'] });`,
  });
  live = new Live(visit.page);
  await live.reach();
}

const longTasks = (): Promise<number[]> =>
  visit.page.evaluate(() => (globalThis as unknown as { longTasks: number[] }).longTasks);
const forgetLongTasks = (): Promise<number> =>
  visit.page.evaluate(
    () => ((globalThis as unknown as { longTasks: number[] }).longTasks.length = 0),
  );

/** Every text that the progress shows from now on; it is watched in the page, since asking for it would cost the page time. */
const watchProgress = () =>
  live.root.locator('.live-progress-text').evaluateHandle((element) => {
    const texts: string[] = [];
    new MutationObserver(() => texts.push(element.textContent ?? '')).observe(element, {
      childList: true,
      characterData: true,
      subtree: true,
    });
    return texts;
  });

describe('the published run of fifty networks, trained again', () => {
  let summary: string;
  let curves: string;
  let publishedLast: number;
  let publishedMap: string;
  let tasks: number[];
  let frames: string[];
  beforeAll(async () => {
    await open();
    await live.root.locator('[data-action="train"]').hover();
    await until(() => live.root.locator('[data-view] .live-drawing svg').count(), 3);
    publishedLast = mediansIn(await live.describe('loss-curves'))[1];
    publishedMap = await live.describe('landscape-map');
    await live.set({ 'Compute on': 'wasm' });
    await forgetLongTasks();
    const texts = await watchProgress();
    await live.press('train');
    await live.waitForPhase('training');
    summary = await live.finish();
    curves = await live.describe('loss-curves');
    tasks = await longTasks();
    frames = await texts.jsonValue();
  });
  afterAll(() => visit.close());

  it('reaches its end and says so, with no complaint', () => {
    expect(summary).toMatch(/^50 networks trained for 100 epochs, in [\d.,]+ s on WebAssembly\./);
    expect(visit.problems).toEqual([]);
  });

  it('shows how far it is while it trains', () => {
    const epochs = frames.filter((text) => /^Training: epoch \d+ of 100$/.test(text));
    expect(epochs.length).toBeGreaterThan(3);
  });

  it('ends with a median loss far below that of the start', () => {
    const [first, last] = mediansIn(curves);
    expect(first).toBeGreaterThan(0.4);
    expect(last).toBeLessThan(0.25 * first);
  });

  it('began with the published weights, bit for bit, and ended near the published losses', () => {
    expect(summary).toContain('Network 17 began with the published weights, bit for bit');
    const [, differences] =
      /Final losses differ from the published ones by (.*)/.exec(summary) ?? [];
    const sameLosses = 'All final losses are those of the published run, to the last bit.';
    expect(differences ?? sameLosses, summary).toMatch(/processors round|last bit/);
    const [, last] = mediansIn(curves);
    expect(Math.abs(last / publishedLast - 1)).toBeLessThan(0.05);
  });

  it('has a badge that says WebAssembly and milliseconds a step', async () => {
    expect(await live.textOf('.live-badge')).toMatch(/^WebAssembly, 1 thread · [\d.]+ ms a step$/);
  });

  it('drew the plane and the surface anew from its own weights', async () => {
    expect(await live.textOf('.live-plane')).toContain('computed just now');
    expect(publishedMap).toMatch(/50 networks/);
    expect(await live.describe('landscape-map')).toMatch(/50 networks/);
    const surfaces = live.root.locator('[data-view="landscape-map"] path.contour');
    expect(await surfaces.count()).toBeGreaterThan(3);
  });

  it(`never held the page's own thread for more than ${longestTask} ms`, () => {
    expect(tasks.filter((duration) => duration > longestTask)).toEqual([]);
  });
});

describe('at the reader’s command', () => {
  beforeAll(async () => {
    await open();
  });
  afterAll(() => visit.close());
  beforeEach(async () => {
    await live.press('reset');
    await live.waitForPhase('idle');
    await live.set({ ...small, Epochs: '20000' });
  });
  const progress = (): Promise<string> => live.textOf('.live-progress-text');
  const isUnderWay = (): Promise<void> =>
    until(async () => /^Training: epoch [1-9]/.test(await progress()), true);
  const frames = (count: number): Promise<void> =>
    visit.page.evaluate(async (many) => {
      for (let k = 0; k < many; k++) await new Promise((resolve) => requestAnimationFrame(resolve));
    }, count);

  it('Pause holds it, Resume goes on', async () => {
    await live.press('train');
    await isUnderWay();
    await live.press('pause');
    // Frames that were on their way when the button was pressed still arrive; then nothing moves.
    const standsStill = async (): Promise<boolean> => {
      const before = await progress();
      await frames(20);
      return before.startsWith('Paused') && (await progress()) === before;
    };
    await until(standsStill, true);
    const paused = await progress();
    await frames(60);
    expect(await progress()).toBe(paused);
    await live.press('pause');
    await until(async () => /^Training: epoch/.test(await progress()), true);
    await until(async () => (await progress()).replace('Training', 'Paused') !== paused, true);
  });

  it('Stop ends it early and draws what there is', async () => {
    await live.press('train');
    await isUnderWay();
    await live.press('stop');
    const summary = await live.finish();
    const [, epochs] = /until you stopped them, after ([\d,]+) epochs/.exec(summary) ?? [];
    expect(Number(epochs!.replaceAll(',', ''))).toBeGreaterThan(0);
    expect(Number(epochs!.replaceAll(',', ''))).toBeLessThan(20_000);
    expect(await live.textOf('.live-plane')).toContain('computed just now');
  });

  it('Reset brings back the published settings and pictures', async () => {
    await live.press('train');
    await isUnderWay();
    await live.press('reset');
    await live.waitForPhase('idle');
    expect(await live.root.getByRole('spinbutton', { name: 'Epochs' }).inputValue()).toBe('100');
    expect(await live.root.getByRole('spinbutton', { name: 'Initialisations' }).inputValue()).toBe(
      '50',
    );
    expect(await live.root.locator('.live-badge').isVisible()).toBe(false);
    await until(async () => (await live.describe('loss-curves')).includes('50 networks'), true);
  });

  it('another seed is another run, the same seed the same one', async () => {
    const run = { ...small, Epochs: '30', Seed: '7' };
    const first = lossesIn(await live.train(run));
    const again = lossesIn(await live.train(run));
    const other = lossesIn(await live.train({ ...run, Seed: '8' }));
    expect(first).toHaveLength(3);
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('refuses a setting without sense beside its control, and trains nothing', async () => {
    await live.set({ 'Hidden sizes': '0', 'Learning rate': '-1' });
    await live.press('train');
    await until(async () => (await live.textOf('.live-status')).startsWith('Not trained'), true);
    const problems = (await live.root.locator('.lab-problem:visible').allInnerTexts()).join(' ');
    expect(problems).toMatch(/Hidden sizes.*at least one unit/);
    expect(problems).toMatch(/Learning rate/);
    expect(await live.phase()).toBe('idle');
  });
});
