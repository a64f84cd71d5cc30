// What an analysis is: one question asked of trained networks, with its settings, its result, and how to check it again.
import { z } from 'zod';
import type { Executor } from '../../engine/runtime/executor.ts';
import type { LossOptions } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { TrainingHistory } from '../../learning/history.ts';
import type { NetworkShape } from '../../learning/network-shape.ts';
import type { PreparedData } from '../../learning/samples.ts';
import { gatherRows, rowIsFinite } from '../rows.ts';
import type { Claim } from './claim.ts';
import type { Derived, TensorsOf } from './derived.ts';

/** One way of training among those that a study compares, before anything is trained. */
export interface PlannedCondition {
  /** Short, in lower case: it is part of paths into the result. */
  readonly key: string;
  readonly title: string;
  readonly experiment: Experiment;
}

/** The same with its networks as training left them. */
export interface TrainedCondition extends PlannedCondition {
  readonly data: PreparedData;
  readonly network: NetworkShape;
  /** `[N, P]`. */
  readonly initial: Float32Array;
  /** `[N, P]`. */
  readonly final: Float32Array;
  /** All that training recorded, where it is kept. */
  readonly history?: TrainingHistory | undefined;
}

/** One whose history is kept, as an artifact has it. */
export type WholeCondition = TrainedCondition & { readonly history: TrainingHistory };

/** And with everything that training recorded. */
export interface Condition extends TrainedCondition {
  readonly history: TrainingHistory;
}

/** Tensors of a file that an author names: directions of one's own. */
export type ReadTensors = (
  path: string,
) => Promise<
  ReadonlyMap<string, { readonly shape: readonly number[]; readonly values: Float32Array }>
>;

export interface AnalysisContext<Of extends PlannedCondition = Condition> {
  readonly executor: Executor;
  readonly conditions: readonly Of[];
  /** Bytes that chunks of networks may take. */
  readonly memoryBudget?: number | undefined;
  readonly signal: AbortSignal;
  /** Called with the share done, 0 to 1. */
  readonly onProgress: (done: number) => void;
  readonly readTensors: ReadTensors;
}

/** A number of a result, computed once more by another way or from the stored weights. */
export interface Recheck {
  readonly what: string;
  readonly recorded: number;
  readonly again: number;
  /** Largest difference that rounding explains, absolute. */
  readonly tolerance: number;
}

export interface AnalysisOutcome<Result> {
  /** Plain data; `NumericArray`s become tensors of the artifact. */
  readonly result: Result;
  readonly claims: readonly Claim[];
}

/** The ways of training that an analysis is to compare. */
export type Plan = Pick<AnalysisContext<PlannedCondition>, 'conditions'>;

/** What an author of an analysis writes. */
export interface AnalysisDefinition<Schema extends z.ZodType, Result> {
  /** Its settings; `kind` tells analyses apart. */
  readonly schema: Schema;
  /** What it asks, one phrase, for `atlas inspect`. */
  readonly title: string;
  /**
   * Refuses what the settings of the conditions rule out, so that it is told before anything is trained.
   * @throws ExperimentError that names no place.
   */
  check?(plan: Plan, spec: z.output<Schema>): void;
  answer(context: AnalysisContext, spec: z.output<Schema>): Promise<Result>;
  /** The claims of papers that the result bears on; follows from it alone, so that it can be checked again. */
  claims?(
    context: Pick<AnalysisContext<TrainedCondition>, 'conditions'>,
    spec: z.output<Schema>,
    result: Result,
  ): readonly Claim[];
  /**
   * The whole result once more, as it follows from its tensors, the networks and the settings: every mean, interval,
   * comparison, count and word; of the tensors, those that others determine. `answer` makes them by the same functions.
   */
  derived(
    context: AnalysisContext<TrainedCondition>,
    spec: z.output<Schema>,
    tensors: TensorsOf<Result>,
  ): Promise<Derived<Result>> | Derived<Result>;
  /** Samples of the tensors that `derived` takes as they are, computed again from the stored weights alone. */
  recheck?(
    context: AnalysisContext<TrainedCondition>,
    spec: z.output<Schema>,
    result: Result,
  ): Promise<readonly Recheck[]>;
  /** The result as pages draw it, where the whole is too much for a picture: with tensors thinned, and alike in all else. */
  shown?(result: Result): Result;
}

export interface Analysis<Schema extends z.ZodType = z.ZodType, Result = unknown> extends Required<
  Omit<AnalysisDefinition<Schema, Result>, 'answer'>
> {
  run(context: AnalysisContext, spec: z.output<Schema>): Promise<AnalysisOutcome<Result>>;
}

/** An analysis without claims makes none; one without a check takes all conditions as they are. */
export function defineAnalysis<Schema extends z.ZodType, Result>({
  schema,
  title,
  check = () => {},
  answer,
  claims = () => [],
  derived,
  recheck = () => Promise.resolve([]),
  shown = (result) => result,
}: AnalysisDefinition<Schema, Result>): Analysis<Schema, Result> {
  return {
    schema,
    title,
    check,
    claims,
    derived,
    recheck,
    shown,
    async run(context, spec) {
      check(context, spec);
      const result = await answer(context, spec);
      return { result, claims: claims(context, spec, result) };
    },
  };
}

/** The condition of this key, or the only one where none is named. @throws ExperimentError naming those there are. */
export function conditionOf<Of extends PlannedCondition>(
  { conditions }: Pick<AnalysisContext<Of>, 'conditions'>,
  key: string | undefined,
): Of {
  const found = key === undefined ? conditions[0] : conditions.find((each) => each.key === key);
  if (found && (key !== undefined || conditions.length === 1)) return found;
  const known = conditions.map((each) => each.key).join(', ');
  throw new ExperimentError(
    key === undefined
      ? `an analysis of one condition must name it: expected "condition" to be one of ${known}`
      : `there is no condition "${key}": expected one of ${known}`,
  );
}

/** How the networks of a condition are measured on a part of its data. */
export function lossOptions(
  { executor, memoryBudget }: Pick<AnalysisContext, 'executor' | 'memoryBudget'>,
  { network, experiment, data }: TrainedCondition,
  part: 'train' | 'test' = 'train',
): LossOptions {
  return { executor, memoryBudget, network, loss: experiment.loss, samples: data[part] };
}

/** Calls `use` with something that must be disposed, and disposes it whatever happens. */
export async function using<Resource extends { dispose(): void }, Result>(
  making: Promise<Resource>,
  use: (resource: Resource) => Promise<Result>,
): Promise<Result> {
  const resource = await making;
  try {
    return await use(resource);
  } finally {
    resource.dispose();
  }
}

/** Row `index` of `[M, width]`. */
export const rowOf = (values: Float32Array, width: number, index: number): Float32Array =>
  values.subarray(index * width, (index + 1) * width);

/** Where networks of a condition ended, by index, `[networks.length, P]`. */
export const weightsOf = (
  { final, experiment }: TrainedCondition,
  networks: readonly number[],
): Float32Array => gatherRows(final, final.length / experiment.initialisations, networks);

/** Measures every condition, by key; each takes an even part of the progress. */
export async function perCondition<Result>(
  context: AnalysisContext,
  measure: (context: AnalysisContext, condition: Condition) => Promise<Result>,
): Promise<Record<string, Result>> {
  const results: Record<string, Result> = {};
  const { length } = context.conditions;
  for (const [index, condition] of context.conditions.entries()) {
    context.signal.throwIfAborted();
    const onProgress = (done: number) => context.onProgress((index + done) / length);
    results[condition.key] = await measure({ ...context, onProgress }, condition);
    onProgress(1);
  }
  return results;
}

/** The same of conditions whose training is over and forgotten, one after the other. */
export async function ofEach<Result>(
  { conditions, signal }: Pick<AnalysisContext<TrainedCondition>, 'conditions' | 'signal'>,
  derive: (condition: TrainedCondition) => Result | Promise<Result>,
): Promise<Record<string, Result>> {
  const results: Record<string, Result> = {};
  for (const condition of conditions) {
    signal.throwIfAborted();
    results[condition.key] = await derive(condition);
  }
  return results;
}

/**
 * The networks of a condition that did not diverge, by index.
 * @throws RangeError where fewer than `least` are left.
 */
export function soundNetworks(
  { key, final, experiment }: Pick<TrainedCondition, 'key' | 'final' | 'experiment'>,
  least = 1,
): number[] {
  const networks = experiment.initialisations;
  const width = final.length / networks;
  const sound = Array.from({ length: networks }, (_, n) => n).filter((n) =>
    rowIsFinite(final, width, n),
  );
  if (sound.length >= least) return sound;
  throw new RangeError(
    `${networks - sound.length} of the ${networks} networks of condition "${key}" diverged: expected at least ${least} that did not; lower its learning rate, or leave it out`,
  );
}

/** The first M of them, at most so many as are wanted, and where they ended, `[M, P]`. */
export function firstNetworks(condition: TrainedCondition, most: number) {
  const networks = soundNetworks(condition).slice(0, most);
  const M = networks.length;
  const weights = weightsOf(condition, networks);
  return { networks, M, weights, P: weights.length / M };
}

/** A part of the result by name, for each entry that an author writes. */
export const named = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .record(
      z.string().regex(/^[a-z0-9-]{1,32}$/, 'expected lower-case letters, digits and hyphens'),
      schema,
    )
    .refine((entries) => Object.keys(entries).length > 0, 'expected at least one entry');

/** Gives other tasks their turn, an abort among them, between two stretches of work that wait for nothing. */
export async function turn(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => setTimeout(resolve));
  signal.throwIfAborted();
}
