// Builds the benchmark page, opens it in headless Chromium and calls its functions.
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium, quietArguments } from '../browser/chromium.ts';
import { serveFolder } from '../browser/static-server.ts';
import type { BenchCase } from './cases.ts';

export interface PageBench {
  ours(benchCase: BenchCase, threads: number): Promise<number>;
  tensorflow(benchCase: BenchCase, steps: number): Promise<number>;
}

const folder = 'tests/.output/bench-page';

export async function buildBenchPage(): Promise<void> {
  await build({
    root: 'tests/bench/page',
    logLevel: 'warn',
    optimizeDeps: { exclude: ['onnxruntime-web'] },
    build: { outDir: `${process.cwd()}/${folder}`, emptyOutDir: true, target: 'es2022' },
  });
}

/** Isolated pages may use WebAssembly threads. */
export async function inChromium<Result>(
  isolated: boolean,
  use: (bench: PageBench) => Promise<Result>,
): Promise<Result> {
  const server = await serveFolder(folder, { isolated });
  const browser = await chromium.launch({ executablePath: findChromium(), args: quietArguments });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.waitForFunction('globalThis.bench');
    const call = (name: keyof PageBench, ...args: unknown[]): Promise<number> =>
      page.evaluate(
        ([fn, list]) =>
          (globalThis as unknown as { bench: Record<string, (...a: unknown[]) => Promise<number>> })
            .bench[fn as string]!(...(list as unknown[])),
        [name, args] as const,
      );
    return await use({
      ours: (benchCase, threads) => call('ours', benchCase, threads),
      tensorflow: (benchCase, steps) => call('tensorflow', benchCase, steps),
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
