// A run that can be trained: its networks compiled, its records and frames, and what is computed of it at its end.
import type { Executor } from '../../engine/runtime/executor.ts';
import { createEvaluator } from '../../learning/evaluator.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { createTrainer, type Trainer, type TrainingProgress } from '../../learning/trainer.ts';
import { weightsChecksum } from '../checksum.ts';
import { pageMemory, witness } from '../limits.ts';
import { yieldToTasks } from '../yield-to-tasks.ts';
import { finishRun, type FinishOptions } from './finish-run.ts';
import { experimentOf } from './prepare-run.ts';
import type {
  FinishedRun,
  RunChange,
  RunRequest,
  SavedTraining,
  Surface,
  TrainingFrame,
} from './run-messages.ts';
import { openRunView, type RunView } from './run-view.ts';
import { createSilentUnitCounter, type SilentUnitCounter } from './silent-units.ts';

/** While training, silent units are counted at most this often, in milliseconds. */
const silentUnitsEvery = 500;

export interface RunParts {
  readonly request: RunRequest;
  readonly data: PreparedData;
  readonly executor: Executor;
  /** Throws where nobody wants the run any more. */
  readonly check: () => void;
  readonly showSurface: (surface: Surface) => Promise<void>;
  /**
   * Called once the networks are there, before anything of them is drawn.
   * @param initialChecksum of the witness's first weights; null where there is none.
   */
  readonly onCompiled: (initialChecksum: string | null) => void;
}

interface Disposable {
  dispose(): void;
}

interface Compiled {
  readonly trainer: Trainer;
  readonly counter: SilentUnitCounter | null;
  readonly view: RunView;
  readonly progress: TrainingProgress;
  readonly disposables: readonly Disposable[];
}

export class OpenRun {
  readonly trainer: Trainer;
  readonly #parts: RunParts;
  readonly #compiled: Compiled;
  #progress: TrainingProgress;
  #silent: { at: number; step: number; units: Int32Array } | null = null;

  private constructor(parts: RunParts, compiled: Compiled) {
    this.#parts = parts;
    this.#compiled = compiled;
    this.#progress = compiled.progress;
    this.trainer = compiled.trainer;
  }

  /** Compiles it and makes the first record, or takes up a run where it was left. */
  static async open(parts: RunParts): Promise<OpenRun> {
    return new OpenRun(parts, await compileRun(parts));
  }

  /** Where it is; its total follows the epochs. */
  get progress(): TrainingProgress {
    return { ...this.#progress, totalSteps: this.trainer.totalSteps };
  }

  get isOver(): boolean {
    return this.#progress.step >= this.trainer.totalSteps;
  }

  /** As the trainer's `advance`; says whether there was anything left to do. */
  async advance(mostSteps?: number, recordsBetween?: boolean): Promise<boolean> {
    const next = await this.trainer.advance(mostSteps, recordsBetween);
    if (next) this.#progress = next;
    return next !== null;
  }

  /** @throws RangeError where the change cannot be made. */
  apply(change: RunChange): void {
    switch (change.kind) {
      case 'set-learning-rate':
        return this.trainer.setLearningRate(change.learningRate);
      case 'set-epochs':
        return this.trainer.setEpochs(change.epochs);
    }
  }

  /** @param isResting the page will stay with it: then with statistics, however recent the last are. */
  async frame(selected: number | null, isResting: boolean): Promise<TrainingFrame> {
    const weights = await this.trainer.weights();
    const records = this.trainer.records();
    const { divergedAt } = records;
    const moment = { progress: this.progress, records, weights, selected, isResting };
    return {
      ...(await this.#compiled.view.frame(moment)),
      learningRate: this.trainer.learningRate,
      divergedAt: divergedAt.slice(),
      silentUnits: await this.#silentUnits(weights, divergedAt, isResting),
    };
  }

  async save(): Promise<SavedTraining> {
    const state = await this.trainer.state();
    return { experiment: this.trainer.experiment, state, history: this.trainer.history() };
  }

  /** Boundaries and landscape of the weights at the next record, which is that of now where there is one. */
  async finish(selected: number | null, options: FinishOptions): Promise<FinishedRun> {
    const { steps } = this.trainer.records().curves;
    if (this.isOver) while (await this.advance());
    else if (steps.at(-1) !== this.#progress.step) await this.advance();
    const { executor, data } = this.#parts;
    const frame = await this.frame(selected, true);
    const whole = { executor, data, network: this.trainer.network, ...(await this.save()) };
    return { provider: executor.provider, frame, ...(await finishRun(whole, options)) };
  }

  dispose(): void {
    for (const made of this.#compiled.disposables) made.dispose();
  }

  async #silentUnits(
    weights: Float32Array,
    divergedAt: Int32Array,
    isResting: boolean,
  ): Promise<Int32Array | null> {
    const { counter } = this.#compiled;
    if (!counter) return null;
    const { step } = this.#progress;
    const now = performance.now();
    const isDue = isResting || now - (this.#silent?.at ?? -Infinity) >= silentUnitsEvery;
    if (!this.#silent || (isDue && this.#silent.step !== step)) {
      const counted = await counter.count(weights);
      const units = counted.map((n, k) => (divergedAt[k] === -1 ? n : 0));
      this.#silent = { at: now, step, units };
    }
    return this.#silent.units.slice();
  }
}

async function compileRun(parts: RunParts): Promise<Compiled> {
  const disposables: Disposable[] = [];
  const kept = <T extends Disposable | null>(made: T): T => {
    if (made) disposables.push(made);
    return made;
  };
  try {
    const { request, data, executor, check, showSurface } = parts;
    const memoryBudget = pageMemory.chunk;
    const experiment = experimentOf(request);
    const trainer = kept(await createTrainerOf(parts));
    check();
    const { network } = trainer;
    const common = { executor, network, memoryBudget, samples: data.train };
    const evaluator = kept(await createEvaluator({ ...common, loss: experiment.loss }));
    const networks = experiment.initialisations;
    const counter = kept(await createSilentUnitCounter({ ...common, networks }));
    // Called between blocks of networks, so that the reader is heard before the next.
    const evaluate = async (weights: Float32Array) => {
      await yieldToTasks();
      check();
      return evaluator.evaluate(weights);
    };
    const progress = await firstProgress(trainer, request);
    const starts = await firstWeights(trainer, request);
    parts.onCompiled(await checksumOfWitness(starts, networks));
    const { knownPlane } = request;
    const shown = { experiment, data, network, executor, evaluate, starts };
    const view = kept(await openRunView({ ...shown, showSurface, knownPlane }));
    return { trainer, counter, view, progress, disposables };
  } catch (error) {
    for (const made of disposables) made.dispose();
    throw error;
  }
}

function createTrainerOf({ request, data, executor }: RunParts): Promise<Trainer> {
  const { resume, startWeights } = request;
  return createTrainer({
    ...{ experiment: experimentOf(request), data, executor, memoryBudget: pageMemory.chunk },
    ...(resume ? { resume } : {}),
    ...(startWeights && !resume ? { initialWeights: startWeights } : {}),
  });
}

async function firstProgress(trainer: Trainer, { resume }: RunRequest): Promise<TrainingProgress> {
  if (!resume || resume.history.curves.steps.length === 0) {
    // The first call records step 0, of a run that has no records yet.
    return (await trainer.advance()) as TrainingProgress;
  }
  const { step } = resume.state;
  const { totalSteps, stepsPerEpoch } = trainer;
  return { step, totalSteps, epoch: step / stepsPerEpoch, millisecondsPerStep: 0 };
}

/** `[N, P]`: where the run began. */
async function firstWeights(trainer: Trainer, { resume }: RunRequest): Promise<Float32Array> {
  const weights = await trainer.weights();
  const size = weights.length;
  return resume && resume.history.snapshots.length >= size
    ? resume.history.snapshots.slice(0, size)
    : weights;
}

async function checksumOfWitness(starts: Float32Array, networks: number): Promise<string | null> {
  if (networks <= witness) return null;
  const parameters = starts.length / networks;
  return weightsChecksum(starts.subarray(witness * parameters, (witness + 1) * parameters));
}
