// The page's side of the check of an exported network: one worker for one file, ended when it has answered.
import { wrap } from 'comlink';
import type { OnnxAgreement, OnnxCheck } from '../../artifact/exports/verify-onnx.ts';
import type { OnnxChecking } from './onnx-check.worker.ts';

export type OnnxCheckOutcome =
  | { readonly kind: 'compared'; readonly agreement: OnnxAgreement }
  | { readonly kind: 'failed'; readonly sentence: string };

const startWorker = (): Worker =>
  new Worker(new URL('./onnx-check.worker.ts', import.meta.url), { type: 'module' });

/** Never rejects. @param start makes the worker; a test gives another. */
export async function checkInWorker(
  question: OnnxCheck,
  start: () => Worker = startWorker,
): Promise<OnnxCheckOutcome> {
  let worker: Worker | null = null;
  try {
    const started = start();
    worker = started;
    const death = new Promise<never>((_, reject) => {
      const report = (event: Event): void =>
        reject(new Error((event as Partial<ErrorEvent>).message || 'its worker stopped'));
      started.addEventListener('error', report);
      started.addEventListener('messageerror', report);
    });
    const agreement = await Promise.race([wrap<OnnxChecking>(started).check(question), death]);
    return { kind: 'compared', agreement };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return {
      kind: 'failed',
      sentence: `The file could not be checked in ONNX Runtime (${reason}); it is saved all the same, and can be checked once the page is online.`,
    };
  } finally {
    worker?.terminate();
  }
}
