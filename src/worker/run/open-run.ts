// A run of the laboratory from its request to where it can be trained: its data, its networks, its frames.
import type { Executor } from '../../engine/runtime/executor.ts';
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { checkMemory } from '../../learning/memory.ts';
import { networkShapeOf } from '../../learning/network-of.ts';
import { parameterCount } from '../../learning/network-shape.ts';
import { optimiserRule } from '../../learning/optimisers.ts';
import { prepareData, type DataSources } from '../../learning/prepare-data.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { createTrainer, type Trainer, type TrainingProgress } from '../../learning/trainer.ts';
import { checkResumed } from '../../learning/training-state.ts';
import { totalSteps } from '../../learning/batches.ts';
import { breathe } from '../yield-to-tasks.ts';
import { pageMemory } from '../limits.ts';
import type { Surface } from '../messages.ts';
import { openRunView } from '../run-view.ts';
import type { LabFrame, LabRequest, SavedTraining } from './run-messages.ts';
import { createSilentUnitCounter } from './silent-units.ts';

/** While training, silent units are counted at most this often, in milliseconds. */
const silentUnitsEvery = 500;

export interface OpenRun {
  readonly trainer: Trainer;
  /** Where it is; its total follows the epochs. */
  progress: TrainingProgress;
  readonly isOver: boolean;
  /** @param isResting the page will stay with it: then with statistics, however recent the last are. */
  frame(selected: number | null, isResting: boolean): Promise<LabFrame>;
  save(): Promise<SavedTraining>;
  dispose(): void;
}

/** The experiment that a request is about. */
export const experimentOf = ({ experiment, resume }: LabRequest): Experiment =>
  resume?.experiment ?? experiment;

/** @throws ExperimentError, CsvError: a sentence, before anything is downloaded or compiled. */
export async function prepareRun(request: LabRequest, sources: DataSources): Promise<PreparedData> {
  const experiment = experimentOf(request);
  const data = await prepareData(experiment, sources);
  checkMemory(experiment, data, pageMemory.whole);
  checkStart(request, data);
  return data;
}

/** Weights that come from elsewhere must be those of such networks. */
function checkStart({ startWeights, resume, ...request }: LabRequest, data: PreparedData): void {
  const experiment = resume?.experiment ?? request.experiment;
  const { initialisations: networks, start } = experiment;
  const parameters = parameterCount(networkShapeOf(experiment, data));
  if (resume) {
    const { slots } = optimiserRule(experiment.optimiser, experiment.weightDecay);
    try {
      checkResumed(resume, {
        ...{ networks, parameters, slots },
        totalSteps: totalSteps(experiment, data.train),
        classes: data.classNames.length > 0,
        hasTest: data.test.count > 0,
      });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      throw new ExperimentError(`${error.message}; train from the beginning instead.`);
    }
  } else if (startWeights) {
    if (startWeights.length === networks * parameters) return;
    throw new ExperimentError(
      `The starting weights are ${startWeights.length} numbers, but ${networks} networks of ${parameters} weights need ${networks * parameters}: set hiddenSizes, biases, data and initialisations to those that the weights come from.`,
    );
  } else if (start) {
    throw new ExperimentError(
      `The experiment starts from the weights in ${start.path}, which the page does not have; open that file again, or take the starting weights out of the settings.`,
    );
  }
}

export interface RunParts {
  readonly request: LabRequest;
  readonly data: PreparedData;
  readonly executor: Executor;
  /** Throws where nobody wants the run any more. */
  readonly check: () => void;
  readonly showSurface: (surface: Surface) => Promise<void>;
  /** Called once the networks are there, before anything of them is drawn. */
  readonly onCompiled: () => void;
}

/** Compiles it and makes the first record, or takes up a run where it was left. */
export async function openRun(parts: RunParts): Promise<OpenRun> {
  const { request, data, executor, check } = parts;
  const { resume, startWeights } = request;
  const memoryBudget = pageMemory.chunk;
  const disposables: { dispose(): void }[] = [];
  const dispose = () => {
    for (const made of disposables.splice(0)) made.dispose();
  };
  const kept = <T extends { dispose(): void } | null>(made: T): T => {
    if (made) disposables.push(made);
    return made;
  };
  try {
    const experiment = experimentOf(request);
    const trainer = kept(
      await createTrainer({
        ...{ experiment, data, executor, memoryBudget },
        ...(resume ? { resume } : {}),
        ...(startWeights && !resume ? { initialWeights: startWeights } : {}),
      }),
    );
    check();
    const { network } = trainer;
    const networks = experiment.initialisations;
    const common = { executor, network, memoryBudget };
    const evaluator = kept(
      await createEvaluator({ ...common, loss: experiment.loss, samples: data.train }),
    );
    const counter = kept(
      await createSilentUnitCounter({ ...common, samples: data.train, networks }),
    );
    // Called between blocks of networks, so that a wish of the reader is heard before the next.
    const evaluate = async (weights: Float32Array) => {
      await breathe();
      check();
      return evaluator.evaluate(weights);
    };

    let progress: TrainingProgress =
      resume && resume.history.curves.steps.length > 0
        ? { ...at(resume.state.step), millisecondsPerStep: 0 }
        : ((await trainer.advance()) as TrainingProgress);
    parts.onCompiled();
    const size = networks * parameterCount(network);
    const starts =
      resume && resume.history.snapshots.length >= size
        ? resume.history.snapshots.slice(0, size)
        : await trainer.weights();
    const { showSurface } = parts;
    const view = kept(
      await openRunView({
        ...{ experiment, data, network, executor, evaluate, starts, showSurface },
        knownPlane: null,
      }),
    );
    let silent: { at: number; step: number; units: Int32Array } | null = null;

    function at(step: number) {
      return { step, totalSteps: trainer.totalSteps, epoch: step / trainer.stepsPerEpoch };
    }

    async function silentUnits(
      weights: Float32Array,
      divergedAt: Int32Array,
      isResting: boolean,
    ): Promise<Int32Array | null> {
      if (!counter) return null;
      const { step } = progress;
      const now = performance.now();
      const isDue = isResting || now - (silent?.at ?? -Infinity) >= silentUnitsEvery;
      if (!silent || (isDue && silent.step !== step)) {
        const units = await counter.count(weights);
        silent = { at: now, step, units: units.map((n, k) => (divergedAt[k] === -1 ? n : 0)) };
      }
      return silent.units.slice();
    }

    const opened: OpenRun = {
      trainer,
      get progress() {
        return { ...progress, totalSteps: trainer.totalSteps };
      },
      set progress(next) {
        progress = next;
      },
      get isOver() {
        return progress.step >= trainer.totalSteps;
      },
      async frame(selected, isResting) {
        const weights = await trainer.weights();
        const records = trainer.records();
        const { divergedAt } = records;
        const moment = { progress: opened.progress, records, weights, selected, isResting };
        return {
          ...(await view.frame(moment)),
          learningRate: trainer.learningRate,
          divergedAt: divergedAt.slice(),
          silentUnits: await silentUnits(weights, divergedAt, isResting),
        };
      },
      async save() {
        const state = await trainer.state();
        return { experiment: trainer.experiment, state, history: trainer.history() };
      },
      dispose,
    };
    return opened;
  } catch (error) {
    dispose();
    throw error;
  }
}
