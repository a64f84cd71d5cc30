// Which provider a run computes on: the one that is named, or on 'auto' the one that is faster at this very graph.
import { DownloadError } from '../../engine/runtime/download.ts';
import type { Executor } from '../../engine/runtime/executor.ts';
import { noWebGpu, webProviderNames, type WebProvider } from '../../engine/runtime/web.ts';
import type { DownloadReport, ProviderChoice } from '../provider-choice.ts';
import type { ProviderTimes, RunRequest } from './run-messages.ts';

/** What computes here, as far as the choice needs it; a test gives others. */
export interface ProviderHome {
  /** Null where WebGPU is worth trying, else why not, a clause. */
  whyNotWebGpu(acceptSoftware: boolean): Promise<string | null>;
  start(provider: WebProvider, onDownload: (report: DownloadReport) => void): Promise<Executor>;
  /** 'auto' then tries graphics adapters made of software too, which are far slower: for tests. */
  readonly acceptSoftware?: boolean;
}

export interface Chosen {
  readonly executor: Executor;
  /** One sentence, with both times where both were measured. */
  readonly reason: string;
  readonly times: ProviderTimes | null;
}

export interface Wanted {
  readonly choice: ProviderChoice;
  readonly automatic: RunRequest['automatic'];
  /** Runs of the same text are as fast as each other. */
  readonly shapes: string;
  /** Milliseconds a step on an executor. */
  readonly time: (executor: Executor) => Promise<number>;
  readonly onDownload: (report: DownloadReport) => void;
}

/** Keeps the executor that was taken last, and what has been measured. */
export class ExecutorChoice {
  readonly #home: ProviderHome;
  readonly #kept = new Map<WebProvider, Executor>();
  readonly #measured = new Map<
    string,
    { readonly provider: WebProvider } & Omit<Chosen, 'executor'>
  >();

  constructor(home: ProviderHome) {
    this.#home = home;
  }

  /** @throws ProviderError where a provider that is named cannot run; DownloadError where its files cannot be had. */
  async take(wanted: Wanted): Promise<Chosen> {
    const chosen = await this.#choose(wanted);
    for (const executor of [...this.#kept.values()])
      if (executor !== chosen.executor) this.drop(executor);
    return chosen;
  }

  /** Gives an executor back: it lost its device, or another is faster. */
  drop(executor: Executor): void {
    for (const [provider, kept] of this.#kept) if (kept === executor) this.#kept.delete(provider);
    executor.dispose();
  }

  async #choose(wanted: Wanted): Promise<Chosen> {
    const { choice, automatic } = wanted;
    if (choice !== 'auto') {
      const refusal = choice === 'webgpu' ? await this.#home.whyNotWebGpu(true) : null;
      if (refusal !== null) throw noWebGpu(refusal);
      return this.#named(choice, wanted);
    }
    const known = automatic === 'faster' ? this.#measured.get(wanted.shapes) : undefined;
    if (known) {
      const { provider, reason, times } = known;
      return { executor: await this.#start(provider, wanted), reason, times };
    }
    const refusal = await this.#home.whyNotWebGpu(this.#home.acceptSoftware ?? false);
    if (refusal !== null) return this.#webAssembly(wanted, refusal);
    let webgpu: Executor;
    try {
      webgpu = await this.#start('webgpu', wanted);
    } catch (error) {
      if (error instanceof DownloadError) throw error;
      return this.#webAssembly(wanted, messageOf(error));
    }
    if (automatic === 'faster') return this.#faster(webgpu, wanted);
    return { executor: webgpu, reason: computingOn('webgpu'), times: null };
  }

  async #faster(webgpu: Executor, wanted: Wanted): Promise<Chosen> {
    let onWebGpu: number;
    try {
      const lost = webgpu.lost.then((message) => Promise.reject(new Error(message)));
      onWebGpu = await Promise.race([wanted.time(webgpu), lost]);
    } catch (error) {
      this.drop(webgpu);
      return this.#webAssembly(wanted, messageOf(error));
    }
    const wasm = await this.#start('wasm', wanted);
    let onWasm: number;
    try {
      onWasm = await wanted.time(wasm);
    } catch (error) {
      const reason = `Computing on WebGPU; not on WebAssembly: ${messageOf(error)}.`;
      return { executor: webgpu, reason, times: null };
    }
    const times = { webgpu: onWebGpu, wasm: onWasm };
    const executor = onWebGpu < onWasm ? webgpu : wasm;
    const provider = executor === webgpu ? 'webgpu' : 'wasm';
    const reason = `WebGPU ${rounded(onWebGpu)} ms a step, WebAssembly ${rounded(onWasm)} ms: computing on ${webProviderNames[provider]}.`;
    this.#measured.set(wanted.shapes, { provider, reason, times });
    return { executor, reason, times };
  }

  async #webAssembly(wanted: Wanted, refusal: string): Promise<Chosen> {
    const executor = await this.#start('wasm', wanted);
    const reason = `Computing on WebAssembly; not on WebGPU: ${refusal}.`;
    return { executor, reason, times: null };
  }

  async #named(provider: WebProvider, wanted: Wanted): Promise<Chosen> {
    const reason = computingOn(provider);
    try {
      return { executor: await this.#start(provider, wanted), reason, times: null };
    } catch (error) {
      if (provider === 'wasm' || error instanceof DownloadError) throw error;
      throw noWebGpu(messageOf(error));
    }
  }

  async #start(provider: WebProvider, { onDownload }: Wanted): Promise<Executor> {
    const known = this.#kept.get(provider);
    if (known) return known;
    const executor = await this.#home.start(provider, onDownload);
    this.#kept.set(provider, executor);
    // One that loses its device between two runs is not offered to the next.
    void executor.lost.then(() => {
      if (this.#kept.get(provider) === executor) this.#kept.delete(provider);
    });
    return executor;
  }
}

const computingOn = (provider: WebProvider): string =>
  `Computing on ${webProviderNames[provider]}.`;

const rounded = (milliseconds: number): string =>
  milliseconds < 10 ? milliseconds.toFixed(1) : String(Math.round(milliseconds));

const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.replace(/\.$/, '');
