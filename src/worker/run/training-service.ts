// The training worker's service: one open run, led by commands, and gone on with where its device is lost.
import type { DataSources } from '../../learning/prepare-data.ts';
import { DeviceLostError, failureOf } from '../failures.ts';
import { ExecutorChoice, type ProviderHome } from './executor-choice.ts';
import { experimentOf } from './prepare-run.ts';
import { attemptRun, type AttemptHome, type ServedRun } from './run-attempt.ts';
import { RunClosedError, RunCommands } from './run-commands.ts';
import type {
  OpenOutcome,
  RunMessage,
  RunRequest,
  SavedTraining,
  TrainingService,
} from './run-messages.ts';

export interface TrainingHome extends ProviderHome {
  sources(csv: string | null): DataSources;
}

export function createTrainingService(home: TrainingHome): TrainingService {
  const attemptHome = {
    executors: new ExecutorChoice(home),
    sources: (csv: string | null) => home.sources(csv),
  };
  let current: RunCommands | null = null;
  /** Runs share the runtime, so the next begins when the last has let go of it. */
  let last: Promise<unknown> = Promise.resolve();
  return {
    open(request, listener) {
      current?.close();
      const commands = new RunCommands(request.selected);
      current = commands;
      const { promise: outcome, resolve: conclude } = Promise.withResolvers<OpenOutcome>();
      const saved = request.resume;
      const experiment = experimentOf(request);
      const served: ServedRun = { commands, listener, conclude, isOpen: false, saved, experiment };
      // Whoever closes it while it opens need not wait for what is under way.
      void commands.closing.then(() => conclude({ kind: 'closed' }));
      last = last.then(async () => {
        await serveRun(request, served, attemptHome);
        if (current === commands) current = null;
      });
      return outcome;
    },
    send: (command) => current?.take(command),
    save: () => current?.save() ?? Promise.resolve(null),
    close: () => current?.close(),
  };
}

/** From its opening until it is closed or has failed, on one provider and, where that loses its device, on another. */
async function serveRun(request: RunRequest, run: ServedRun, home: AttemptHome): Promise<void> {
  const { commands } = run;
  const tell = (message: RunMessage): void => {
    if (!commands.isClosed) void run.listener(message).catch(() => {});
  };
  try {
    commands.check();
    try {
      await attemptRun(request, run, home);
    } catch (error) {
      if (!(error instanceof DeviceLostError) || request.provider !== 'auto') throw error;
      commands.check();
      const resume = run.saved && { ...run.saved, experiment: run.experiment };
      tell({ kind: 'fallback', sentence: fallbackSentence(request, resume) });
      leadOn(request, run);
      const { experiment } = run;
      await attemptRun({ ...request, experiment, resume, provider: 'wasm' }, run, home);
    }
  } catch (error) {
    if (error instanceof RunClosedError || commands.isClosed) return;
    const failure = failureOf(error);
    if (run.isOpen) tell({ kind: 'failed', failure });
    else run.conclude({ kind: 'failed', failure });
  } finally {
    run.conclude({ kind: 'closed' });
    commands.close();
  }
}

/** A run that is saved goes on as it was left, playing or paused; another begins again, and plays. */
function leadOn({ isSaved }: RunRequest, { commands, isOpen }: ServedRun): void {
  commands.endFinish();
  if (!isSaved) commands.take({ kind: 'play' });
  else if (isOpen && !commands.isPlaying) commands.isPausing = true;
}

function fallbackSentence({ isSaved }: RunRequest, resume: SavedTraining | null): string {
  if (resume)
    return `The graphics device was lost, so training goes on from step ${resume.state.step}, which was saved, on WebAssembly.`;
  const when = isSaved ? ' before anything was saved' : '';
  return `The graphics device was lost${when}, so the same run begins again, from the same first weights, on WebAssembly.`;
}
