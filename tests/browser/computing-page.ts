// The page that computes for the tests, called in headless Chromium.
import { chromium, type Page } from 'playwright-core';
import type { WebProvider } from '../../src/engine/runtime/web.ts';
import type { ProviderChoice } from '../../src/worker/provider-choice.ts';
import { findChromium, quietArguments } from './chromium.ts';
import type { LandscapeNumbers } from './landscape-numbers.ts';
import { serveFolder } from './static-server.ts';
import { until } from './site.ts';
import { buildTestPage } from './test-pages.ts';

export interface PageTraining {
  provider: string;
  reason: string;
  /** `[records, N]`. */
  losses: number[];
  /** Null where all went well. */
  failure: string | null;
}

export interface PageLandscape {
  /** The one that ran. */
  provider: string;
  /** Paths of the modules of src/landscape that the worker has loaded. */
  modules: string[];
  numbers: LandscapeNumbers;
}

interface PageFunctions {
  hashesOfStarts(): Promise<Record<string, string>>;
  train(experiment: object, provider: ProviderChoice): Promise<PageTraining>;
  landscapeOn(provider: WebProvider): Promise<PageLandscape>;
}

export interface ComputingPage extends PageFunctions {
  readonly page: Page;
  close(): Promise<void>;
}
declare global {
  var computing: PageFunctions;
}

/** @param host other than localhost, the page is not a secure one, and its browser offers it no WebGPU. */
export async function openComputingPage({
  args = [],
  host = '127.0.0.1',
}: { args?: readonly string[]; host?: string } = {}): Promise<ComputingPage> {
  const server = await serveFolder(await buildTestPage('computing'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: [...quietArguments, `--host-resolver-rules=MAP ${host} 127.0.0.1`, ...args],
  });
  const page = await browser.newPage();
  await page.goto(server.url.replace('127.0.0.1', host));
  await until(() => page.evaluate(() => 'computing' in globalThis), true);
  return {
    page,
    hashesOfStarts: () => page.evaluate(() => globalThis.computing.hashesOfStarts()),
    train: (experiment, provider) =>
      page.evaluate(([settings, choice]) => globalThis.computing.train(settings, choice), [
        experiment,
        provider,
      ] as const),
    landscapeOn: (provider) =>
      page.evaluate((choice) => globalThis.computing.landscapeOn(choice), provider),
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
