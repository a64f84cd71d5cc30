// What tests of figures ask a page: one that is alive and on screen, its state, and what it saves.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { until } from './site.ts';

/** Brings the figure with that id (or its scrolly's) to life and into view. */
export async function aliveFigure(page: Page, id: string): Promise<Locator> {
  const figure = page.locator(`#${id} atlas-figure`);
  await figure.evaluate((element) =>
    element.scrollIntoView({ block: 'center', behavior: 'instant' }),
  );
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

/** Presses a button of the figure's foot and reads the file that comes. */
export async function savedFile(page: Page, id: string, tool: 'png' | 'svg' | 'csv') {
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
