// How high the loss rises on straight lines between networks, before and after their hidden units are aligned.
import { barrierMatrix, type BarrierMatrix } from '../paths/barrier-matrix.ts';
import { createInterpolator, evenAlphas } from '../paths/interpolation.ts';
import { distanceMatrix } from '../projections/distances.ts';
import { alignPair, type AlignmentMethod } from '../symmetry/align-population.ts';
import {
  defineAnalysis,
  lossOptions,
  ofEach,
  perCondition,
  soundNetworks,
  using,
  weightsOf,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import { methodOf } from './barriers/alignment-method.ts';
import { widthClaims } from './barriers/barriers-claims.ts';
import { barriersAgain, keptBarriers, meansOf, trendsOf } from './barriers/barriers-derived.ts';
import { recheckBarriers } from './barriers/barriers-rechecks.ts';
import {
  barriersSchema,
  type Alignment,
  type BarrierResult,
  type Barriers,
  type ConditionBarriers,
  type BarriersSpec,
} from './barriers/barriers-result.ts';
import { checkNetworks } from './checks.ts';
import { forComputing, onLogScale } from './numeric-array.ts';

export const barriers = defineAnalysis({
  schema: barriersSchema,
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
  recheck: recheckBarriers,
});

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  { points, networks: most, alignments: kinds }: BarriersSpec,
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

/** Pictures draw the barriers of the training loss; the rest is kept for who takes the artifact. */
function packed(matrix: BarrierMatrix, distance: Float64Array, N: number, seed: number): Barriers {
  const square = (values: ArrayLike<number> | null) => values && forComputing([N, N], values);
  const { train, test, trainError, testError, meanPath } = matrix;
  return {
    train: onLogScale([N, N], train),
    test: square(test),
    trainError: square(trainError),
    testError: square(testError),
    means: meansOf({ train, test, trainError, testError, distance }, N, seed),
    meanPath: forComputing([meanPath.length], meanPath),
    distance: forComputing([N, N], distance),
  };
}
