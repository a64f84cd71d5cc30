// The module worker that opens an exported network in ONNX Runtime and asks it the questions that ours was asked.
import { expose } from 'comlink';
import {
  checkOnnx,
  type OnnxAgreement,
  type OnnxCheck,
} from '../../artifact/exports/verify-onnx.ts';
import { createWebExecutor } from '../../engine/runtime/web.ts';
import { runtimeUrls } from '../runtime-urls.ts';

export interface OnnxChecking {
  /** Rejects where ONNX Runtime does not open or run the file. */
  check(question: OnnxCheck): Promise<OnnxAgreement>;
}

const service: OnnxChecking = {
  async check(question) {
    // On WebAssembly, which every browser has: what is asked is whether the file is right, not how fast it is.
    const executor = await createWebExecutor({ provider: 'wasm', urls: runtimeUrls, threads: 1 });
    try {
      return await checkOnnx(question, executor);
    } finally {
      executor.dispose();
    }
  },
};

expose(service);
