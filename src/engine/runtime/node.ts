// ONNX Runtime in Node: CUDA where it can be had, else WebGPU (Vulkan, Metal, D3D12), else the CPU.
import { availableParallelism } from 'node:os';
import { nodeProviders, ProviderError } from './executor.ts';
import type { Executor } from './executor.ts';
import { createLanes } from './node-lanes.ts';
import { nodeCompiler } from './node-session.ts';
import type { NodeProvider } from './node-session.ts';
import { hasVulkanLoader } from './node-vulkan.ts';
import { probe } from './probe.ts';

export type { NodeProvider };

export interface NodeExecutorOptions {
  readonly provider?: NodeProvider | 'auto';
  /** Threads on the CPU; all cores by default. */
  readonly threads?: number;
  /**
   * On the CPU: as many single-threaded sessions side by side as there are threads (the default), which
   * the benchmark shows to be faster for our chunks of small networks, or one session that splits each operator.
   */
  readonly sideBySide?: boolean;
}

/** Every lane is a thread with a runtime of its own, some 40 MB; more than this many were not measured. */
const mostLanes = 16;

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
  webgpu:
    'Install a driver for a GPU that speaks Vulkan (and its loader, libvulkan1 on Debian), Metal or Direct3D 12.',
  cpu: 'Reinstall onnxruntime-node with `npm ci`.',
};

/** ONNX Runtime's message without its source location and what follows the first line. */
const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .split('\n', 1)[0]!
    .replace(/^\/\S*.* was false\. /, '')
    .trim()
    .replace(/\.$/, '');

type Backend = Pick<Executor, 'compile' | 'dispose' | 'lanes'>;

const singleLane = (compile: Executor['compile']): Backend => ({
  compile,
  lanes: 1,
  dispose() {},
});

/**
 * Starts one provider and shows that it runs; tensors stay on the device where it lets them.
 * A provider that nobody named is not tried where its loader is plainly missing.
 */
async function startProvider(
  provider: NodeProvider,
  threads: number,
  { sideBySide, named }: { readonly sideBySide: boolean; readonly named: boolean },
): Promise<Backend> {
  if (provider === 'webgpu') {
    if (!named && !hasVulkanLoader()) throw new ProviderError('no Vulkan loader was found');
    const onDevice = nodeCompiler(provider, threads, 'gpu-buffer');
    try {
      await probe({ compile: onDevice });
      return singleLane(onDevice);
    } catch {
      // Some builds run WebGPU but cannot bind its buffers; then outputs pass through memory.
    }
  }
  const compile = nodeCompiler(provider, threads);
  await probe({ compile });
  return provider === 'cpu' && sideBySide && threads > 1
    ? createLanes(Math.min(threads, mostLanes))
    : singleLane(compile);
}

/** Which providers this machine can run, each shown by running a program. */
export async function describeNodeProviders(): Promise<ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const provider of nodeProviders) {
    try {
      await startProvider(provider, 1, { sideBySide: false, named: false });
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
  sideBySide = true,
}: NodeExecutorOptions = {}): Promise<Executor> {
  if (provider !== 'auto' && !nodeProviders.includes(provider)) {
    throw new ProviderError(
      `Unknown provider '${String(provider)}': expected auto, ${nodeProviders.join(', ')}.`,
    );
  }
  const refused: string[] = [];
  for (const candidate of provider === 'auto' ? nodeProviders : [provider]) {
    try {
      const named = provider !== 'auto';
      const backend = await startProvider(candidate, threads, { sideBySide, named });
      return {
        provider: candidate,
        reason: `Computing on ${candidate}${refused.length ? `; not on ${refused.join(', nor on ')}` : ''}.`,
        threads: candidate === 'cpu' ? threads : 1,
        products: candidate === 'webgpu' ? 'einsum' : 'matmul',
        // A Node process that loses its GPU gets an error from the next run; there is no event to wait for.
        lost: new Promise(() => {}),
        ...backend,
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
