// What tests of figures ask a page: one that is alive and on screen, its state, and what it saves.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { until } from './site.ts';

/** To run before a page: figures that wait for a guess are whole from the start. */
export const guessesLeftOut = `addEventListener('DOMContentLoaded', () => {
  for (const figure of document.querySelectorAll('[data-asked]')) figure.setAttribute('data-answered', '');
});`;

/** Brings the figure with that id (or its scrolly's) to life and into view, past the guess that it may wait for. */
export async function aliveFigure(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`#${id} atlas-figure`);
  await figure.evaluate((element) => {
    element.closest('[data-asked]')?.setAttribute('data-answered', '');
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  await until(() => figure.getAttribute('data-alive'), '');
  return figure;
}

export const stateOf = (figure: Locator): Promise<Record<string, unknown>> =>
  figure.evaluate((element) => ({ ...(element as unknown as { state: object }).state }));

export const keyOf = async (figure: Locator, key: string): Promise<unknown> =>
  (await stateOf(figure))[key];

/** The bar or the button that belongs to a figure, wherever it stands in it. */
export const partOf = (page: Page, id: string, selector: string): Locator =>
  page.locator(`#${id}`).locator(selector);

/** Opens "About this picture" below a figure. */
export async function openAbout(page: Page, id: string): Promise<Locator> {
  const about = partOf(page, id, '.about-picture');
  await about.evaluate((details) => ((details as HTMLDetailsElement).open = true));
  return about;
}

/** Presses a button of the figure's panel and reads the file that comes. */
export async function savedFile(page: Page, id: string, tool: 'png' | 'svg' | 'csv') {
  await openAbout(page, id);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    partOf(page, id, `[data-tool="${tool}"]`).click(),
  ]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

export const noticeOf = (page: Page): Promise<string> =>
  page
    .locator('.notice')
    .innerText()
    .catch(() => '');
