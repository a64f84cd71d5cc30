// A citation shows its work on hover, focus and tap, and is a link to the list of works without a script; all can be cited and copied.
import { readFileSync } from 'node:fs';
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import type { Page } from 'playwright-core';
import { parse } from 'yaml';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chapterPath, openSite, screens, until, type Site, type Visit } from './site.ts';
import { sitePaths } from './site-paths.ts';

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

async function open(path: string, options: Parameters<Site['visit']>[1] = {}): Promise<void> {
  visit = await site.visit(path, { reducedMotion: 'reduce', ...options });
  page = visit.page;
}
const chapter = chapterPath('drawing-the-surface');
const cite = () => page.locator('.prose > p a.cite').first();
const card = () => page.locator('#cite-card');
const isOpen = async () => (await card().count()) === 1 && (await card().isVisible());

describe('the card of a citation', () => {
  it('opens under the pointer with title, people, venue, year and a link, and stays while it is pointed at', async () => {
    await open(chapter);
    await cite().hover();
    await until(isOpen, true);
    const key = (await cite().getAttribute('data-cite'))!;
    const entry = page.locator(`[id="ref-${key}"]`);
    for (const part of ['title', 'people', 'venue', 'year']) {
      const words = (await entry.getAttribute(`data-${part}`))!;
      expect(await card().innerText(), part).toContain(words);
    }
    const links = await card()
      .locator('a')
      .evaluateAll((found) => found.map((link) => link.getAttribute('href')!));
    expect(links[0]).toMatch(/^https:\/\/(doi\.org|arxiv\.org)\//);
    expect(links.at(-1)).toBe(`#ref-${key}`);
    await card().hover();
    await page.waitForTimeout(500);
    expect(await isOpen()).toBe(true);
    await page.mouse.move(2, 2);
    await until(isOpen, false);
  });

  it('opens on focus, is the next stop of Tab, and closes on Escape, which gives the focus back', async () => {
    await open(chapter);
    await cite().evaluate((link) => {
      // The stop before it.
      const before = document.createElement('button');
      link.before(before);
      before.focus();
    });
    await page.keyboard.press('Tab');
    await until(isOpen, true);
    expect(await cite().getAttribute('aria-describedby')).toBe('cite-card');
    await page.keyboard.press('Tab');
    expect(await card().evaluate((element) => element.contains(document.activeElement))).toBe(true);
    await page.keyboard.press('Escape');
    await until(isOpen, false);
    expect(await cite().evaluate((link) => link === document.activeElement)).toBe(true);
  });

  it('opens on a tap within the screen, closes on a tap elsewhere, and a second tap goes to the list', async () => {
    await open(chapter, { ...screens.phone });
    await cite().tap();
    await until(isOpen, true);
    const { x, y, width, height } = (await card().boundingBox())!;
    expect(x >= 0 && x + width <= 390 && y >= 0 && y + height <= 844).toBe(true);
    expect(new URL(page.url()).hash).toBe('');
    await page.touchscreen.tap(200, 90);
    await until(isOpen, false);
    await cite().tap();
    await until(isOpen, true);
    await cite().tap();
    await until(async () => new URL(page.url()).hash.startsWith('#ref-'), true);
  });

  it('without JavaScript the citation leads to its work in the list', async () => {
    await open(chapter, { javaScriptEnabled: false });
    const key = await cite().getAttribute('data-cite');
    await cite().click();
    await until(async () => new URL(page.url()).hash, `#ref-${key}`);
    expect(await page.locator(`[id="ref-${key}"]`).isVisible()).toBe(true);
  });
});

describe('the page of references', () => {
  it('gives every work an address and BibTeX that a reader of BibTeX understands', async () => {
    await open('references/');
    const works = await page.locator('.references > li').evaluateAll((items) =>
      items.map((item) => ({
        id: item.id,
        links: [...item.querySelectorAll('a[href^="https://"]')].length,
        bibtex: item.querySelector('pre')?.textContent ?? '',
      })),
    );
    expect(works.length).toBeGreaterThan(15);
    for (const { id, links, bibtex } of works) {
      expect(links, id).toBeGreaterThan(0);
      const [entry] = new Cite(bibtex).data as { id: string; title: string }[];
      expect(`ref-${entry!.id}`).toBe(id);
    }
    const all = new Cite(readFileSync(`${sitePaths.folder}/references.bib`, 'utf8'));
    expect((all.data as unknown[]).length).toBe(works.length);
  });

  it('copies BibTeX, and says so', async () => {
    await open('references/', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy BibTeX of the atlas' }).click();
    await until(() => page.locator('.how-to-cite [data-copy-words]').innerText(), 'Copied');
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    const [entry] = new Cite(copied).data as { title: string; version: string }[];
    const cff = parse(readFileSync('CITATION.cff', 'utf8')) as { title: string; version: string };
    expect(entry).toMatchObject({ title: cff.title, version: cff.version });
  });

  it('serves CITATION.cff as it is', async () => {
    await open('references/');
    const href = await page.getByRole('link', { name: 'CITATION.cff' }).getAttribute('href');
    const served = await page.request.get(new URL(href!, page.url()).href);
    expect(await served.text()).toBe(readFileSync('CITATION.cff', 'utf8'));
  });
});

it('every note of a chapter opens by keyboard on a phone', async () => {
  await open(chapter, { ...screens.phone });
  const notes = page.locator('.note');
  expect(await notes.count()).toBeGreaterThan(0);
  const first = notes.first();
  await first.locator('input').focus();
  await page.keyboard.press('Space');
  expect(await first.locator('.note-body').isVisible()).toBe(true);
});
