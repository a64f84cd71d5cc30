// ONNX Runtime in Node: CUDA where it can be had, else WebGPU (Vulkan, Metal, D3D12), else the CPU.
import { availableParallelism } from 'node:os';
import ort from 'onnxruntime-node';
import type { InferenceSession } from 'onnxruntime-common';
import { nodeProviders, ProviderError } from './executor.ts';
import type { Executor } from './executor.ts';
import { probe } from './probe.ts';
import { createProgram } from './session.ts';
import type { OrtModule } from './session.ts';

export type NodeProvider = (typeof nodeProviders)[number];

export interface NodeExecutorOptions {
  readonly provider?: NodeProvider | 'auto';
  /** Threads within one operator, on the CPU; all cores by default. */
  readonly threads?: number;
}

export interface ProviderReport {
  readonly provider: NodeProvider;
  readonly available: boolean;
  /** Why not, in a sentence; empty where it is available. */
  readonly reason: string;
  /** What to do about it; empty where it is available. */
  readonly fix: string;
}

const fixes: Readonly<Record<NodeProvider, string>> = {
  cuda: 'Run `npm run setup:cuda` on a machine with an NVIDIA driver, CUDA 12 and cuDNN 9.',
  webgpu: 'Install a driver for a GPU that speaks Vulkan, Metal or Direct3D 12.',
  cpu: 'Reinstall onnxruntime-node with `npm ci`.',
};

// A provider that fails to load is reported by us, in a sentence, not by the library's log.
ort.env.logLevel = 'fatal';

type OutputLocation = 'cpu' | 'gpu-buffer';

function sessionOptions(
  provider: NodeProvider,
  threads: number,
  location: OutputLocation,
): InferenceSession.SessionOptions {
  return {
    executionProviders: [provider],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    logSeverityLevel: 4,
    ...(location === 'cpu' ? {} : { preferredOutputLocation: location }),
  };
}

const compiler = (options: InferenceSession.SessionOptions): Executor['compile'] => (model) =>
  createProgram(ort as unknown as OrtModule, model, options);

/** ONNX Runtime's message without its source location and what follows the first line. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]!
    .replace(/^\/\S*.* was false\. /, '')
    .trim()
    .replace(/\.$/, '');

/** Compiles for one provider after showing that it runs; tensors stay on the device where it lets them. */
async function startProvider(
  provider: NodeProvider,
  threads: number,
): Promise<Executor['compile']> {
  if (provider === 'webgpu') {
    const onDevice = compiler(sessionOptions(provider, threads, 'gpu-buffer'));
    try {
      await probe({ compile: onDevice });
      return onDevice;
    } catch {
      // Some builds run WebGPU but cannot bind its buffers; then outputs pass through memory.
    }
  }
  const compile = compiler(sessionOptions(provider, threads, 'cpu'));
  await probe({ compile });
  return compile;
}

/** Which providers this machine can run, each shown by running a program. */
export async function describeNodeProviders(): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const provider of nodeProviders) {
    try {
      await startProvider(provider, 1);
      reports.push({ provider, available: true, reason: '', fix: '' });
    } catch (error) {
      reports.push({ provider, available: false, reason: firstLine(error), fix: fixes[provider] });
    }
  }
  return reports;
}

/**
 * An executor on the provider named, or with 'auto' on the first of CUDA, WebGPU and CPU that runs.
 * @throws ProviderError where a provider named explicitly cannot run, with the fix.
 */
export async function createNodeExecutor({
  provider = 'auto',
  threads = availableParallelism(),
}: NodeExecutorOptions = {}): Promise<Executor> {
  if (provider !== 'auto' && !nodeProviders.includes(provider)) {
    throw new ProviderError(
      `Unknown provider '${String(provider)}': expected auto, ${nodeProviders.join(', ')}.`,
    );
  }
  const refused: string[] = [];
  for (const candidate of provider === 'auto' ? nodeProviders : [provider]) {
    try {
      const compile = await startProvider(candidate, threads);
      return {
        provider: candidate,
        reason: `Computing on ${candidate}${refused.length ? `; not on ${refused.join(', nor on ')}` : ''}.`,
        threads: candidate === 'cpu' ? threads : 1,
        products: candidate === 'webgpu' ? 'einsum' : 'matmul',
        // A Node process that loses its GPU gets an error from the next run; there is no event to wait for.
        lost: new Promise(() => {}),
        compile,
        dispose() {},
      };
    } catch (error) {
      refused.push(`${candidate} (${firstLine(error)})`);
    }
  }
  throw new ProviderError(
    provider === 'auto'
      ? `No provider runs here: ${refused.join('; ')}. ${fixes.cpu}`
      : `The provider '${provider}' cannot run here: ${refused[0]}. ${fixes[provider]} Or use --provider auto.`,
  );
}
