// How high the loss rises on straight lines between networks, before and after their hidden units are aligned.
import { z } from 'zod';
import { createActivationReader, createEvaluator } from '../../learning/evaluator.ts';
import type { Estimate } from '../bootstrap.ts';
import { compare, comparePaired } from '../comparison/effect-size.ts';
import { meanOverOthers } from '../comparison/pair-mean.ts';
import { trend, type Trend } from '../comparison/trend.ts';
import { barriersOf, errorsOf } from '../paths/barrier.ts';
import { barrierMatrix, type BarrierMatrix } from '../paths/barrier-matrix.ts';
import { createInterpolator, evenAlphas } from '../paths/interpolation.ts';
import { distanceMatrix } from '../projections/distances.ts';
import { alignPair, type AlignmentMethod } from '../symmetry/align-population.ts';
import {
  defineAnalysis,
  lossOptions,
  ofEach,
  perCondition,
  rowOf,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { verdictBelow, verdictOfAll, type Claim } from './claim.ts';
import { shaped, shapedIf, type Derived, type TensorsOf } from './derived.ts';
import { estimateOfPairs } from './estimates.ts';
import { numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameCoordinate, sameLoss, sameShare } from './rechecks.ts';

const alignments = ['none', 'weights', 'activations'] as const;
type Alignment = (typeof alignments)[number];

const schema = z.strictObject({
  kind: z.literal('barriers'),
  points: z.number().int().min(3).max(201).default(25).meta({
    label: 'Points a line',
    help: 'At how many networks of each straight line the loss is evaluated, ends included.',
  }),
  networks: z.number().int().min(2).max(1000).default(50).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge.',
  }),
  alignments: z.array(z.enum(alignments)).min(1).default(['none', 'weights']).meta({
    label: 'Alignments',
    help: "How the second network's hidden units are put in order first: not at all, by weights, or by activations on the training part.",
  }),
});

export interface Barriers {
  /** `[N, N]`, symmetric: of the training loss, the test loss, and the shares of errors. */
  readonly train: NumericArray;
  readonly test: NumericArray | null;
  readonly trainError: NumericArray | null;
  readonly testError: NumericArray | null;
  /** Means over pairs; intervals over networks. */
  readonly means: {
    readonly train: Estimate;
    readonly test: Estimate | null;
    readonly trainError: Estimate | null;
    readonly testError: Estimate | null;
    readonly distance: Estimate;
  };
  /** Over all pairs, the mean loss at each point of the line, `[T]`. */
  readonly meanPath: NumericArray;
  /** `[N, N]`: distance in weight space. */
  readonly distance: NumericArray;
}

export interface ConditionBarriers {
  readonly networks: readonly number[];
  /** Units of the hidden layers. */
  readonly hiddenSizes: readonly number[];
  readonly byAlignment: Readonly<Partial<Record<Alignment, Barriers>>>;
}

export interface BarrierResult {
  readonly conditions: Readonly<Record<string, ConditionBarriers>>;
  /** Over conditions in their order, each network's mean barrier with the others; null for a single condition. */
  readonly trends: Readonly<Partial<Record<Alignment, Trend>>> | null;
}

type Spec = z.output<typeof schema>;

export const barriers = defineAnalysis({
  schema,
  title: 'how high the loss rises between networks, before and after alignment',
  check: ({ conditions }) => conditions.forEach((each) => checkNetworks(each, 2)),
  async answer(context, spec): Promise<BarrierResult> {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, trends: trendsOf(Object.values(conditions), spec.alignments, seed) };
  },
  async derived(context, spec, tensors) {
    const kept = context.conditions.map((condition) =>
      keptBarriers(condition, spec, tensors.conditions[condition.key]!),
    );
    const byKey = new Map(context.conditions.map(({ key }, c) => [key, kept[c]!]));
    const conditions = await ofEach(context, (condition) =>
      barriersAgain(condition, byKey.get(condition.key)!),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, trends: trendsOf(kept, spec.alignments, seed) };
  },
  claims: ({ conditions }, _, result: BarrierResult) => widthClaims(conditions, result),
  async recheck(context, spec, { conditions }) {
    const checks: Recheck[] = [];
    for (const condition of context.conditions) {
      const own = conditions[condition.key] as ConditionBarriers;
      checks.push(...(await recheckPairs(context, condition, spec, own)));
    }
    return checks;
  },
});

async function methodOf(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  weights: Float32Array,
  kind: Alignment,
): Promise<AlignmentMethod | null> {
  if (kind === 'none') return null;
  if (kind === 'weights') return { kind, seed: condition.experiment.seed };
  const { train } = condition.data;
  const options = { ...lossOptions(context, condition), ...train };
  const activations = await using(createActivationReader(options), (reader) =>
    reader.read(weights),
  );
  return { kind, activations, count: train.count };
}

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  { points, networks: most, alignments: kinds }: Spec,
): Promise<ConditionBarriers> {
  const { network, data } = condition;
  const networks = soundNetworks(condition, 2).slice(0, most);
  const N = networks.length;
  const weights = weightsOf(condition, networks);
  const line = { alphas: evenAlphas(points) };
  const between = async (test: Awaited<ReturnType<typeof createInterpolator>> | null) =>
    using(createInterpolator(lossOptions(context, condition), line), async (train) => {
      const byAlignment: Partial<Record<Alignment, Barriers>> = {};
      for (const [index, kind] of kinds.entries()) {
        const method = await methodOf(context, condition, weights, kind);
        const distance = distanceMatrix(weights, N);
        const alignedTo = (i: number, j: number, by: AlignmentMethod): Float32Array => {
          const { weights: own, distanceAfter } = alignPair(network, weights, i, j, by);
          distance[i * N + j] = distance[j * N + i] = distanceAfter;
          return own;
        };
        const matrix = await barrierMatrix({
          train,
          test,
          weights,
          networks: N,
          aligned: method ? (i, j) => alignedTo(i, j, method) : undefined,
          signal: context.signal,
          onProgress: (done, total) => context.onProgress((index + done / total) / kinds.length),
        });
        byAlignment[kind] = packed(matrix, distance, N, condition.experiment.seed);
      }
      return byAlignment;
    });
  const byAlignment =
    data.test.count > 0
      ? await using(createInterpolator(lossOptions(context, condition, 'test'), line), between)
      : await between(null);
  return { networks, hiddenSizes: condition.experiment.hiddenSizes, byAlignment };
}

function packed(matrix: BarrierMatrix, distance: Float64Array, N: number, seed: number): Barriers {
  const square = (values: ArrayLike<number> | null) => values && onLogScale([N, N], values);
  const { train, test, trainError, testError, meanPath } = matrix;
  return {
    train: square(train)!,
    test: square(test),
    trainError: square(trainError),
    testError: square(testError),
    means: meansOf({ train, test, trainError, testError, distance }, N, seed),
    meanPath: onLogScale([meanPath.length], meanPath),
    distance: numericArray([N, N], distance),
  };
}

type Matrices = Readonly<Record<keyof Barriers['means'], ArrayLike<number> | null>>;

function meansOf(
  { train, test, trainError, testError, distance }: Matrices,
  N: number,
  seed: number,
): Barriers['means'] {
  const mean = (values: ArrayLike<number> | null) => values && estimateOfPairs(values, N, seed);
  return {
    train: mean(train)!,
    test: mean(test),
    trainError: mean(trainError),
    testError: mean(testError),
    distance: mean(distance)!,
  };
}

type BarrierTensors = Omit<Barriers, 'means'>;

interface KeptBarriers extends Pick<ConditionBarriers, 'networks'> {
  readonly byAlignment: Readonly<Partial<Record<Alignment, BarrierTensors>>>;
}

/** The tensors of a condition, where their shapes are those that it gives. */
function keptBarriers(
  condition: TrainedCondition,
  { points, networks: most, alignments: kinds }: Spec,
  { byAlignment }: TensorsOf<ConditionBarriers>,
): KeptBarriers {
  const { data } = condition;
  const networks = soundNetworks(condition, 2).slice(0, most);
  const square = [networks.length, networks.length];
  const [hasTest, classifies] = [data.test.count > 0, data.classNames.length > 0];
  const tensors = kinds.map((kind): [Alignment, BarrierTensors] => {
    const own = byAlignment[kind]!;
    return [
      kind,
      {
        train: shaped(own.train, square),
        test: shapedIf(hasTest, own.test, square),
        trainError: shapedIf(classifies, own.trainError, square),
        testError: shapedIf(hasTest && classifies, own.testError, square),
        meanPath: shaped(own.meanPath, [points]),
        distance: shaped(own.distance, square),
      },
    ];
  });
  return { networks, byAlignment: Object.fromEntries(tensors) };
}

function barriersAgain(
  condition: TrainedCondition,
  { networks, byAlignment }: KeptBarriers,
): Derived<ConditionBarriers> {
  const { seed, hiddenSizes } = condition.experiment;
  const N = networks.length;
  const again = Object.entries(byAlignment).map(([kind, tensors]) => {
    const { train, test, trainError, testError, distance } = tensors;
    const numbers = (tensor: NumericArray | null) => tensor && tensor.values;
    const means = meansOf(
      {
        train: numbers(train),
        test: numbers(test),
        trainError: numbers(trainError),
        testError: numbers(testError),
        distance: numbers(distance),
      },
      N,
      seed,
    );
    const asTheyLie =
      kind === 'none'
        ? numericArray([N, N], distanceMatrix(weightsOf(condition, networks), N))
        : distance;
    return [kind, { ...tensors, means, distance: asTheyLie }] as const;
  });
  return { networks, hiddenSizes, byAlignment: Object.fromEntries(again) };
}

/** Some pairs again, one network at a time, along lines made in double precision. */
async function recheckPairs(
  context: AnalysisContext<TrainedCondition>,
  condition: TrainedCondition,
  { points }: Spec,
  { networks, byAlignment }: ConditionBarriers,
): Promise<Recheck[]> {
  const { network, key, data } = condition;
  const weights = weightsOf(condition, networks);
  const N = networks.length;
  const P = weights.length / N;
  // Of two networks these are one pair, of three all of them.
  const pairs = [[0, 1] as const, ...(N > 2 ? [[0, N - 1] as const, [N - 2, N - 1] as const] : [])];
  const alphas = evenAlphas(points);
  const checks: Recheck[] = [];
  for (const part of ['train', 'test'] as const) {
    if (data[part].count === 0) continue;
    await using(createEvaluator(lossOptions(context, condition, part)), async ({ evaluate }) => {
      for (const [kind, own] of Object.entries(byAlignment)) {
        const method = await methodOf(context, condition, weights, kind as Alignment);
        for (const [i, j] of pairs) {
          const from = rowOf(weights, P, i);
          const aligned = method && alignPair(network, weights, i, j, method);
          const to = aligned?.weights ?? rowOf(weights, P, j);
          const { loss, accuracy } = await evaluate(lineBetween(from, to, alphas));
          const of = `(${kind}) of networks ${networks[i]} and ${networks[j]} of ${key}`;
          const at = i * N + j;
          const [losses, errors] =
            part === 'train' ? [own.train, own.trainError] : [own.test!, own.testError];
          const test = part === 'test' ? 'test ' : '';
          const barrier = barriersOf(loss, alphas).barrier[0]!;
          checks.push(sameLoss(`${test}barrier ${of}`, losses.values[at]!, barrier));
          if (errors && accuracy) {
            const error = barriersOf(errorsOf(accuracy), alphas).barrier[0]!;
            const what = `${test}error barrier ${of}`;
            checks.push(sameShare(what, errors.values[at]!, error, data[part].count));
          }
          if (part === 'train' && aligned)
            checks.push(
              sameCoordinate(`distance ${of}`, own.distance.values[at]!, aligned.distanceAfter),
            );
        }
      }
    });
  }
  return checks;
}

/** `[T, P]` between two networks, ends included. */
const lineBetween = (
  from: Float32Array,
  to: Float32Array,
  alphas: readonly number[],
): Float32Array => {
  const P = from.length;
  return Float32Array.from({ length: alphas.length * P }, (_, at) => {
    const [a, p] = [alphas[Math.floor(at / P)]!, at % P];
    return (1 - a) * from[p]! + a * to[p]!;
  });
};

function trendsOf(
  all: readonly KeptBarriers[],
  kinds: readonly Alignment[],
  seed: number,
): BarrierResult['trends'] {
  if (all.length < 2) return null;
  return Object.fromEntries(
    kinds.map((kind) => [
      kind,
      trend(
        all.map((own) => barrierOfEach(own, kind)),
        seed,
      ),
    ]),
  );
}

/** Each network's mean training barrier with the others. */
const barrierOfEach = ({ networks, byAlignment }: KeptBarriers, kind: Alignment) =>
  meanOverOthers(byAlignment[kind]!.train.values, networks.length);

/** A study of widths: conditions whose one hidden layer grows from one to the next. */
function widthClaims(conditions: readonly TrainedCondition[], result: BarrierResult): Claim[] {
  const { seed } = conditions[0]!.experiment;
  const widths = conditions.map(({ experiment }) => experiment.hiddenSizes);
  const grows = widths.every(
    (sizes, i) => sizes.length === 1 && (i === 0 || sizes[0]! > widths[i - 1]![0]!),
  );
  const aligned = result.trends?.weights;
  const own = conditions.map(({ key }) => result.conditions[key] as ConditionBarriers);
  if (!grows || !aligned || !own.every(({ byAlignment }) => byAlignment.none)) return [];
  // Two networks are one pair, whose barrier has no interval.
  if (own.some(({ networks }) => networks.length < 3)) return [];
  const values = own.map((each) => barrierOfEach(each, 'weights'));
  const peak = values
    .map((each) => each.reduce((sum, value) => sum + value, 0) / each.length)
    .reduce((best, value, i, all) => (value > all[best]! ? i : best), 0);
  const falls = compare(values[peak]!, values.at(-1)!, seed);
  const last = own.at(-1)!;
  const helps = comparePaired(barrierOfEach(last, 'none'), barrierOfEach(last, 'weights'), seed);
  const verdict = verdictOfAll([
    verdictBelow(falls.meanDifference.interval, 0),
    verdictBelow(helps.meanDifference.interval, 0),
  ]);
  const name = (index: number) => `${widths[index]![0]} units`;
  const mean = (index: number, kind: Alignment) => own[index]!.byAlignment[kind]!.means.train;
  return [
    {
      id: 'wide-networks-align',
      source: 'ainsworth2023',
      found:
        'once hidden units are permuted to match, the barrier between two networks falls as they get wider, towards none',
      evidence: [
        ...(['none', 'weights'] as const).flatMap((kind) =>
          own.map((_, i) => ({
            what: `barrier ${kind === 'none' ? 'before' : 'after'} alignment, ${name(i)}`,
            ...mean(i, kind),
            unit: 'training loss',
          })),
        ),
        {
          what: `barrier after alignment, ${name(own.length - 1)} less ${name(peak)}, where it is highest`,
          ...falls.meanDifference,
          unit: 'training loss',
        },
        {
          what: `barrier after alignment less before, ${name(own.length - 1)}`,
          ...helps.meanDifference,
          unit: 'training loss',
        },
      ],
      criterion:
        'shown if the barrier after alignment is lower at the largest width than at its highest, and lower there than before alignment, each by its whole interval over networks',
      verdict,
      sentence: `After alignment the barrier is highest at ${name(peak)} (${mean(peak, 'weights').value.toPrecision(2)}) and ${mean(own.length - 1, 'weights').value.toPrecision(2)} at ${name(own.length - 1)}, against ${mean(own.length - 1, 'none').value.toPrecision(2)} there before alignment; at ${name(0)}, alignment takes it from ${mean(0, 'none').value.toPrecision(2)} to ${mean(0, 'weights').value.toPrecision(2)}.`,
    },
  ];
}
