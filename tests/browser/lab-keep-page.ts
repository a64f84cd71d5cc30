// The page that keeps for the tests, opened in tabs of Chromium that share a device.
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { findChromium, quietArguments } from './chromium.ts';
import { patience, until } from './site.ts';
import { serveFolder } from './static-server.ts';
import { buildTestPage } from './test-pages.ts';

export interface KeepFunctions {
  seed(): number;
  said(): string[];
  /** Of the run under way. */
  step(): number | null;
  /** Whether the run under way is the one of the tests at this step, bit for bit. */
  isRunAt(step: number): boolean;
  openedCsv(): string | null;
  setSeed(seed: number): void;
  drawPoints(count: number): void;
  /** The run has come to this step; its data are as many random characters. */
  train(step: number, csvCharacters?: number): void;
  /** Keeps a draft, writes another over it but for the end of the transaction, and leaves. */
  keepDraftAndLeave(tab: string, step: number, csvCharacters: number): Promise<void>;
}
declare global {
  var keeping: KeepFunctions;
}

export interface KeepSite {
  readonly url: string;
  /** Paths that tabs have asked the server for so far. */
  readonly requested: readonly string[];
  /** A device of its own, with nothing on it. */
  device(
    options?: Parameters<import('playwright-core').Browser['newContext']>[0],
  ): Promise<BrowserContext>;
  /** A tab with the storage section. */
  open(device: BrowserContext, options?: { hash?: string; before?: string }): Promise<Page>;
  /** A tab of the same site with nothing in it. */
  blank(device: BrowserContext): Promise<Page>;
  close(): Promise<void>;
}

export async function openKeepSite(): Promise<KeepSite> {
  const server = await serveFolder(await buildTestPage('keeping'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments],
  });
  return {
    url: server.url,
    requested: server.requested,
    async device(options = {}) {
      const device = await browser.newContext({
        permissions: ['clipboard-read', 'clipboard-write'],
        reducedMotion: 'reduce',
        ...options,
      });
      device.setDefaultTimeout(patience);
      return device;
    },
    async open(device, { hash = '', before } = {}) {
      const page = await device.newPage();
      if (before !== undefined) await page.addInitScript(before);
      await page.goto(server.url + hash);
      await ready(page);
      return page;
    },
    async blank(device) {
      const page = await device.newPage();
      await page.goto(`${server.url}no-such-page`);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

export const ready = (page: Page): Promise<void> =>
  until(() => page.evaluate(() => 'keeping' in globalThis), true);
