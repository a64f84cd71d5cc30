// Runs stages one after the other: times them, shows them, and takes from the cache what has been done before.
import { join } from 'node:path';
import type { NamedBytes } from '../src/artifact/full-tensors.ts';
import type { Executor } from '../src/engine/runtime/executor.ts';
import type { Progress } from './progress.ts';
import type { StageCache, StageFiles } from './stage-cache.ts';
import type { StageName } from './stages/shares.ts';

/** A stage whose result can be kept as files. */
export interface KeptStage<Result> {
  readonly compute: () => Promise<Result>;
  readonly encode: (result: Result) => StageFiles;
  readonly decode: (file: (name: string) => NamedBytes) => Result;
}

export interface StageRunner {
  /** Work that is done every time. */
  once<Result>(stage: StageName, share: number, work: () => Promise<Result>): Promise<Result>;
  /** Work whose result is read back where the stage has finished before. */
  kept<Result>(stage: StageName, share: number, work: KeptStage<Result>): Promise<Result>;
  /** Tells that this executor computes; recorded beside what is kept. */
  computedBy(executor: Pick<Executor, 'provider' | 'reason'>): void;
  /** What computed the stages, now or when they were kept. */
  provenance(): { readonly provider: string; readonly providerReason: string };
  /** Seconds each stage took, or took when it was computed. */
  timings(): Record<string, number>;
}

export function createStageRunner({
  cache,
  cacheFolder,
  progress,
  signal,
}: {
  readonly cache: StageCache;
  /** For messages. */
  readonly cacheFolder: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}): StageRunner {
  const timings: Record<string, number> = {};
  let provenance: ReturnType<StageRunner['provenance']> | null = null;

  const timed = async <Result>(stage: StageName, work: () => Promise<Result>) => {
    const started = performance.now();
    const result = await work();
    timings[stage] = Math.round(performance.now() - started) / 1000;
    return result;
  };
  const begin = (stage: StageName, share: number) => {
    signal.throwIfAborted();
    progress.stage(stage, share);
  };
  const runner: StageRunner = {
    async once(stage, share, work) {
      begin(stage, share);
      return timed(stage, work);
    },
    async kept(stage, share, { compute, encode, decode }) {
      begin(stage, share);
      const found = await cache.load(stage);
      if (found) {
        const { seconds, ...computed } = found.record;
        provenance ??= computed;
        timings[stage] = seconds;
        progress.note(`${stage}: finished before the run was interrupted, taken from there`);
        return decode((name) => ({
          bytes: found.files.get(name) ?? new Uint8Array(0),
          where: join(cacheFolder, name),
        }));
      }
      const result = await timed(stage, compute);
      await cache.save(stage, encode(result), {
        seconds: timings[stage] as number,
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
