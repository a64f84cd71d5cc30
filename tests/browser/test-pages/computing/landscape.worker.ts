// Computes the landscape mathematics where the site does: in a module worker, which has no DOM.
import { expose } from 'comlink';
import { createWebExecutor, type WebProvider } from '../../../../src/engine/runtime/web.ts';
import { runtimeUrls } from '../../../../src/worker/runtime-urls.ts';
import { landscapeNumbers } from '../../landscape-numbers.ts';
import type { PageLandscape } from '../../computing-page.ts';

/** All of the folder, whatever the numbers need of it. */
const modules = import.meta.glob('../../../../src/landscape/**/*.ts', { eager: true });

const landscapeWorker = {
  async numbers(provider: WebProvider): Promise<PageLandscape> {
    const executor = await createWebExecutor({ provider, urls: runtimeUrls });
    try {
      return {
        provider: executor.provider,
        modules: Object.keys(modules).map((path) => path.replace(/^[./]+/, '')),
        numbers: await landscapeNumbers(executor),
      };
    } finally {
      executor.dispose();
    }
  },
};

export type LandscapeWorker = typeof landscapeWorker;
expose(landscapeWorker);
