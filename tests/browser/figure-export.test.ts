// What a figure saves: a picture twice as fine as the screen's, a drawing that needs nothing else, and all of its numbers.
import Papa from 'papaparse';
import sharp from 'sharp';
import { parseHTML } from 'linkedom';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { aliveFigure, keyOf, partOf, savedFile } from './figures.ts';
import { chapterPath, openSite, until, type Site, type Visit } from './site.ts';

let site: Site;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  site = await openSite({ args: ['--enable-unsafe-swiftshader'] });
});
afterAll(() => site.close());
afterEach(async () => {
  expect(visit.problems).toEqual([]);
  await visit.close();
});

async function open(chapter: string, options: Parameters<Site['visit']>[1] = {}): Promise<void> {
  visit = await site.visit(chapterPath(chapter), {
    reducedMotion: 'reduce',
    acceptDownloads: true,
    ...options,
  });
  page = visit.page;
}

/** How many different colours a picture has, and that of its corner. */
async function coloursOf(png: Buffer) {
  const { data, info } = await sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const seen = new Set<number>();
  for (let i = 0; i < data.length; i += 3) {
    seen.add((data[i]! << 16) | (data[i + 1]! << 8) | data[i + 2]!);
  }
  return { count: seen.size, corner: [...data.subarray(0, 3)], width: info.width };
}

describe('PNG', () => {
  it.each([
    ['light', [252, 251, 248]],
    ['dark', [20, 22, 26]],
  ] as const)('is twice as fine, on the %s theme’s paper', async (colorScheme, paper) => {
    await open('fifty-starts', { colorScheme });
    const figure = await aliveFigure(page, 'fifty-curves');
    const shown = (await figure.boundingBox())!;
    const { name, bytes } = await savedFile(page, 'fifty-curves', 'png');
    expect(name).toMatch(/^loss-atlas-02-fifty-starts-fifty-curves\.png$/);
    const { count, corner, width } = await coloursOf(bytes);
    expect(width).toBeGreaterThanOrEqual(2 * Math.floor(shown.width));
    expect(corner).toEqual(paper);
    expect(count).toBeGreaterThan(50);
  });

  it('holds the pixels of a view in 3D', async () => {
    await open('drawing-the-surface');
    const figure = await aliveFigure(page, 'slice-3d');
    await figure.hover();
    await figure.locator('canvas').waitFor();
    // A smooth surface under a lamp has thousands of colours; its frame and words alone, as before its first frame, have a few hundred.
    const hasSurface = async (): Promise<boolean> => {
      const { bytes } = await savedFile(page, 'slice-3d', 'png');
      return (await coloursOf(bytes)).count > 3000;
    };
    await until(hasSurface, true);
    expect(await partOf(page, 'slice-3d', '[data-tool="svg"]').count()).toBe(0);
  });
});

describe('SVG', () => {
  it('needs nothing of the page, and says what it is and where it is from', async () => {
    await open('fifty-starts');
    await aliveFigure(page, 'fifty-curves');
    const { bytes } = await savedFile(page, 'fifty-curves', 'svg');
    const text = bytes.toString('utf8');
    expect(text).not.toMatch(
      /var\(|oklch|color-mix|class=|style=|<style|url\(|href=|NaN|undefined/,
    );
    const { document } = parseHTML(text);
    const root = document.querySelector('svg')!;
    expect(root.getAttribute('xmlns')).toBe('http://www.w3.org/2000/svg');
    const words = [...root.querySelectorAll('text')].map((node) => node.textContent).join(' ');
    const title = await partOf(page, 'fifty-curves', '.figure-title').innerText();
    expect(words).toContain(title.trim());
    expect(words).toContain('Loss Atlas, run fifty.');
    expect(words).toContain('/chapters/02-fifty-starts/#fifty-curves');
    expect(words).toContain('Epoch');
    expect(root.querySelectorAll('path').length).toBeGreaterThan(50);
  });

  it('is drawn by a program that knows no page', async () => {
    await open('fifty-starts');
    await aliveFigure(page, 'fifty-curves');
    const { bytes } = await savedFile(page, 'fifty-curves', 'svg');
    const { count, corner } = await coloursOf(await sharp(bytes).png().toBuffer());
    expect(corner).toEqual([252, 251, 248]);
    expect(count).toBeGreaterThan(50);
  });
});

describe('CSV and the table', () => {
  it('hold the numbers of the state that is shown, and name it', async () => {
    await open('fifty-starts');
    const figure = await aliveFigure(page, 'fifty-curves');
    await partOf(page, 'fifty-curves', '.control-play input').fill('4');
    await until(async () => typeof (await keyOf(figure, 'until')), 'number');
    const { name, bytes } = await savedFile(page, 'fifty-curves', 'csv');
    expect(name).toMatch(/\.csv$/);
    const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const about = text.split('\r\n').filter((line) => line.startsWith('# '));
    expect(about.join(' ')).toContain('run fifty');
    expect(about.join(' ')).toMatch(/As shown: .*Epoch: 4/);
    expect(about.join(' ')).toContain('?figure=fifty-curves');
    const { data } = Papa.parse<string[]>(text, { comments: '#', skipEmptyLines: true });
    expect(data.length).toBeGreaterThan(3);
    expect(new Set(data.map((row) => row.length)).size).toBe(1);
  });

  it('the table sorts by a column, both ways, and follows the state', async () => {
    await open('fifty-starts');
    await aliveFigure(page, 'fifty-curves');
    const numbers = partOf(page, 'fifty-curves', '[data-numbers]');
    expect(await numbers.locator('table').count()).toBe(0);
    await numbers.locator('summary').click();
    await numbers.locator('table').waitFor();
    const last = numbers.locator('th').last();
    const column = async (): Promise<number[]> => {
      const cells = await numbers.locator('td:last-child').allInnerTexts();
      return cells.map((cell) => Number(cell.replace('−', '-').replace(/[,%]/g, '')));
    };
    const before = await column();
    await last.locator('button').click();
    expect(await last.getAttribute('aria-sort')).toBe('ascending');
    const up = await column();
    expect(up).toEqual([...up].sort((a, b) => a - b));
    await last.locator('button').press('Enter');
    expect(await last.getAttribute('aria-sort')).toBe('descending');
    const down = await column();
    expect(down).toEqual([...down].sort((a, b) => b - a));
    expect([...before].sort()).toEqual([...down].sort());
    await partOf(page, 'fifty-curves', '.control-play input').fill('2');
    await until(async () => JSON.stringify(await column()) !== JSON.stringify(down), true);
    expect(await last.getAttribute('aria-sort')).toBe('descending');
  });
});
