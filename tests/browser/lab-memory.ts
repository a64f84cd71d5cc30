// What the laboratory holds in memory while it is used: the page and its workers together, JavaScript and WebAssembly.
import type { Page } from 'playwright-core';
import { Lab } from './lab.ts';
import { until } from './site.ts';

/** Measures at once, where Chromium would otherwise wait for its next collection. */
export const memoryArguments = [
  '--enable-blink-features=ForceEagerMeasureMemory',
  '--js-flags=--expose-gc',
];

interface MeasuredMemory {
  readonly bytes: number;
}

/** Bytes, after garbage was collected; only of a cross-origin isolated page. */
export async function memoryOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await Promise.all(
    page
      .workers()
      .map((worker) =>
        worker.evaluate(() => (globalThis as unknown as { gc?: () => void }).gc?.()),
      ),
  );
  return page.evaluate(async () => {
    const { measureUserAgentSpecificMemory: measure } = performance as unknown as {
      measureUserAgentSpecificMemory(): Promise<MeasuredMemory>;
    };
    return (await measure.call(performance)).bytes;
  });
}

/** One round of what a reader does for minutes: trains anew, looks at other pictures, lets them go again. */
export async function useOnce(lab: Lab, kinds: readonly string[]): Promise<void> {
  await lab.press('train');
  await lab.waitForPhase('ended');
  for (const kind of kinds) {
    const before = await lab.panels.count();
    await lab.addPanel(kind);
    const card = lab.panels.nth(before);
    const compute = card.locator('[data-act="compute"]');
    if (await compute.isVisible()) await compute.click();
    await until(
      () =>
        card
          .locator('[data-picture] :is(svg, canvas)')
          .count()
          .then((n) => n > 0),
      true,
      60_000,
    );
    await card.locator('[data-act="close"]').click();
    await until(() => lab.panels.count(), before);
  }
}

/** Counts graphics buffers in every worker that starts from now on. */
export function countGpuBuffers(
  page: Page,
): () => Promise<{ readonly created: number; readonly destroyed: number }> {
  const counters: Promise<void>[] = [];
  page.on('worker', (worker) => {
    const counting = worker.evaluate(() => {
      const scope = globalThis as unknown as {
        buffers: { created: number; destroyed: number };
        GPUDevice?: { prototype: { createBuffer(...of: unknown[]): object } };
        GPUBuffer?: { prototype: { destroy(): void } };
      };
      scope.buffers = { created: 0, destroyed: 0 };
      if (!scope.GPUDevice || !scope.GPUBuffer) return;
      const { createBuffer } = scope.GPUDevice.prototype;
      const { destroy } = scope.GPUBuffer.prototype;
      const gone = new WeakSet<object>();
      scope.GPUDevice.prototype.createBuffer = function (...of) {
        scope.buffers.created++;
        return createBuffer.apply(this, of);
      };
      scope.GPUBuffer.prototype.destroy = function () {
        if (!gone.has(this)) scope.buffers.destroyed++;
        gone.add(this);
        destroy.call(this);
      };
    });
    counters.push(counting.catch(() => {}));
  });
  return async () => {
    await Promise.all(counters);
    const counts = await Promise.all(
      page
        .workers()
        .map((worker) =>
          worker.evaluate(
            () =>
              (globalThis as unknown as { buffers?: { created: number; destroyed: number } })
                .buffers ?? { created: 0, destroyed: 0 },
          ),
        ),
    );
    return counts.reduce((sum, { created, destroyed }) => ({
      created: sum.created + created,
      destroyed: sum.destroyed + destroyed,
    }));
  };
}
