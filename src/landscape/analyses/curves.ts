// Curves of low loss between networks that a straight line separates by a barrier.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { spreadIndices } from '../../learning/spread-indices.ts';
import type { Estimate } from '../bootstrap.ts';
import { barriersOf } from '../paths/barrier.ts';
import { detours, evaluateCurves, curvePoints, type Curves } from '../paths/curve-points.ts';
import { curveSpecSchema } from '../paths/curve-spec.ts';
import { createInterpolator, evenAlphas } from '../paths/interpolation.ts';
import { trainCurves } from '../paths/train-curve.ts';
import { gatherRows } from '../rows.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  named,
  soundNetworks,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkNetworks } from './checks.ts';
import { verdictBelow, type Claim } from './claim.ts';
import { estimateOfMean } from './estimates.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameLoss } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('curves'),
  condition: z.string().optional(),
  pairs: z.number().int().min(1).max(500).default(10).meta({
    label: 'Pairs',
    help: 'Networks 0 and 1, 2 and 3, and so on: no network is in two pairs.',
  }),
  points: z.number().int().min(3).max(401).default(51).meta({ label: 'Points a curve' }),
  curves: named(curveSpecSchema),
});

interface PathLosses {
  /** `[C, T]` each. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  /** `[C]`: of the training loss. */
  readonly barrier: NumericArray;
  readonly meanBarrier: Estimate;
}

export interface CurveResult {
  /** `[C][2]`: the networks at the ends. */
  readonly pairs: readonly (readonly [number, number])[];
  /** `[T]`: 0 is the first end, 1 the second. */
  readonly at: NumericArray;
  readonly straight: PathLosses;
  readonly curves: Readonly<
    Record<
      string,
      PathLosses & {
        readonly shape: 'bezier' | 'polygon';
        /** `[C]`: its length over the distance of its ends. */
        readonly detour: NumericArray;
        readonly meanDetour: Estimate;
        /** `[C, records]`: loss at the drawn points while it was trained. */
        readonly training: NumericArray;
        /** `[C, bends, P]`. */
        readonly bends: NumericArray;
      }
    >
  >;
}

export const curves = defineAnalysis({
  schema,
  title: 'curves of low loss between networks that straight lines do not connect',
  check: (plan, { condition }) => checkNetworks(conditionOf(plan, condition), 2),
  async answer(context, spec) {
    const condition = conditionOf(context, spec.condition);
    const pairs = pairsOf(soundNetworks(condition, 2), spec.pairs);
    const ends = endsOf(condition, pairs);
    const at = evenAlphas(spec.points);
    const { seed } = condition.experiment;
    const straight = await straightLosses(context, condition, ends, at);
    const found: Record<string, CurveResult['curves'][string]> = {};
    const entries = Object.entries(spec.curves);
    for (const [index, [name, curve]] of entries.entries()) {
      const trained = await trainCurves({
        ...lossOptions(context, condition),
        ...ends,
        spec: curve,
        signal: context.signal,
        onProgress: (done, total) => context.onProgress((index + done / total) / entries.length),
      });
      const shape: Curves = { shape: curve.shape, ...ends, bends: trained.bends };
      const P = ends.from.length / pairs.length;
      const detour = detours(shape, at, P);
      const kept = spreadIndices(curve.steps, 200);
      found[name] = {
        shape: curve.shape,
        ...(await curveLosses(context, condition, shape, at)),
        detour: numericArray([pairs.length], detour),
        meanDetour: estimateOfMean(detour, seed),
        training: onLogScale(
          [pairs.length, kept.length],
          pairs.flatMap((_, c) => kept.map((step) => trained.losses[c * curve.steps + step]!)),
        ),
        bends: forComputing([pairs.length, curve.bends, P], trained.bends),
      };
    }
    return { pairs, at: numericArray([at.length], at), straight, curves: found };
  },
  claims: (context, { condition }, result: CurveResult) =>
    claimsOf(result, conditionOf(context, condition).experiment.seed),
  async recheck(context, spec, result) {
    const condition = conditionOf(context, spec.condition);
    const ends = endsOf(condition, result.pairs);
    const P = ends.from.length / result.pairs.length;
    const T = result.at.values.length;
    const middle = Math.floor(T / 2);
    const checks: Recheck[] = [];
    await using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
      for (const [name, curve] of Object.entries(result.curves)) {
        const shape: Curves = { shape: curve.shape, ...ends, bends: curve.bends.values };
        const points = curvePoints(shape, [0, result.at.values[middle]!, 1], P);
        const { loss } = await evaluate(points);
        for (const [c, pair] of result.pairs.entries())
          for (const [k, t] of [0, middle, T - 1].entries()) {
            const recorded = curve.loss.values[c * T + t]!;
            checks.push(
              sameLoss(
                `loss on curve ${name} of networks ${pair.join(' and ')}`,
                recorded,
                loss[c * 3 + k]!,
                1e-3,
              ),
            );
          }
      }
    });
    return checks;
  },
});

function pairsOf(networks: readonly number[], most: number): [number, number][] {
  const count = Math.min(most, Math.floor(networks.length / 2));
  return Array.from({ length: count }, (_, c) => [networks[2 * c]!, networks[2 * c + 1]!]);
}

interface Ends {
  readonly from: Float32Array;
  readonly to: Float32Array;
}

function endsOf({ final, experiment }: TrainedCondition, pairs: CurveResult['pairs']): Ends {
  const P = final.length / experiment.initialisations;
  const side = (end: 0 | 1) =>
    gatherRows(
      final,
      P,
      pairs.map((pair) => pair[end]),
    ).slice();
  return { from: side(0), to: side(1) };
}

async function straightLosses(
  context: AnalysisContext,
  condition: TrainedCondition,
  { from, to }: Ends,
  alphas: readonly number[],
): Promise<PathLosses> {
  const on = (part: 'train' | 'test') =>
    using(createInterpolator(lossOptions(context, condition, part), { alphas }), (line) =>
      line.along(from, to),
    );
  const test = condition.data.test.count > 0 ? await on('test') : null;
  return packed(await on('train'), test, alphas, condition.experiment.seed);
}

async function curveLosses(
  context: AnalysisContext,
  condition: TrainedCondition,
  shape: Curves,
  ts: readonly number[],
): Promise<PathLosses> {
  const P = condition.final.length / condition.experiment.initialisations;
  const on = (part: 'train' | 'test') =>
    using(createEvaluator(lossOptions(context, condition, part)), ({ evaluate }) =>
      evaluateCurves(shape, ts, P, evaluate),
    );
  const test = condition.data.test.count > 0 ? await on('test') : null;
  return packed(await on('train'), test, ts, condition.experiment.seed);
}

type Losses = Awaited<ReturnType<typeof evaluateCurves>>;

function packed(
  { loss, accuracy }: Losses,
  test: Losses | null,
  at: readonly number[],
  seed: number,
): PathLosses {
  const shape = [loss.length / at.length, at.length];
  const { barrier } = barriersOf(loss, at);
  return {
    loss: onLogScale(shape, loss),
    testLoss: test && onLogScale(shape, test.loss),
    accuracy: accuracy && numericArray(shape, accuracy),
    barrier: onLogScale([barrier.length], barrier),
    meanBarrier: estimateOfMean(barrier, seed),
  };
}

/** What is left of the straight line's barrier, at most, where a curve counts as connecting. */
const connected = 0.1;

function claimsOf({ straight, curves: found }: CurveResult, seed: number): Claim[] {
  const sources = { bezier: 'garipov2018', polygon: 'draxler2018' } as const;
  return Object.entries(found).map(([name, curve]) => {
    const remains = estimateOfMean(
      Array.from(curve.barrier.values, (barrier, c) => barrier / straight.barrier.values[c]!),
      seed,
    );
    const verdict = verdictBelow(remains.interval, connected);
    return {
      id: `curves-connect-${name}`,
      source: sources[curve.shape],
      found:
        curve.shape === 'bezier'
          ? 'two independently trained networks, separated by a barrier on the straight line, are connected by a simple curve of nearly constant low loss'
          : 'minima of different runs are connected by paths without a barrier, found here as a chain of straight pieces',
      evidence: [
        {
          what: 'barrier on the straight line',
          ...straight.meanBarrier,
          unit: 'training loss',
        },
        { what: 'barrier on the curve', ...curve.meanBarrier, unit: 'training loss' },
        { what: 'share of the barrier that is left, mean over pairs', ...remains, unit: '' },
        {
          what: 'length of the curve over the distance of its ends',
          ...curve.meanDetour,
          unit: '',
        },
      ],
      criterion: `shown if less than a tenth of the straight line's barrier is left on the curve, by its whole interval over pairs`,
      verdict,
      sentence: `The straight line's barrier is ${straight.meanBarrier.value.toPrecision(2)} on average, the curve's ${curve.meanBarrier.value.toPrecision(2)} (of each pair's own, a share of ${remains.value.toPrecision(2)} is left), on a way ${curve.meanDetour.value.toFixed(2)} times as long.`,
    };
  });
}
