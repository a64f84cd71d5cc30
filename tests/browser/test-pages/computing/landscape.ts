// Asks a worker of its own for the numbers of the landscape mathematics, so that no runtime meets another.
import { wrap } from 'comlink';
import type { WebProvider } from '../../../../src/engine/runtime/web.ts';
import type { PageLandscape } from '../../computing-page.ts';
import type { LandscapeWorker } from './landscape.worker.ts';

export async function landscapeOn(provider: WebProvider): Promise<PageLandscape> {
  const worker = new Worker(new URL('./landscape.worker.ts', import.meta.url), { type: 'module' });
  const death = new Promise<never>((_, reject) => {
    worker.addEventListener('error', ({ message }) =>
      reject(new Error(`the worker of the landscape stopped: ${message}`)),
    );
  });
  try {
    return await Promise.race([wrap<LandscapeWorker>(worker).numbers(provider), death]);
  } finally {
    worker.terminate();
  }
}
