// The largest Hessian eigenvalue along training: does descent stop sharpening, and where?
import { z } from 'zod';
import { batchSizeOf } from '../../learning/batches.ts';
import { createEvaluator } from '../../learning/evaluator.ts';
import { plannedSteps } from '../../learning/planned-steps.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import { createDerivatives, stoppable } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { quantileOf, type Estimate } from '../bootstrap.ts';
import { gatherRows } from '../rows.ts';
import {
  defineAnalysis,
  lossOptions,
  ofEach,
  perCondition,
  soundNetworks,
  using,
  type AnalysisContext,
  type Condition,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import {
  verdictAbove,
  verdictBelow,
  verdictOfAll,
  type Claim,
  type Evidence,
  type Verdict,
} from './claim.ts';
import { shaped, type TensorsOf } from './derived.ts';
import { estimateOfMedian } from './estimates.ts';
import { rayleighQuotients, sameEigenvalue, sameLoss } from './rechecks.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';

const schema = z.strictObject({
  kind: z.literal('sharpness-along'),
  networks: z.number().int().min(1).max(1000).default(5).meta({ label: 'Networks' }),
  snapshots: z.number().int().min(2).max(1000).default(51).meta({
    label: 'Snapshots',
    help: 'At how many of the snapshots the sharpness is measured, evenly spread.',
  }),
  late: z.number().gt(0).lt(1).default(0.5).meta({
    label: 'Late share',
    help: 'The last share of training over which the plateau is taken.',
  }),
});

export interface SharpnessPath {
  readonly networks: readonly number[];
  /** `[S]`: optimiser steps. */
  readonly steps: NumericArray;
  /** `[S, M]`: largest eigenvalue of the Hessian of the training loss. */
  readonly sharpness: NumericArray;
  /** `[S, M]`: training loss. */
  readonly loss: NumericArray;
  /** 2 / eta: above it, descent on a quadratic diverges; null for all but plain full-batch descent without decay. */
  readonly threshold: number | null;
  /** Sharpness over 2 / eta at the start, and the median over the late part of training; medians over networks. */
  readonly ratioAtStart: Estimate | null;
  readonly ratioLate: Estimate | null;
  /** Share of late steps between snapshots in which the loss rose: median over networks. */
  readonly lateRises: Estimate;
  /** Eigenvectors at the end, `[M, P]`, to check the eigenvalues by. */
  readonly lastVectors: NumericArray;
}

export interface SharpnessResult {
  readonly conditions: Readonly<Record<string, SharpnessPath>>;
}

type Spec = z.output<typeof schema>;

export const sharpnessAlong = defineAnalysis({
  schema,
  title: 'the largest Hessian eigenvalue along training',
  async answer(context, spec): Promise<SharpnessResult> {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    return { conditions };
  },
  claims: (context, _, { conditions }: SharpnessResult) => claimsOf(context.conditions, conditions),
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      pathAgain(condition, spec, tensors.conditions[condition.key]!),
    );
    return { conditions };
  },
  async recheck(context, _, result) {
    const checks: Recheck[] = [];
    for (const condition of context.conditions) {
      const { networks, sharpness, loss, lastVectors } = result.conditions[
        condition.key
      ] as SharpnessPath;
      const P = lastVectors.shape[1] as number;
      const M = networks.length;
      const weights = gatherRows(condition.final, P, networks);
      const product = await using(createDerivatives(lossOptions(context, condition)), (made) =>
        made.hessianVectorProduct(weights, lastVectors.values),
      );
      const quotients = rayleighQuotients(lastVectors.values, product, M);
      const ends = await using(createEvaluator(lossOptions(context, condition)), async (made) => [
        await made.evaluate(gatherRows(condition.initial, P, networks)),
        await made.evaluate(weights),
      ]);
      for (const [m, network] of networks.entries()) {
        const of = `of network ${network} of ${condition.key}`;
        const [first, last] = [m, loss.values.length - M + m];
        checks.push(
          sameEigenvalue(`final sharpness ${of}`, sharpness.values[last]!, quotients[m]!, 2e-3),
          sameLoss(`initial loss ${of}`, loss.values[first]!, ends[0]!.loss[m]!),
          sameLoss(`final loss ${of}`, loss.values[last]!, ends[1]!.loss[m]!),
        );
      }
    }
    return checks;
  },
});

async function measure(
  context: AnalysisContext,
  condition: Condition,
  spec: Spec,
): Promise<SharpnessPath> {
  const { history, experiment } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const { networks: N, parameters: P, snapshotSteps } = history;
  const kept = spreadIndices(snapshotSteps.length, spec.snapshots);
  const rows = kept.flatMap((snapshot) => networks.map((network) => snapshot * N + network));
  const weights = gatherRows(history.snapshots, P, rows);
  const { pairs, loss } = await using(
    createDerivatives(lossOptions(context, condition)),
    async (made) => {
      const derivatives = stoppable(made, context.signal);
      return {
        pairs: await hessianEigenpairs(derivatives, weights, {
          top: 1,
          bottom: 0,
          seed,
          tolerance: 1e-3,
        }),
        loss: (await derivatives.gradient(weights)).loss,
      };
    },
  );
  const S = kept.length;
  return {
    networks,
    steps: numericArray(
      [S],
      kept.map((snapshot) => snapshotSteps[snapshot]!),
    ),
    sharpness: onLogScale([S, M], pairs.top.values),
    loss: onLogScale([S, M], loss),
    ...summariesOf(condition, spec, pairs.top.values, loss, M),
    lastVectors: forComputing([M, P], pairs.top.vectors.slice(-M * P)),
  };
}

/** 2 / eta, of plain descent alone. */
function thresholdOf({ experiment, data }: TrainedCondition): number | null {
  const { learningRate, optimiser, schedule, weightDecay } = experiment;
  const fullBatch = batchSizeOf(experiment, data.train) === data.train.count;
  // Decay adds its own curvature to the one measured, so that 2 / eta would be met too early.
  const isPlain =
    optimiser.kind === 'sgd' && schedule.kind === 'constant' && fullBatch && weightDecay === 0;
  return isPlain ? 2 / learningRate : null;
}

/** Of sharpness and loss `[S, M]`. */
function summariesOf(
  condition: TrainedCondition,
  { late }: Spec,
  sharpness: ArrayLike<number>,
  loss: ArrayLike<number>,
  M: number,
): Pick<SharpnessPath, 'threshold' | 'ratioAtStart' | 'ratioLate' | 'lateRises'> {
  const S = loss.length / M;
  const threshold = thresholdOf(condition);
  const from = Math.floor((1 - late) * (S - 1));
  const path = (values: ArrayLike<number>, m: number) =>
    Array.from({ length: S }, (_, s) => values[s * M + m]!);
  const median = (of: (m: number) => number) =>
    estimateOfMedian(
      Array.from({ length: M }, (_, m) => of(m)),
      condition.experiment.seed,
    );
  const lateMedian = (m: number) =>
    quantileOf(Float64Array.from(path(sharpness, m).slice(from)).sort(), 0.5);
  return {
    threshold,
    ratioAtStart: threshold === null ? null : median((m) => sharpness[m]! / threshold),
    ratioLate: threshold === null ? null : median((m) => lateMedian(m) / threshold),
    lateRises: median((m) => {
      const losses = path(loss, m).slice(from);
      const rises = losses.slice(1).filter((value, k) => value > losses[k]!).length;
      return rises / (losses.length - 1);
    }),
  };
}

function pathAgain(
  condition: TrainedCondition,
  spec: Spec,
  tensors: TensorsOf<SharpnessPath>,
): SharpnessPath {
  const { experiment, data, final } = condition;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const P = final.length / experiment.initialisations;
  const planned = plannedSteps(experiment, data.train).snapshots;
  const steps = spreadIndices(planned.length, spec.snapshots).map((k) => planned[k]!);
  const sharpness = shaped(tensors.sharpness, [steps.length, M]);
  const loss = shaped(tensors.loss, [steps.length, M]);
  return {
    networks,
    steps: numericArray([steps.length], steps),
    sharpness,
    loss,
    ...summariesOf(condition, spec, sharpness.values, loss.values, M),
    lastVectors: shaped(tensors.lastVectors, [M, P]),
  };
}

/** The plateau of Cohen et al. hovers just above 2 / eta; sampled late medians within a fifth of it count as at it. */
const [near, far] = [0.8, 1.2];

function claimsOf(
  conditions: readonly TrainedCondition[],
  paths: Readonly<Record<string, SharpnessPath>>,
): Claim[] {
  const plain = conditions.filter(({ key }) => paths[key]?.ratioLate);
  if (plain.length === 0) return [];
  const evidence: Evidence[] = [];
  const verdicts: Verdict[] = [];
  for (const { key, title } of plain) {
    const { ratioAtStart, ratioLate } = paths[key] as {
      ratioAtStart: Estimate;
      ratioLate: Estimate;
    };
    evidence.push(
      { what: `${title}: sharpness over 2/eta at the start`, ...ratioAtStart, unit: '' },
      { what: `${title}: sharpness over 2/eta, late`, ...ratioLate, unit: '' },
    );
    verdicts.push(
      verdictBelow(ratioAtStart.interval, near),
      verdictAbove(ratioLate.interval, near),
      verdictBelow(ratioLate.interval, far),
    );
  }
  const verdict = verdictOfAll(verdicts);
  const told = plain
    .map(({ key, title }) => {
      const { ratioAtStart, ratioLate } = paths[key]!;
      return `from ${ratioAtStart!.value.toFixed(2)} to ${ratioLate!.value.toFixed(2)} (${title})`;
    })
    .join(', ');
  return [
    {
      id: 'sharpness-climbs-to-the-edge',
      source: 'cohen2021',
      found:
        'in full-batch gradient descent the largest Hessian eigenvalue climbs until it reaches 2/eta, and stays about there',
      evidence,
      criterion: `shown if at every step size the ratio of sharpness to 2/eta starts below ${near} and its late median lies between ${near} and ${far}, each by its whole interval over networks`,
      verdict,
      sentence: `In units of 2/eta the sharpness goes ${told}.`,
    },
  ];
}
