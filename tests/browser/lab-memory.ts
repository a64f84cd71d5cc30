// What the laboratory holds in memory while it is used: the page and its workers together, JavaScript and WebAssembly.
import type { Page } from 'playwright-core';
import type { Lab } from './lab.ts';
import { until } from './site.ts';

export interface Memory {
  /** Bytes of JavaScript, the page's and those of its workers. */
  readonly heap: number;
  /** Bytes of WebAssembly memories, which only ever grow, of the workers that live. */
  readonly wasm: number;
}

interface Scope {
  wasmMemories?: WebAssembly.Memory[];
}

const wasmBytes = (): number =>
  ((globalThis as unknown as Scope).wasmMemories ?? []).reduce(
    (sum, { buffer }) => sum + buffer.byteLength,
    0,
  );

/**
 * Watches the workers that start from now on; not of an isolated page, whose threads of the runtime answer no question.
 * @returns measures, after garbage was collected.
 */
export async function watchMemory(page: Page): Promise<() => Promise<Memory>> {
  const heaps = await watchHeaps(page);
  page.on('worker', (worker) => {
    void worker
      .evaluate(() => {
        const scope = globalThis as unknown as Scope;
        const memories: WebAssembly.Memory[] = (scope.wasmMemories = []);
        const { instantiate, Memory: Plain } = WebAssembly;
        WebAssembly.Memory = class extends Plain {
          constructor(descriptor: WebAssembly.MemoryDescriptor) {
            super(descriptor);
            memories.push(this);
          }
        };
        WebAssembly.instantiate = (async (...of: Parameters<typeof instantiate>) => {
          const made = (await instantiate(...of)) as
            WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource;
          const { exports } = 'instance' in made ? made.instance : made;
          for (const value of Object.values(exports))
            if (value instanceof Plain && !memories.includes(value)) memories.push(value);
          return made;
        }) as typeof instantiate;
      })
      .catch(() => {});
  });
  return async () => {
    const wasm = await Promise.all(page.workers().map((worker) => worker.evaluate(wasmBytes)));
    return { heap: await heaps(), wasm: wasm.reduce((sum, bytes) => sum + bytes, 0) };
  };
}

/** Bytes of the heaps of page and workers, each collected first; workers are asked through the page's own session. */
async function watchHeaps(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  const workers = new Set<string>();
  const answers = new Map<number, (result: { usedSize?: number }) => void>();
  let last = 0;
  session.on('Target.attachedToTarget', ({ sessionId }) => workers.add(sessionId));
  session.on('Target.detachedFromTarget', ({ sessionId }) => workers.delete(sessionId));
  session.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result } = JSON.parse(message) as { id: number; result: { usedSize?: number } };
    answers.get(id)?.(result);
    answers.delete(id);
  });
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const ask = (sessionId: string, method: string): Promise<{ usedSize?: number }> => {
    const id = ++last;
    const answer = new Promise<{ usedSize?: number }>((resolve) => answers.set(id, resolve));
    void session.send('Target.sendMessageToTarget', {
      sessionId,
      message: JSON.stringify({ id, method }),
    });
    return answer;
  };
  return async () => {
    await session.send('HeapProfiler.collectGarbage');
    let { usedSize } = await session.send('Runtime.getHeapUsage');
    for (const worker of workers) {
      await ask(worker, 'HeapProfiler.collectGarbage');
      usedSize += (await ask(worker, 'Runtime.getHeapUsage')).usedSize ?? NaN;
    }
    return usedSize;
  };
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
