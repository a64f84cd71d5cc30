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
import { shaped, shapedIf, type Derived, type TensorsOf } from './derived.ts';
import { estimateOfMean } from './estimates.ts';
import { forComputing, numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameLoss, sameShare } from './rechecks.ts';

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
  async answer(context, spec): Promise<CurveResult> {
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
      const kept = keptSteps(curve.steps);
      found[name] = {
        shape: curve.shape,
        ...(await curveLosses(context, condition, shape, at)),
        ...detoursOf(shape, at, P, seed),
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
  derived(context, spec, tensors) {
    const condition = conditionOf(context, spec.condition);
    const pairs = pairsOf(soundNetworks(condition, 2), spec.pairs);
    const ends = endsOf(condition, pairs);
    const P = ends.from.length / pairs.length;
    const { seed } = condition.experiment;
    const at = evenAlphas(spec.points);
    const again = (own: TensorsOf<PathLosses>) => lossesAgain(condition, own, pairs.length, at);
    const curves = Object.entries(spec.curves).map(([name, { shape, bends, steps }]) => {
      const own = tensors.curves[name]!;
      const kept = shaped(own.bends, [pairs.length, bends, P]);
      const derived: Derived<CurveResult['curves'][string]> = {
        shape,
        ...again(own),
        ...detoursOf({ shape, ...ends, bends: kept.values }, at, P, seed),
        training: shaped(own.training, [pairs.length, keptSteps(steps).length]),
        bends: kept,
      };
      return [name, derived] as const;
    });
    return {
      pairs,
      at: numericArray([at.length], at),
      straight: again(tensors.straight),
      curves: Object.fromEntries(curves),
    };
  },
  async recheck(context, spec, result) {
    const condition = conditionOf(context, spec.condition);
    const ends = endsOf(condition, result.pairs);
    const P = ends.from.length / result.pairs.length;
    const at = evenAlphas(spec.points);
    const middle = Math.floor(at.length / 2);
    const ts = [0, at[middle]!, 1];
    const chosen = [0, middle, at.length - 1];
    const half = Float32Array.from(ends.from, (weight, i) => (weight + ends.to[i]!) / 2);
    const straight = { shape: 'polygon', ...ends, bends: half } as const;
    const paths = [
      ['the straight line', result.straight, curvePoints(straight, ts, P)],
      ...Object.entries(result.curves).map(([name, curve]) => {
        const shape: Curves = { shape: curve.shape, ...ends, bends: curve.bends.values };
        return [`curve ${name}`, curve, curvePoints(shape, ts, P)] as const;
      }),
    ] as const;
    const checks: Recheck[] = [];
    for (const part of ['train', 'test'] as const) {
      const { count } = condition.data[part];
      if (count === 0) continue;
      await using(createEvaluator(lossOptions(context, condition, part)), async ({ evaluate }) => {
        for (const [name, path, points] of paths) {
          const { loss, accuracy } = await evaluate(points);
          const recorded = part === 'train' ? path.loss : path.testLoss!;
          const shares = part === 'train' ? path.accuracy : null;
          for (const [c, pair] of result.pairs.entries())
            for (const [k, t] of chosen.entries()) {
              const of = `on ${name} of networks ${pair.join(' and ')}`;
              const [own, place] = [c * at.length + t, c * 3 + k];
              const what = `${part === 'train' ? '' : 'test '}loss ${of}`;
              checks.push(sameLoss(what, recorded.values[own]!, loss[place]!, 1e-3));
              if (!shares || !accuracy) continue;
              checks.push(
                sameShare(`accuracy ${of}`, shares.values[own]!, accuracy[place]!, count),
              );
            }
        }
      });
    }
    return checks;
  },
});

/** Of the losses while a curve was trained, those that are kept. */
const keptSteps = (steps: number): number[] => spreadIndices(steps, 200);

function detoursOf(
  shape: Curves,
  at: readonly number[],
  P: number,
  seed: number,
): Pick<CurveResult['curves'][string], 'detour' | 'meanDetour'> {
  const detour = detours(shape, at, P);
  return {
    detour: numericArray([detour.length], detour),
    meanDetour: estimateOfMean(detour, seed),
  };
}

function lossesAgain(
  { data, experiment }: TrainedCondition,
  tensors: TensorsOf<PathLosses>,
  C: number,
  at: readonly number[],
): PathLosses {
  const shape = [C, at.length];
  const loss = shaped(tensors.loss, shape);
  return {
    loss,
    testLoss: shapedIf(data.test.count > 0, tensors.testLoss, shape),
    accuracy: shapedIf(data.classNames.length > 0, tensors.accuracy, shape),
    ...barriersAlong(loss.values, at, experiment.seed),
  };
}

function barriersAlong(
  loss: Float32Array,
  at: readonly number[],
  seed: number,
): Pick<PathLosses, 'barrier' | 'meanBarrier'> {
  const { barrier } = barriersOf(loss, at);
  return {
    barrier: onLogScale([barrier.length], barrier),
    meanBarrier: estimateOfMean(barrier, seed),
  };
}

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
  return {
    loss: onLogScale(shape, loss),
    testLoss: test && onLogScale(shape, test.loss),
    accuracy: accuracy && numericArray(shape, accuracy),
    ...barriersAlong(loss, at, seed),
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
