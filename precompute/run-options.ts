// What the user of `atlas run` has chosen, and what all its experiments share.
import type { Executor } from '../src/engine/runtime/executor.ts';
import type { Progress } from './progress.ts';

export interface RunOptions {
  /** The artifact becomes a folder in this one, named after the experiment. */
  readonly out: string;
  readonly cache: string;
  /** The cache is the project's own, not one that the user names. */
  readonly isOwnCache: boolean;
  readonly provider: string;
  /** Started when it is first needed; the caller disposes it. */
  readonly executor: () => Promise<Executor>;
  /** Bytes. */
  readonly memory: number;
  /** Run even what is current, and forget kept stages. */
  readonly force: boolean;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}
