// An executor that hears its reader: before each piece of work other tasks get their turn, and cancelled work ends there.
import type { Executor, Program } from '../engine/runtime/executor.ts';
import { yieldToTasks } from './yield-to-tasks.ts';

/** Milliseconds of work after which messages are listened for. */
const longestWork = 12;

/** The same executor; what is compiled and run rejects with the signal's reason once it is aborted. */
export function watchedExecutor(executor: Executor, signal: AbortSignal): Executor {
  let yieldedAt = performance.now();
  const listen = async (): Promise<void> => {
    if (performance.now() - yieldedAt > longestWork) {
      await yieldToTasks();
      yieldedAt = performance.now();
    }
    signal.throwIfAborted();
  };
  return {
    ...executor,
    async compile(model) {
      await listen();
      return watched(await executor.compile(model), listen);
    },
  };
}

const watched = (program: Program, listen: () => Promise<void>): Program => ({
  inputs: program.inputs,
  outputs: program.outputs,
  modelBytes: program.modelBytes,
  async run(feeds, lane) {
    await listen();
    return program.run(feeds, lane);
  },
  dispose: () => program.dispose(),
});
