// Runs stages one after the other: times them, shows them, and takes from the cache what has been done before.
import { join } from 'node:path';
import type { NamedBytes } from '../src/artifact/full-tensors.ts';
import type { Executor } from '../src/engine/runtime/executor.ts';
import type { Progress } from './progress.ts';
import type { StageCache, StageFiles } from './stage-cache.ts';

/** A stage whose result can be kept as files. */
export interface KeptStage<Result> {
  readonly compute: () => Promise<Result>;
  readonly encode: (result: Result) => StageFiles;
  readonly decode: (file: (name: string) => NamedBytes) => Result;
  /** Where it is kept. */
  readonly cache: StageCache;
  /** What to say where it is found there. */
  readonly found: string;
}

export interface StageRunner {
  /** Work that is done every time. */
  once<Result>(stage: string, share: number, work: () => Promise<Result>): Promise<Result>;
  /** Work whose result is read back where the stage has finished before. */
  kept<Result>(stage: string, share: number, work: KeptStage<Result>): Promise<Result>;
  /** Tells that this executor computes; recorded beside what is kept. */
  computedBy(executor: Pick<Executor, 'provider' | 'reason'>): void;
  /** What computed the stages, now or when they were kept. */
  provenance(): { readonly provider: string; readonly providerReason: string };
  /** Seconds each stage took, or took when it was computed. */
  timings(): Record<string, number>;
}

export function createStageRunner({
  progress,
  signal,
}: {
  readonly progress: Progress;
  readonly signal: AbortSignal;
}): StageRunner {
  const timings: Record<string, number> = {};
  let provenance: ReturnType<StageRunner['provenance']> | null = null;

  const timed = async <Result>(stage: string, work: () => Promise<Result>) => {
    const started = performance.now();
    const result = await work();
    const seconds = Math.round(performance.now() - started) / 1000;
    addTime(stage, seconds);
    return { result, seconds };
  };
  // A study trains several times.
  const addTime = (stage: string, seconds: number): void => {
    timings[stage] = Math.round(((timings[stage] ?? 0) + seconds) * 1000) / 1000;
  };
  const begin = (stage: string, share: number) => {
    signal.throwIfAborted();
    progress.stage(stage, share);
  };
  const runner: StageRunner = {
    async once(stage, share, work) {
      begin(stage, share);
      return (await timed(stage, work)).result;
    },
    async kept(stage, share, { compute, encode, decode, cache, found: words }) {
      begin(stage, share);
      const found = await cache.load(stage);
      if (found) {
        const { seconds, ...computed } = found.record;
        provenance ??= computed;
        addTime(stage, seconds);
        progress.note(`${stage}: ${words}`);
        return decode((name) => ({
          bytes: found.files.get(name) ?? new Uint8Array(0),
          where: join(cache.folder, name),
        }));
      }
      const { result, seconds } = await timed(stage, compute);
      await cache.save(stage, encode(result), {
        seconds,
        ...runner.provenance(),
      });
      return result;
    },
    computedBy({ provider, reason }) {
      provenance ??= { provider, providerReason: reason };
    },
    provenance() {
      if (!provenance) throw new Error('no stage has been computed yet');
      return provenance;
    },
    timings: () => ({ ...timings }),
  };
  return runner;
}
