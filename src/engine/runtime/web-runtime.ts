// Loads ONNX Runtime's builds for the browser, each once in a worker, and none by halves.
import { downloadBytes } from './download.ts';
import type { DownloadProgress } from './download.ts';
import type { OrtModule } from './session.ts';

/** One build of the runtime: its WebAssembly and the script that starts it, in threads of its own too. */
export interface RuntimeFiles {
  readonly binary: string;
  readonly script: string;
}

/** Where the runtime's files lie; the site's bundler knows. */
export interface RuntimeUrls {
  /** For the `wasm` provider alone. */
  readonly wasm: RuntimeFiles;
  /** For `webgpu` and `wasm`, where the browser has WebAssembly.Suspending: a smaller file. */
  readonly jspi: RuntimeFiles;
  /** For `webgpu` and `wasm` elsewhere. */
  readonly asyncify: RuntimeFiles;
}

export type RuntimeBuild = keyof RuntimeUrls;

export interface RuntimeOptions {
  readonly urls: RuntimeUrls;
  /** Threads of the `wasm` provider, for a build's first use; more than one needs a cross-origin isolated page. */
  readonly threads?: number;
  readonly onDownload?: (progress: DownloadProgress) => void;
}

interface GpuDevice {
  readonly lost: Promise<{ readonly message: string }>;
}

export interface WebOrt extends OrtModule {
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

const modules: Readonly<Record<RuntimeBuild, () => Promise<unknown>>> = {
  wasm: () => import('onnxruntime-web/wasm'),
  jspi: () => import('onnxruntime-web/jspi'),
  asyncify: () => import('onnxruntime-web/webgpu'),
};

/** The build that computes on graphics devices here; the `wasm` provider is in it too. */
export const webGpuBuild = (): RuntimeBuild => ('Suspending' in WebAssembly ? 'jspi' : 'asyncify');

interface Loading {
  readonly runtime: Promise<WebOrt>;
  /** All who wait for it hear how far it is. */
  readonly hearers: Set<(progress: DownloadProgress) => void>;
}

const loads = new Map<RuntimeBuild, Loading>();

/** Whether a build is there, or on its way. */
export const isLoaded = (build: RuntimeBuild): boolean => loads.has(build);

/** Forgets a build, so that the next use loads it again. */
export const forgetRuntime = (build: RuntimeBuild): void => void loads.delete(build);

/** The build, loaded at its first use; after a failure the next call tries again from the beginning. */
export async function loadRuntime(build: RuntimeBuild, options: RuntimeOptions): Promise<WebOrt> {
  let loading = loads.get(build);
  if (!loading) {
    const hearers: Loading['hearers'] = new Set();
    const report = (progress: DownloadProgress) => hearers.forEach((hear) => hear(progress));
    loading = { hearers, runtime: fetchRuntime(build, options, report) };
    loads.set(build, loading);
  }
  const { hearers, runtime } = loading;
  const { onDownload } = options;
  if (onDownload) hearers.add(onDownload);
  try {
    return await runtime;
  } catch (error) {
    if (loads.get(build) === loading) loads.delete(build);
    throw error;
  } finally {
    if (onDownload) hearers.delete(onDownload);
  }
}

async function fetchRuntime(
  build: RuntimeBuild,
  { urls, threads }: RuntimeOptions,
  report: (progress: DownloadProgress) => void,
): Promise<WebOrt> {
  const { binary, script } = urls[build];
  const [module, bytes] = await Promise.all([modules[build](), downloadBytes(binary, report)]);
  const ort = module as WebOrt;
  ort.env.logLevel = 'error';
  ort.env.wasm.wasmBinary = bytes;
  // A bundled runtime would start its threads from a chunk that imports the page's own code.
  ort.env.wasm.wasmPaths = { mjs: new URL(script, globalThis.location.href).href };
  const isolated = globalThis.crossOriginIsolated;
  ort.env.wasm.numThreads = isolated
    ? (threads ?? Math.min(4, navigator.hardwareConcurrency || 1))
    : 1;
  return ort;
}
