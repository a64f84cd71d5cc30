// Builds the page that computes for the tests, and calls it in headless Chromium.
import { chromium, type Page } from 'playwright-core';
import { build } from 'vite';
import type { ProviderChoice } from '../../src/worker/messages.ts';
import { findChromium, quietArguments } from './chromium.ts';
import { serveFolder } from './static-server.ts';
import { until } from './site.ts';

export interface PageTraining {
  provider: string;
  reason: string;
  /** `[records, N]`. */
  losses: number[];
  /** Null where all went well. */
  failure: string | null;
}

export interface ComputingPage {
  readonly page: Page;
  hashesOfStarts(): Promise<Record<string, string>>;
  train(experiment: object, provider: ProviderChoice): Promise<PageTraining>;
  close(): Promise<void>;
}

interface PageFunctions {
  hashesOfStarts(): Promise<Record<string, string>>;
  train(experiment: object, provider: ProviderChoice): Promise<PageTraining>;
}
declare global {
  var computing: PageFunctions;
}

/**
 * @param name tells the folders of several test files apart.
 * @param host other than localhost, the page is not a secure one, and its browser offers it no WebGPU.
 */
export async function openComputingPage(
  name: string,
  { args = [], host = '127.0.0.1' }: { args?: readonly string[]; host?: string } = {},
): Promise<ComputingPage> {
  const folder = `${process.cwd()}/tests/.output/computing-page-${name}`;
  await build({
    root: 'tests/browser/page',
    configFile: false,
    logLevel: 'error',
    base: './',
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022' },
  });
  const server = await serveFolder(folder);
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
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
