// The page's side of the check of an exported network: one worker for one file, ended when it has answered.
import type { OnnxAgreement, OnnxCheck } from '../../artifact/exports/verify-onnx.ts';
import { WorkerHandle } from '../worker-handle.ts';
import type { OnnxChecking } from './onnx-check.worker.ts';

export type OnnxCheckOutcome =
  | { readonly kind: 'compared'; readonly agreement: OnnxAgreement }
  | { readonly kind: 'failed'; readonly sentence: string };

const startWorker = (): Worker =>
  new Worker(new URL('./onnx-check.worker.ts', import.meta.url), { type: 'module' });

const unchecked = (reason: string): string =>
  `The file could not be checked in ONNX Runtime (${reason}); it is saved all the same, and can be checked once the page is online.`;

const stopped = (message: string): string => unchecked(message || 'its worker stopped');

/** Never rejects. @param start makes the worker; a test gives another. */
export async function checkInWorker(
  question: OnnxCheck,
  start: () => Worker = startWorker,
): Promise<OnnxCheckOutcome> {
  const worker = new WorkerHandle<OnnxChecking>({ start, stopped, unreachable: unchecked });
  const call = await worker.call((service) => service.check(question));
  worker.dismiss();
  if (call.kind === 'done') return { kind: 'compared', agreement: call.result };
  return call.kind === 'failed' ? call : { kind: 'failed', sentence: stopped('') };
}
