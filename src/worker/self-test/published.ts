// Truths about a published run: the same starts, the same first steps, and losses computed again on this machine.
import { decodeFullLandscape } from '../../artifact/full-tensors.ts';
import { readTensors } from '../../artifact/tensor-reader.ts';
import type { Executor } from '../../engine/runtime/executor.ts';
import { footPoints } from '../../landscape/plane.ts';
import { createEvaluator, type LossOptions } from '../../learning/evaluator.ts';
import type { Experiment } from '../../learning/experiment.ts';
import { initialPopulation } from '../../learning/initial-weights.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { createTrainer } from '../../learning/trainer.ts';
import { weightsChecksum } from '../checksum.ts';
import { compare, type Comparison } from './truths.ts';

/** A run as its artifact has it. */
export interface PublishedRun {
  readonly name: string;
  readonly experiment: Experiment;
  /** SHA-256 of the witness's first weights. */
  readonly initialChecksum: string | null;
  readonly witness: number;
  /** First and last weights `[N, P]`. */
  readonly initial: Float32Array;
  readonly final: Float32Array;
  /** Training losses `[T, N]` and the steps at which they were recorded. */
  readonly steps: Int32Array;
  readonly trainLoss: Float32Array;
  /** Bytes of its landscape, decoded when needed. */
  readonly landscape: Uint8Array;
}

export type ReadPublished = (path: string) => Promise<Uint8Array>;

/** @param description what the page knows without a file. */
export async function readPublished(
  description: Pick<PublishedRun, 'name' | 'experiment' | 'initialChecksum' | 'witness'>,
  read: ReadPublished,
): Promise<PublishedRun> {
  const { name, experiment } = description;
  const files = {
    weights: `${name}/ends.safetensors`,
    training: `${name}/training.safetensors`,
    landscape: `${name}/landscape.safetensors`,
  };
  const [weights, training, landscape] = await Promise.all([
    read(files.weights),
    read(files.training),
    read(files.landscape),
  ]);
  const ends = readTensors(weights, files.weights);
  const curves = readTensors(training, files.training);
  const networks = experiment.initialisations;
  const [records = 0] = curves.shape('steps', 1);
  return {
    ...description,
    initial: ends.values('initial', 'F32', [networks, null]),
    final: ends.values('final', 'F32', [networks, null]),
    steps: curves.values('steps', 'I32', [records]),
    trainLoss: curves.values('trainLoss', 'F32', [records, networks]),
    landscape,
  };
}

/** The weights drawn here against the published ones; their bits, not their values, are compared. */
export async function sameStartTruth(
  run: PublishedRun,
  { network }: Pick<LossOptions, 'network'>,
): Promise<Comparison> {
  const { initialiser, initialisations } = run.experiment;
  const drawn = initialPopulation(
    network,
    initialiser,
    seedsOf(run.experiment).starts,
    initialisations,
  );
  const [here, there] = [new Int32Array(drawn.buffer), bitsOf(run.initial)];
  let differing = Math.abs(here.length - there.length);
  for (let i = 0; i < Math.min(here.length, there.length); i++)
    if (here[i] !== there[i]) differing += 1;
  const P = drawn.length / initialisations;
  const own = drawn.slice(run.witness * P, (run.witness + 1) * P);
  const checksum = await weightsChecksum(own);
  // A page that is not served securely has no SHA-256; the bits were compared all the same.
  if (checksum === null || run.initialChecksum === null)
    return { expected: '0 weights differ', measured: `${differing} differ`, error: differing };
  const isSame = checksum === run.initialChecksum;
  return {
    expected: run.initialChecksum.slice(0, 16),
    measured: checksum.slice(0, 16),
    error: differing + (isSame ? 0 : 1),
  };
}

const bitsOf = (values: Float32Array): Int32Array =>
  new Int32Array(Float32Array.from(values).buffer);

/** Trains all networks up to the first record after the start. */
export async function firstStepsTruth(
  run: PublishedRun,
  data: PreparedData,
  executor: Executor,
  memoryBudget: number,
): Promise<Comparison> {
  const { experiment } = run;
  const trainer = await createTrainer({ experiment, data, executor, memoryBudget });
  try {
    await trainer.advance();
    await trainer.advance();
    const networks = experiment.initialisations;
    const { curves } = trainer.records();
    if (curves.steps[1] !== run.steps[1])
      throw new Error(
        `The published run recorded step ${run.steps[1]} where this one records step ${curves.steps[1]}: the site and its data are of two versions.`,
      );
    const second = (values: Float32Array) => values.slice(networks, 2 * networks);
    return compare(second(run.trainLoss), second(curves.trainLoss));
  } finally {
    trainer.dispose();
  }
}

/** Networks that diverged have no loss to compare. */
export async function finalLossesTruth(
  run: PublishedRun,
  options: LossOptions,
): Promise<Comparison> {
  const { loss } = await evaluated(options, run.final);
  const published = run.trainLoss.slice(-run.experiment.initialisations);
  const sound = [...published.keys()].filter((n) => Number.isFinite(published[n]!));
  return compare(
    sound.map((n) => published[n]!),
    sound.map((n) => loss[n]!),
  );
}

/** Grid points of the published map, its corners among them. */
export async function surfacePointsTruth(
  run: PublishedRun,
  options: LossOptions,
): Promise<Comparison> {
  const where = `${run.name}/landscape.safetensors`;
  const { landscape, plane } = decodeFullLandscape({ bytes: run.landscape, where });
  const { xs, ys, loss } = landscape;
  const spread = (length: number): number[] =>
    Array.from({ length: 6 }, (_, k) => Math.round((k * (length - 1)) / 5));
  const points = spread(ys.length).flatMap((row) =>
    spread(xs.length).map((column) => ({ row, column })),
  );
  const coordinates = Float32Array.from(
    points.flatMap(({ row, column }) => [xs[column]!, ys[row]!]),
  );
  const measured = await evaluated(options, footPoints(plane, coordinates));
  return compare(
    points.map(({ row, column }) => loss[row * xs.length + column]!),
    measured.loss,
  );
}

async function evaluated(options: LossOptions, weights: Float32Array) {
  const evaluator = await createEvaluator(options);
  try {
    return await evaluator.evaluate(weights);
  } finally {
    evaluator.dispose();
  }
}
