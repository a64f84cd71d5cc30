// The lamp and the turning plane in a reader's hands: by mouse, by keys, and by the button for the best place.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(() => site.close());

async function openAt(chapter: string, id: string): Promise<Visit> {
  const visit = await site.visit(chapterPath(chapter), {
    ...screens.desktop,
    reducedMotion: 'reduce',
  });
  await visit.page.locator(`#${id}`).scrollIntoViewIfNeeded();
  await visit.page.locator(`#${id} .live-drawing svg.atlas-chart`).waitFor();
  return visit;
}

describe('the lamp', () => {
  it('goes with the arrow keys, under the mouse, and to its best place', async () => {
    const visit = await openAt('two-eyes', 'lamp');
    const { page } = visit;
    const svg = page.locator('#lamp .live-drawing svg.atlas-chart');
    const words = async (): Promise<string> => (await svg.getAttribute('aria-label')) ?? '';
    const share = async (): Promise<number> =>
      Number(/the wall holds ([\d.]+)%/.exec(await words())![1]);

    const first = await share();
    await svg.focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowLeft');
    await until(async () => (await share()) > first, true);

    const handle = (await page.locator('#lamp .drag-handle').first().boundingBox())!;
    const [x, y] = [handle.x + handle.width / 2, handle.y + handle.height / 2];
    const byKeys = await share();
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x - 60, y, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await share()) > byKeys, true);
    const moved = (await page.locator('#lamp .drag-handle').first().boundingBox())!;
    expect(Math.abs(moved.x + moved.width / 2 - (x - 60))).toBeLessThan(6);

    await page.locator('#lamp .figure-controls').getByText('best place').click();
    await until(async () => (await words()).includes('stands at its best place'), true);
    expect(await words()).toContain(`where the best place gives ${(await share()).toFixed(1)}%`);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});

describe('the turning plane', () => {
  it('turns plane by plane with the arrow keys, and under a drag', async () => {
    const visit = await openAt('drawing-the-surface', 'turn');
    const { page } = visit;
    const svg = page.locator('#turn .live-drawing svg.atlas-chart');
    const degrees = async (): Promise<number> =>
      Number(/turned by (\d+) degrees/.exec((await svg.getAttribute('aria-label')) ?? '')![1]);
    await svg.focus();
    await page.keyboard.press('Home');
    await until(degrees, 0);
    await page.keyboard.press('ArrowRight');
    await until(async () => (await degrees()) > 0, true);
    const byKey = await degrees();
    const box = (await svg.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 200);
    await page.mouse.down();
    await page.mouse.move(box.x + 160, box.y + 200, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await degrees()) > byKey, true);
    expect(visit.problems).toEqual([]);
    await visit.close();
  });
});
