// Trains N networks as one graph; the caller decides when to go on, so that a page can pause it, step it and change it.
import type { Executor } from '../engine/runtime/executor.ts';
import type { Experiment } from './experiment.ts';
import type { TrainingHistory } from './history.ts';
import { initialPopulation } from './initial-weights.ts';
import { networkShapeOf } from './network-of.ts';
import { parameterCount } from './network-shape.ts';
import type { NetworkShape } from './network-shape.ts';
import { optimiserRule } from './optimisers.ts';
import { createPopulation } from './population.ts';
import { Recorder } from './recorder.ts';
import type { RunRecords } from './recorder.ts';
import type { PreparedData } from './samples.ts';
import { seedsOf } from './seeds.ts';
import { createStepFeeds } from './step-feeds.ts';
import { TrainingLoop, type TrainingProgress } from './training-loop.ts';
import { TrainingPlan } from './training-plan.ts';
import { checkResumed, type Resumed, type TrainingState } from './training-state.ts';

export type { TrainingProgress } from './training-loop.ts';
export type { Resumed, TrainingState } from './training-state.ts';

export interface TrainerOptions {
  readonly experiment: Experiment;
  readonly data: PreparedData;
  readonly executor: Executor;
  /** Where training starts, `[N, P]`; without it, where the experiment's initialiser and seed say. */
  readonly initialWeights?: Float32Array | undefined;
  /** A run that goes on from where it was; `experiment` is then the one with the changes made on the way. */
  readonly resume?: Resumed | undefined;
  /** Bytes that activations may take; the networks are trained in chunks that fit. */
  readonly memoryBudget?: number | undefined;
}

export interface Trainer {
  readonly network: NetworkShape;
  /** With the changes made on the way: a fresh run of it takes the same steps, bit for bit. */
  readonly experiment: Experiment;
  readonly totalSteps: number;
  readonly stepsPerEpoch: number;
  /** That of the next step. */
  readonly learningRate: number;
  /**
   * Trains up to the next record, or `mostSteps` steps where that is nearer, and records there, or with
   * `recordsBetween` false only where the cadence has a record; null once training has ended. The first call records
   * step 0. One call at a time, and none of `state` or `weights` meanwhile.
   */
  advance(mostSteps?: number, recordsBetween?: boolean): Promise<TrainingProgress | null>;
  /** From the next step on that has not begun; later changes that the experiment plans stay. @throws RangeError. */
  setLearningRate(rate: number): void;
  /**
   * In all, counted from the start; a run that had ended can then go on. Records and snapshots made stay, and the
   * cadence of the new length applies from here on. @throws RangeError for fewer epochs than have begun.
   */
  setEpochs(epochs: number): void;
  /** All records so far. */
  records(): RunRecords;
  /** All records and snapshots so far: copies every snapshot, so not for every frame of a page. */
  history(): TrainingHistory;
  /** The weights as they are now, `[N, P]`. */
  weights(): Promise<Float32Array>;
  /** What, with the history, another trainer needs to go on from here. */
  state(): Promise<TrainingState>;
  dispose(): void;
}

/**
 * Compiles the experiment's graphs and draws its initial weights; nothing is trained yet.
 * @throws RangeError where `initialWeights` are not one whole network for each initialisation, where an experiment
 * with a `start` comes without them, or where `resume` is not of such a run.
 */
export async function createTrainer(options: TrainerOptions): Promise<Trainer> {
  const { experiment, data, executor, memoryBudget, resume } = options;
  const network = networkShapeOf(experiment, data);
  const parameters = parameterCount(network);
  const networks = experiment.initialisations;
  const plan = new TrainingPlan(experiment, data.train);
  const rule = optimiserRule(experiment.optimiser, experiment.weightDecay);
  const classes = data.classNames.length > 0;
  const hasTest = data.test.count > 0;
  const recorder = new Recorder({
    networks,
    parameters,
    stepsPerEpoch: plan.stepsPerEpoch,
    classes,
    hasTest,
  });
  if (resume) {
    const { totalSteps } = plan;
    const { slots } = rule;
    checkResumed(resume, { networks, parameters, slots, totalSteps, classes, hasTest });
    recorder.resume(resume.history);
  }
  const population = await createPopulation({
    experiment,
    data,
    executor,
    memoryBudget,
    network,
    rule,
    unroll: plan.unroll,
    weights: resume?.state.weights ?? startWeights(options, network),
    slots: resume?.state.slots ?? [],
  });
  const stepFeeds = createStepFeeds(experiment, data, rule, (step) => plan.rateAt(step));
  const loop = new TrainingLoop({ plan, recorder, population, stepFeeds, resume });
  return {
    network,
    get experiment() {
      return plan.experiment;
    },
    get totalSteps() {
      return plan.totalSteps;
    },
    stepsPerEpoch: plan.stepsPerEpoch,
    get learningRate() {
      return plan.rateAt(loop.begun);
    },
    advance: (mostSteps, recordsBetween) => loop.advance(mostSteps, recordsBetween),
    setLearningRate: (rate) => plan.setLearningRate(rate, loop.begun),
    setEpochs: (epochs) => plan.setEpochs(epochs, loop.begun),
    records: () => recorder.records(),
    history: () => recorder.history(),
    weights: () => population.readWeights(),
    state: async () => ({ step: loop.step, ...(await population.readState()) }),
    dispose: () => population.dispose(),
  };
}

/** `[N, P]`: the weights given, or else drawn. */
function startWeights(
  { experiment, initialWeights }: TrainerOptions,
  network: NetworkShape,
): Float32Array {
  const { initialiser, initialisations: networks, start } = experiment;
  if (!initialWeights) {
    if (!start)
      return initialPopulation(network, initialiser, seedsOf(experiment).starts, networks);
    throw new RangeError(
      `experiment ${experiment.name} starts from the weights in ${start.path}: expected them as initialWeights`,
    );
  }
  const parameters = parameterCount(network);
  if (initialWeights.length === networks * parameters) return initialWeights;
  throw new RangeError(
    `initialWeights has ${initialWeights.length} values: ${networks} networks of ${parameters} weights need ${networks * parameters}, one network after the other`,
  );
}
