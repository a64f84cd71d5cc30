// ONNX Runtime in the browser: WebGPU where a real adapter answers, else WebAssembly. Meant for a module worker.
import type { InferenceSession } from 'onnxruntime-common';
import { input } from '../graph/leaf.ts';
import { serialise } from '../onnx/serialise.ts';
import { ProviderError, webProviders } from './executor.ts';
import type { Executor } from './executor.ts';
import { probe } from './probe.ts';
import { createProgram } from './session.ts';
import { forgetRuntime, isLoaded, loadRuntime, webGpuBuild } from './web-runtime.ts';
import type { RuntimeBuild, RuntimeOptions } from './web-runtime.ts';

export type WebProvider = (typeof webProviders)[number];

export const webProviderNames: Readonly<Record<WebProvider, string>> = {
  webgpu: 'WebGPU',
  wasm: 'WebAssembly',
};

export interface WebExecutorOptions extends RuntimeOptions {
  readonly provider?: WebProvider | 'auto';
}

interface GpuAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}

/** Null where there is none, or where the browser throws instead of saying so. */
const gpuAdapter = async (): Promise<GpuAdapter | null> => {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<GpuAdapter | null> } };
  return (await gpu?.requestAdapter().catch(() => null)) ?? null;
};

/** Null if WebGPU is worth trying, else why not, a clause; a software adapter is far slower than WebAssembly. */
export async function whyNotWebGpu(acceptSoftware: boolean): Promise<string | null> {
  if (!('gpu' in navigator)) return 'this browser has no WebGPU';
  const adapter = await gpuAdapter();
  if (!adapter) return 'this browser found no graphics adapter';
  const software = adapter.isFallbackAdapter ?? adapter.info?.isFallbackAdapter ?? false;
  return software && !acceptSoftware ? 'its only graphics adapter is a software one' : null;
}

/** The error of a provider that was named and cannot run. */
export const noWebGpu = (refusal: string): ProviderError =>
  new ProviderError(
    `WebGPU cannot run here: ${refusal}. Choose WebAssembly, or a browser with WebGPU switched on.`,
  );

/**
 * Starts one provider. WebAssembly is taken from a build that is there already, so that a worker which computes
 * on both downloads one.
 */
export async function startWebProvider(
  provider: WebProvider,
  options: RuntimeOptions,
  reason = `Computing on ${webProviderNames[provider]}.`,
): Promise<Executor> {
  if (provider === 'webgpu') return startOn(webGpuBuild(), provider, options, reason);
  if (!isLoaded('wasm') && isLoaded(webGpuBuild())) {
    try {
      return await startOn(webGpuBuild(), provider, options, reason);
    } catch {
      // A build whose start has failed stays broken in this worker; the plain one stands on its own.
      forgetRuntime(webGpuBuild());
    }
  }
  return startOn('wasm', provider, options, reason);
}

async function startOn(
  build: RuntimeBuild,
  provider: WebProvider,
  options: RuntimeOptions,
  reason: string,
): Promise<Executor> {
  const ort = await loadRuntime(build, options);
  const session: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    // Weights and optimiser state stay where they are computed.
    ...(provider === 'webgpu' ? { preferredOutputLocation: 'gpu-buffer' } : {}),
  };
  const compile: Executor['compile'] = (model) => createProgram(ort, model, session);
  // ONNX Runtime destroys the graphics device with its last session, so one is kept as long as the executor.
  const anchor = await compile(serialise({ y: input('x', [1]) }));
  // The runtime has its own copy by now.
  delete ort.env.wasm.wasmBinary;
  try {
    await probe({ compile });
  } catch (error) {
    anchor.dispose();
    throw error;
  }
  const lost =
    provider === 'webgpu'
      ? Promise.resolve(ort.env.webgpu.device)
          .then((device) => device.lost)
          .then(({ message }) => message || 'the graphics device was lost')
      : new Promise<string>(() => {});
  return {
    provider,
    reason,
    products: provider === 'webgpu' ? 'einsum' : 'matmul',
    lanes: 1,
    threads: provider === 'wasm' ? (ort.env.wasm.numThreads ?? 1) : 1,
    lost,
    compile,
    dispose: () => anchor.dispose(),
  };
}

/**
 * An executor on the provider named, or with 'auto' on WebGPU if a hardware adapter runs it, else on WebAssembly.
 * @throws ProviderError where a provider named explicitly cannot run, with the fix.
 */
export async function createWebExecutor(options: WebExecutorOptions): Promise<Executor> {
  const { provider = 'auto' } = options;
  if (provider === 'wasm') return startWebProvider('wasm', options);
  let refusal = await whyNotWebGpu(provider === 'webgpu');
  if (refusal === null) {
    try {
      return await startWebProvider('webgpu', options);
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  if (provider === 'webgpu') throw noWebGpu(refusal);
  return startWebProvider('wasm', options, `Computing on WebAssembly; not on WebGPU: ${refusal}.`);
}
