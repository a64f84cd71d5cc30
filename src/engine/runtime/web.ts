// ONNX Runtime in the browser: WebGPU where a real adapter answers, else WebAssembly. Meant for a module worker.
import type { InferenceSession } from 'onnxruntime-common';
import { input } from '../graph/leaf.ts';
import { serialise } from '../onnx/serialise.ts';
import { downloadBytes } from './download.ts';
import type { DownloadProgress } from './download.ts';
import { ProviderError, webProviders } from './executor.ts';
import type { Executor } from './executor.ts';
import { probe } from './probe.ts';
import { createProgram } from './session.ts';
import type { OrtModule } from './session.ts';

export type WebProvider = (typeof webProviders)[number];

/** One build of the runtime: its WebAssembly and the script that starts it, in threads of its own too. */
export interface RuntimeFiles {
  readonly binary: string;
  readonly script: string;
}

/** Where the runtime's files lie; the site's bundler knows. */
export interface RuntimeUrls {
  /** For the `wasm` provider. */
  readonly wasm: RuntimeFiles;
  /** For `webgpu` where the browser has WebAssembly.Suspending: a smaller file. */
  readonly jspi: RuntimeFiles;
  /** For `webgpu` elsewhere. */
  readonly asyncify: RuntimeFiles;
}

export interface WebExecutorOptions {
  readonly provider?: WebProvider | 'auto';
  readonly urls: RuntimeUrls;
  /** Threads of the `wasm` provider; more than one needs a cross-origin isolated page. */
  readonly threads?: number;
  readonly onDownload?: (progress: DownloadProgress) => void;
}

interface GpuAdapter {
  readonly isFallbackAdapter?: boolean;
  readonly info?: { readonly isFallbackAdapter?: boolean };
}
interface GpuDevice {
  readonly lost: Promise<{ readonly message: string }>;
}
interface WebOrt extends OrtModule {
  readonly env: {
    logLevel?: string;
    readonly wasm: {
      wasmBinary?: ArrayBufferLike | Uint8Array;
      wasmPaths?: { mjs: string };
      numThreads?: number;
    };
    readonly webgpu: { readonly device: Promise<GpuDevice> | GpuDevice };
  };
}

/** Null where there is none, or where the browser throws instead of saying so. */
const gpuAdapter = async (): Promise<GpuAdapter | null> => {
  const { gpu } = navigator as { gpu?: { requestAdapter(): Promise<GpuAdapter | null> } };
  return (await gpu?.requestAdapter().catch(() => null)) ?? null;
};

/** Null if WebGPU is worth trying, else why not; a software adapter is far slower than WebAssembly. */
async function whyNotWebGpu(acceptSoftware: boolean): Promise<string | null> {
  if (!('gpu' in navigator)) return 'this browser has no WebGPU';
  const adapter = await gpuAdapter();
  if (!adapter) return 'this browser found no graphics adapter';
  const software = adapter.isFallbackAdapter ?? adapter.info?.isFallbackAdapter ?? false;
  return software && !acceptSoftware ? 'its only graphics adapter is a software one' : null;
}

async function loadRuntime(
  provider: WebProvider,
  { urls, threads, onDownload }: WebExecutorOptions,
): Promise<WebOrt> {
  const suspends = 'Suspending' in WebAssembly;
  const [files, load] =
    provider === 'wasm'
      ? [urls.wasm, () => import('onnxruntime-web/wasm')]
      : suspends
        ? [urls.jspi, () => import('onnxruntime-web/jspi')]
        : [urls.asyncify, () => import('onnxruntime-web/webgpu')];
  const [module, bytes] = await Promise.all([load(), downloadBytes(files.binary, onDownload)]);
  const ort = module as unknown as WebOrt;
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmBinary = bytes;
  // A bundled runtime would start its threads from a chunk that imports the page's own code.
  ort.env.wasm.wasmPaths = { mjs: new URL(files.script, globalThis.location.href).href };
  const isolated = globalThis.crossOriginIsolated;
  ort.env.wasm.numThreads = isolated
    ? (threads ?? Math.min(4, navigator.hardwareConcurrency || 1))
    : 1;
  return ort;
}

async function startProvider(
  provider: WebProvider,
  options: WebExecutorOptions,
  reason: string,
): Promise<Executor> {
  const ort = await loadRuntime(provider, options);
  const session: InferenceSession.SessionOptions = {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    // Weights and optimiser state stay where they are computed.
    ...(provider === 'webgpu' ? { preferredOutputLocation: 'gpu-buffer' } : {}),
  };
  const compile: Executor['compile'] = (model) => createProgram(ort, model, session);
  // ONNX Runtime destroys the graphics device with its last session, so one is kept as long as the executor.
  const anchor = await compile(serialise({ y: input('x', [1]) }));
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
  if (provider === 'wasm') return startProvider('wasm', options, 'Computing on WebAssembly.');
  let refusal = await whyNotWebGpu(provider === 'webgpu');
  if (refusal === null) {
    try {
      return await startProvider('webgpu', options, 'Computing on WebGPU.');
    } catch (error) {
      refusal = error instanceof Error ? error.message : String(error);
    }
  }
  if (provider === 'webgpu') {
    throw new ProviderError(
      `WebGPU cannot run here: ${refusal}. Choose WebAssembly, or a browser with WebGPU switched on.`,
    );
  }
  return startProvider('wasm', options, `Computing on WebAssembly; not on WebGPU: ${refusal}.`);
}
