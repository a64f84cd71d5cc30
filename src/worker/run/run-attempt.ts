// One attempt at a run, on one provider: chooses the executor, compiles, and trains until the run is closed or its device is lost.
import type { Executor } from '../../engine/runtime/executor.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { untilDeviceLost } from '../device-loss.ts';
import { FramePacer } from '../frame-pacer.ts';
import { pageMemory } from '../limits.ts';
import type { ExecutorChoice } from './executor-choice.ts';
import { OpenRun } from './open-run.ts';
import { experimentOf, prepareRun } from './prepare-run.ts';
import { RunClosedError, type RunCommands } from './run-commands.ts';
import { RunLoop } from './run-loop.ts';
import type {
  OpenOutcome,
  RunListener,
  RunMessage,
  RunRequest,
  SavedTraining,
} from './run-messages.ts';
import { measureStep, shapesOf } from './step-time.ts';

/** A run from its opening to its end, on however many providers. */
export interface ServedRun {
  readonly commands: RunCommands;
  readonly listener: RunListener;
  /** Concludes the opening; only the first call counts. */
  readonly conclude: (outcome: OpenOutcome) => void;
  isOpen: boolean;
  /** What an attempt on another provider would go on from. */
  saved: SavedTraining | null;
  /** With the changes made since. */
  experiment: Experiment;
}

export interface AttemptHome {
  readonly executors: ExecutorChoice;
  sources(csv: string | null): DataSources;
}

/** @throws DeviceLostError as soon as the device is lost; RunClosedError; what the engine throws. */
export async function attemptRun(
  request: RunRequest,
  run: ServedRun,
  home: AttemptHome,
): Promise<never> {
  const attempt = new Attempt(request, run);
  const { executors } = home;
  try {
    const data = await prepareRun(request, home.sources(request.csv));
    const executor = await attempt.chooseExecutor(executors, data);
    return await untilDeviceLost(executor, () => attempt.train(executor, data), {
      onLost: () => executors.drop(executor),
      isUnrelated: (error) => error instanceof RunClosedError,
    });
  } finally {
    attempt.end();
  }
}

/** An attempt that has lost its device may linger; once it is over it is not heard any more. */
class Attempt {
  readonly #request: RunRequest;
  readonly #run: ServedRun;
  #isOver = false;

  constructor(request: RunRequest, run: ServedRun) {
    this.#request = request;
    this.#run = run;
  }

  end(): void {
    this.#isOver = true;
  }

  async chooseExecutor(executors: ExecutorChoice, data: PreparedData): Promise<Executor> {
    const request = this.#request;
    const experiment = experimentOf(request);
    this.#check();
    this.#tell({ kind: 'stage', stage: 'runtime' });
    const downloads = new FramePacer<RunMessage>((message) => this.#say(message));
    const { executor, reason, times } = await executors.take({
      choice: request.provider,
      automatic: request.automatic,
      shapes: shapesOf(experiment, data),
      onDownload: (report) => void downloads.offer(() => ({ kind: 'download', ...report })),
      time: (candidate) => {
        this.#check();
        this.#tell({ kind: 'stage', stage: 'compile' });
        return measureStep(candidate, experiment, data, pageMemory.chunk);
      },
    });
    this.#check();
    const { provider, threads } = executor;
    this.#tell({ kind: 'provider', provider, reason, threads, times });
    return executor;
  }

  async train(executor: Executor, data: PreparedData): Promise<never> {
    const { commands } = this.#run;
    this.#tell({ kind: 'stage', stage: 'compile' });
    const run = await OpenRun.open({
      ...{ request: this.#request, data, executor },
      check: () => this.#check(),
      showSurface: async (surface) => this.#tell({ kind: 'surface', surface }),
      onCompiled: (initialChecksum) => this.#tell({ kind: 'data', data, initialChecksum }),
    });
    try {
      this.#check();
      this.#tell({ kind: 'stage', stage: 'train' });
      const loop = new RunLoop({
        ...{ run, commands, isSaved: this.#request.isSaved },
        check: () => this.#check(),
        say: (message) => this.#say(message),
        onSaved: (training) => this.#keep(training, executor),
        onChanged: (experiment) => {
          if (!this.#isOver) this.#run.experiment = experiment;
        },
        onReady: () => this.#concludeOpening(run),
      });
      return await loop.work();
    } finally {
      run.dispose();
    }
  }

  #keep(training: SavedTraining, { provider }: Executor): void {
    // Where nothing can be lost but with the whole worker, the page's copy is the only one needed.
    if (provider !== 'wasm' && !this.#isOver) this.#run.saved = training;
  }

  #concludeOpening({ trainer: { totalSteps, stepsPerEpoch } }: OpenRun): void {
    if (this.#isOver) return;
    this.#run.isOpen = true;
    this.#run.conclude({ kind: 'opened', totalSteps, stepsPerEpoch });
  }

  #check(): void {
    this.#run.commands.check();
    if (this.#isOver) throw new RunClosedError('This attempt is over.');
  }

  async #say(message: RunMessage): Promise<void> {
    this.#check();
    await this.#run.listener(message);
  }

  /** The order of messages is kept; a page that draws nothing is not waited for. */
  #tell(message: RunMessage): void {
    void this.#say(message).catch(() => {});
  }
}
