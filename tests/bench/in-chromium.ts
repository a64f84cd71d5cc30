// Builds the benchmark page, opens it in headless Chromium and calls its functions.
import { chromium } from 'playwright-core';
import { build } from 'vite';
import { findChromium, quietArguments } from '../browser/chromium.ts';
import { serveFolder } from '../browser/static-server.ts';
import type { BenchCase } from './cases.ts';
import type { Trained } from './page/default-experiment.ts';

export interface PageBench {
  ours(benchCase: BenchCase, threads: number): Promise<number>;
  tensorflow(benchCase: BenchCase, steps: number): Promise<number>;
  /** The laboratory's default experiment: all of its networks, or so many of them. */
  trainOurs(threads: number): Promise<Trained>;
  trainTensorflow(networks: number): Promise<Trained>;
  trainPerSample(networks: number): Promise<Trained>;
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
    const call = <T>(name: keyof PageBench, ...args: unknown[]): Promise<T> =>
      page.evaluate(
        ([fn, list]) =>
          (globalThis as unknown as { bench: Record<string, (...a: unknown[]) => Promise<T>> })
            .bench[fn as string]!(...(list as unknown[])),
        [name, args] as const,
      );
    return await use({
      ours: (benchCase, threads) => call('ours', benchCase, threads),
      tensorflow: (benchCase, steps) => call('tensorflow', benchCase, steps),
      trainOurs: (threads) => call('trainOurs', threads),
      trainTensorflow: (networks) => call('trainTensorflow', networks),
      trainPerSample: (networks) => call('trainPerSample', networks),
    });
  } finally {
    await browser.close();
    await server.close();
  }
}
