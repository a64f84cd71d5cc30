// Many views in 3D on one page never exhaust a browser's graphics contexts; each comes back as it was left.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { aliveFigure, guessesLeftOut, keyOf } from './figures.ts';
import { chapterPath, openSite, until, type Site } from './site.ts';

const copies = 20;

let site: Site;
beforeAll(async () => {
  site = await openSite({ args: ['--enable-unsafe-swiftshader'] });
});
afterAll(() => site.close());

it('twenty surfaces are turned one after the other, and at most a few contexts are open at once', async () => {
  const visit = await site.visit(chapterPath('drawing-the-surface'), { reducedMotion: 'reduce' });
  const { page } = visit;
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (/context/i.test(message.text())) warnings.push(message.text());
  });
  await aliveFigure(page, 'slice-3d');
  await page.evaluate((count) => {
    const original = document.querySelector('#slice-3d')!;
    const figures = Array.from({ length: count }, (_, index) => {
      const copy = original.cloneNode(true) as HTMLElement;
      copy.id = `copy-${index}`;
      // As it came from the server.
      const element = copy.querySelector('atlas-figure')!;
      element.removeAttribute('data-alive');
      element.replaceChildren();
      return copy;
    });
    original.after(...figures);
  }, copies);

  const canvases = () => page.locator('atlas-figure canvas').count();
  let most = 0;
  for (let index = 0; index < copies; index++) {
    const figure = await aliveFigure(page, `copy-${index}`);
    await figure.hover();
    await figure.locator('canvas').waitFor();
    if (index === 0) {
      await figure.locator('canvas').focus();
      await page.keyboard.press('ArrowRight');
      await until(async () => typeof (await keyOf(figure, 'eye')), 'string');
    }
    most = Math.max(most, await canvases());
  }
  expect(most).toBeLessThanOrEqual(6);

  // Far away the first one rests in its still drawing, turned as it was; near, it comes back as it was.
  const first = page.locator('#copy-0 atlas-figure');
  expect(await first.locator('canvas').count()).toBe(0);
  expect(await first.locator('svg.surface-still').count()).toBe(1);
  const eye = await keyOf(first, 'eye');
  const height = (await first.boundingBox())!.height;
  await aliveFigure(page, 'copy-0');
  await first.locator('canvas').waitFor();
  expect(await keyOf(first, 'eye')).toBe(eye);
  expect(Math.abs((await first.boundingBox())!.height - height)).toBeLessThan(1);
  expect(await first.getByRole('button', { name: 'Reset view' }).isVisible()).toBe(true);
  expect(await canvases()).toBeLessThanOrEqual(6);
  expect(warnings).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
}, 120_000);

it('the map is one key away, and the way back leads to where the reader stood', async () => {
  const visit = await site.visit(chapterPath('drawing-the-surface'), { reducedMotion: 'reduce' });
  const { page } = visit;
  const figure = await aliveFigure(page, 'slice-3d');
  await figure.hover();
  await figure.locator('canvas').focus();
  await page.keyboard.press('ArrowLeft');
  await until(async () => typeof (await keyOf(figure, 'eye')), 'string');
  const eye = await keyOf(figure, 'eye');
  await page.keyboard.press('2');
  await figure.locator('svg.surface-plan').waitFor();
  expect(await figure.locator('canvas').isVisible()).toBe(false);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('class') ?? '');
  expect(await focused()).toContain('surface-plan');
  const chosen = page.locator('#slice-3d [data-key="eye"] input:checked + span');
  expect(await chosen.innerText()).toBe('map');
  await page.keyboard.press('3');
  await until(() => keyOf(figure, 'eye'), eye);
  expect(await figure.locator('canvas').isVisible()).toBe(true);
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('canvas');
  await page.keyboard.press('0');
  await until(async () => (await keyOf(figure, 'eye')) ?? null, null);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it('the map needs no 3D at all: it can be chosen before the surface is turned', async () => {
  const visit = await site.visit(chapterPath('drawing-the-surface'), {
    reducedMotion: 'reduce',
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = visit;
  const figure = await aliveFigure(page, 'slice-3d');
  await page.locator('#slice-3d [data-key="eye"]').getByText('map').tap();
  await figure.locator('svg.surface-plan').waitFor();
  expect(await figure.locator('.activation-button').isVisible()).toBe(false);
  expect(visit.requests.filter((url) => /live-view|three/i.test(url))).toEqual([]);
  await page.locator('#slice-3d [data-key="eye"]').getByText('surface').tap();
  await figure.locator('.activation-button').tap();
  await figure.locator('canvas').waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
});

it('the two-weight surface gives its context back far away and while the map is shown, and stands as it was turned', async () => {
  const visit = await site.visit(chapterPath('a-network-is-a-point'), {
    reducedMotion: 'reduce',
    before: guessesLeftOut,
  });
  const { page } = visit;
  const walk = page.locator('atlas-two-weights');
  await walk.scrollIntoViewIfNeeded();
  await walk.getByLabel('from the side').check();
  const canvas = walk.locator('canvas');
  await canvas.waitFor();
  await canvas.focus();
  for (let press = 0; press < 4; press++) await page.keyboard.press('ArrowRight');
  const label = () => walk.locator(':is(canvas, .surface-still)').first().boundingBox();
  const { height } = (await label())!;
  await page.evaluate(() => scrollTo({ top: 1e6, behavior: 'instant' }));
  await until(() => canvas.count(), 0);
  const still = await walk.locator('svg.surface-still').innerHTML();
  await walk.getByLabel('from above').scrollIntoViewIfNeeded();
  await canvas.waitFor();
  expect(Math.abs((await label())!.height - height)).toBeLessThan(1);
  await walk.getByLabel('from above').check();
  await until(() => canvas.count(), 0);
  // It is drawn as it was turned, not as it came.
  expect(await walk.locator('svg.surface-still').innerHTML()).toBe(still);
  await walk.getByLabel('from the side').check();
  await canvas.waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
}, 60_000);

it('a mouse that lay over the picture before it came alive opens it with its first move', async () => {
  const visit = await site.visit(chapterPath('drawing-the-surface'), { reducedMotion: 'reduce' });
  const { page } = visit;
  await page.mouse.move(0, 0);
  const figure = await aliveFigure(page, 'slice-3d');
  // No `pointerenter` comes for a mouse that had entered before.
  await figure.locator('svg.surface-still').evaluate((still) => {
    still.dispatchEvent(new PointerEvent('pointermove', { pointerType: 'mouse', bubbles: true }));
  });
  await figure.locator('canvas').waitFor();
  expect(visit.problems).toEqual([]);
  await visit.close();
});
