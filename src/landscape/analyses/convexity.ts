// How rough the land around solutions is: where planes through them curve down, by architecture.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { createDerivatives, stoppable, type Derivatives } from '../curvature/derivatives.ts';
import { hessianEigenpairs } from '../curvature/extreme-eigenpairs.ts';
import { randomStream } from '../../learning/random.ts';
import { meanOf, type Estimate } from '../bootstrap.ts';
import { comparePaired, type PairedComparison } from '../comparison/effect-size.ts';
import { normaliseDirection } from '../directions/normalise-direction.ts';
import { randomDirection } from '../directions/random-direction.ts';
import { gatherRows } from '../rows.ts';
import { evaluateSlice } from '../slices/evaluate-slice.ts';
import { pointsAt, scaledFrame, type Frame } from '../slices/frame.ts';
import { gridConvexity } from '../slices/grid-convexity.ts';
import { axesOver } from '../slices/radius.ts';
import { gridCoordinates, type Slice } from '../slices/slice.ts';
import { createSliceEvaluator } from '../slices/slice-evaluator.ts';
import {
  defineAnalysis,
  lossOptions,
  ofEach,
  perCondition,
  soundNetworks,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { verdictBelow, type Claim } from './claim.ts';
import { shaped, type TensorsOf } from './derived.ts';
import { differenceOfPairs, estimateOfMean } from './estimates.ts';
import { numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameEigenvalueRatio, sameLoss } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('convexity'),
  networks: z.number().int().min(2).max(200).default(8).meta({
    label: 'Networks',
    help: 'The first so many of each condition that did not diverge, each with a plane of its own.',
  }),
  size: z
    .number()
    .int()
    .min(5)
    .max(201)
    .default(31)
    .refine((size) => size % 2 === 1, 'expected an odd number, so that the network is on the grid')
    .meta({ label: 'Grid points a side' }),
  hessianNetworks: z.number().int().min(2).max(200).default(4).meta({
    label: 'Networks with Hessians',
    help: 'For how many of them the extreme eigenvalues of the whole Hessian are computed on the plane.',
  }),
  hessianSize: z.number().int().min(1).max(51).default(5).meta({
    label: 'Hessians a side',
    help: 'On a coarser grid over the same plane.',
  }),
  radius: z.number().gt(0).max(10).default(1).meta({
    label: 'Radius',
    help: "In the norms of the network's own filters: 1 moves each filter as far as its own length.",
  }),
});

export interface ConditionConvexity {
  readonly networks: readonly number[];
  readonly residual: boolean;
  /** Hidden layers. */
  readonly depth: number;
  /** `[ny, nx]`: the plane of the first network, in the norms of its filters. */
  readonly axis: NumericArray;
  readonly loss: NumericArray;
  /** `[M, size, size]`: all planes. */
  readonly losses: NumericArray;
  /** `[M]`: share of the grid where the plane curves down in some direction. */
  readonly negativeShare: NumericArray;
  /**
   * `[H, g, g]`: |smallest / largest| eigenvalue of the whole Hessian at points of the planes of the first H; 0 where
   * none is negative, NaN where all are 0.
   */
  readonly hessianRatio: NumericArray;
  /** `[H]`: the mean of each plane. */
  readonly curvatureRatio: NumericArray;
  /** `[M]`: highest loss on the plane over the loss at its centre. */
  readonly rise: NumericArray;
  readonly means: {
    readonly negativeShare: Estimate;
    readonly curvatureRatio: Estimate;
  };
}

export interface ConvexityResult {
  readonly conditions: Readonly<Record<string, ConditionConvexity>>;
  /** By depth: residual against plain networks, by number of the network. */
  readonly skips: readonly {
    readonly depth: number;
    readonly plain: string;
    readonly residual: string;
    readonly negativeShare: PairedComparison;
    readonly curvatureRatio: PairedComparison;
  }[];
}

type Spec = z.output<typeof schema>;

export const convexity = defineAnalysis({
  schema,
  title: 'where planes through solutions curve down, by architecture',
  async answer(context, spec): Promise<ConvexityResult> {
    const conditions = await perCondition(context, (own, condition) =>
      measure(own, condition, spec),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, skips: skipsOf(conditions, seed) };
  },
  async derived(context, spec, tensors) {
    const conditions = await ofEach(context, (condition) =>
      convexityAgain(condition, spec, tensors.conditions[condition.key]!),
    );
    const seed = context.conditions[0]!.experiment.seed;
    return { conditions, skips: skipsOf(conditions, seed) };
  },
  claims: (_, __, result: ConvexityResult) => skipClaims(result),
  async recheck(context, spec, { conditions }) {
    const checks: Recheck[] = [];
    for (const condition of context.conditions) {
      const { networks, losses, hessianRatio } = conditions[condition.key] as ConditionConvexity;
      const { seed } = condition.experiment;
      const axes = axesOf(spec);
      const points = spec.size ** 2;
      const frames = framesOf(condition, networks);
      await using(createEvaluator(lossOptions(context, condition)), async ({ evaluate }) => {
        for (const [m, frame] of frames.entries()) {
          const at = randomStream(seed, 'verify', m).integer(points);
          const { loss } = await evaluate(pointsAt(frame, gridCoordinates(axes, at, 1)));
          const recorded = losses.values[m * points + at]!;
          checks.push(
            sameLoss(
              `loss on the plane of network ${networks[m]} of ${condition.key}`,
              recorded,
              loss[0]!,
              1e-3,
            ),
          );
        }
      });
      // Of the first plane, the ratio at one point.
      const at = randomStream(seed, 'verify').integer(spec.hessianSize ** 2);
      const point = pointsAt(frames[0]!, gridCoordinates(hessianAxes(spec), at, 1));
      const again = await using(createDerivatives(lossOptions(context, condition)), (made) =>
        extremeEigenvalues(made, point, seed),
      );
      checks.push(
        sameEigenvalueRatio(
          `ratio of Hessian eigenvalues on the plane of network ${networks[0]} of ${condition.key}`,
          hessianRatio.values[at]!,
          ratiosOf(again)[0]!,
          { relative: hessianSearch.tolerance, largest: again.largest[0]! },
        ),
      );
    }
    return checks;
  },
});

const axesOf = ({ size, radius }: Spec): Float32Array[] =>
  axesOver(
    [
      [-radius, radius],
      [-radius, radius],
    ],
    size,
  );

/** A plane through each network: two random directions, the same for all, given the norms of its filters. */
function framesOf(
  { network, final, experiment }: TrainedCondition,
  networks: readonly number[],
): Frame[] {
  const P = final.length / experiment.initialisations;
  return networks.map((index) => {
    const origin = gatherRows(final, P, [index]);
    const basis = new Float32Array(2 * P);
    for (const d of [0, 1]) {
      const drawn = randomDirection(P, experiment.seed, d);
      basis.set(normaliseDirection(network, drawn, origin, 'filter'), d * P);
    }
    return scaledFrame(origin.slice(), basis, ['random direction 1', 'random direction 2']);
  });
}

async function measure(
  context: AnalysisContext,
  condition: TrainedCondition,
  spec: Spec,
): Promise<ConditionConvexity> {
  const { experiment } = condition;
  const { seed } = experiment;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const M = networks.length;
  const axes = axesOf(spec);
  const slices: Slice[] = [];
  for (const [m, frame] of framesOf(condition, networks).entries()) {
    const making = createSliceEvaluator(lossOptions(context, condition), frame);
    slices.push(
      await using(making, ({ evaluate }) =>
        evaluateSlice({
          frame,
          axes,
          evaluateTrain: evaluate,
          evaluateTest: null,
          signal: context.signal,
        }),
      ),
    );
    context.onProgress((0.5 * (m + 1)) / M);
  }
  const shape = [spec.size, spec.size];
  const losses = slices.flatMap(({ loss }) => [...loss]);
  const hessianRatio = await hessianRatios(context, condition, networks, spec);
  const H = Math.min(spec.hessianNetworks, M);
  return {
    networks,
    residual: experiment.residual,
    depth: experiment.hiddenSizes.length,
    axis: numericArray([spec.size], axes[0]!),
    loss: onLogScale(shape, slices[0]!.loss),
    losses: { ...onLogScale([M, ...shape], losses), shown: false },
    hessianRatio: numericArray([H, spec.hessianSize, spec.hessianSize], hessianRatio),
    ...summariesOf(slices, hessianRatio, H, seed),
  };
}

/** What follows from the planes and the ratios on them `[H * g * g]`. */
function summariesOf(
  planes: readonly Slice[],
  hessianRatio: Float32Array,
  H: number,
  seed: number,
): Pick<ConditionConvexity, 'negativeShare' | 'curvatureRatio' | 'rise' | 'means'> {
  const M = planes.length;
  const negativeShare = planes.map((plane) => gridConvexity(plane).negativeShare);
  const perPlane = hessianRatio.length / H;
  const curvatureRatio = Array.from({ length: H }, (_, h) =>
    meanOf(Float64Array.from(hessianRatio.subarray(h * perPlane, (h + 1) * perPlane))),
  );
  const rises = planes.map(
    ({ loss }) => loss.reduce((a, b) => Math.max(a, b)) / loss[Math.floor(loss.length / 2)]!,
  );
  return {
    negativeShare: numericArray([M], negativeShare),
    curvatureRatio: numericArray([H], curvatureRatio),
    rise: onLogScale([M], rises),
    means: {
      negativeShare: estimateOfMean(negativeShare, seed),
      curvatureRatio: estimateOfMean(curvatureRatio, seed),
    },
  };
}

function convexityAgain(
  condition: TrainedCondition,
  spec: Spec,
  tensors: TensorsOf<ConditionConvexity>,
): ConditionConvexity {
  const { experiment } = condition;
  const networks = soundNetworks(condition).slice(0, spec.networks);
  const [M, H] = [networks.length, Math.min(spec.hessianNetworks, networks.length)];
  const axes = axesOf(spec);
  const points = spec.size ** 2;
  const losses = shaped(tensors.losses, [M, spec.size, spec.size]);
  const planes = framesOf(condition, networks).map((frame, m): Slice => {
    const loss = losses.values.subarray(m * points, (m + 1) * points);
    return { frame, axes, loss, testLoss: null, accuracy: null };
  });
  const hessianRatio = shaped(tensors.hessianRatio, [H, spec.hessianSize, spec.hessianSize]);
  return {
    networks,
    residual: experiment.residual,
    depth: experiment.hiddenSizes.length,
    axis: numericArray([spec.size], axes[0]!),
    loss: onLogScale([spec.size, spec.size], planes[0]!.loss),
    losses,
    hessianRatio,
    ...summariesOf(planes, hessianRatio.values, H, experiment.seed),
  };
}

/** Products behind each pair of eigenvalues at most: far from the solution, two figures are enough. */
const hessianSearch = { top: 1, bottom: 1, maxSteps: 60, tolerance: 0.01 } as const;

/** The coarser grid; a single point is the network itself. */
const hessianAxes = (spec: Spec): Float32Array[] =>
  spec.hessianSize === 1
    ? [Float32Array.of(0), Float32Array.of(0)]
    : axesOf({ ...spec, size: spec.hessianSize });

interface Extremes {
  readonly largest: Float64Array;
  readonly smallest: Float64Array;
}

/** Of the Hessian at each of the points `[M, P]`. */
async function extremeEigenvalues(
  derivatives: Derivatives,
  points: Float32Array,
  seed: number,
): Promise<Extremes> {
  const { top, bottom } = await hessianEigenpairs(derivatives, points, { ...hessianSearch, seed });
  return { largest: top.values, smallest: bottom.values };
}

/** |min(0, smallest) / largest|. */
const ratiosOf = ({ largest, smallest }: Extremes): Float64Array =>
  largest.map((value, i) => Math.abs(Math.min(0, smallest[i]!) / value));

/**
 * `[H * g * g]`: |smallest / largest| eigenvalue of the Hessian on a coarse grid over each plane, the measure of
 * Li et al. 2018 (section 6): 0 where the loss is convex, large where it is not.
 */
async function hessianRatios(
  context: AnalysisContext,
  condition: TrainedCondition,
  networks: readonly number[],
  spec: Spec,
): Promise<Float32Array> {
  const size = spec.hessianSize;
  const coordinates = gridCoordinates(hessianAxes(spec));
  const frames = framesOf(condition, networks.slice(0, spec.hessianNetworks));
  const ratios = new Float32Array(frames.length * size * size);
  await using(createDerivatives(lossOptions(context, condition)), async (made) => {
    const derivatives = stoppable(made, context.signal);
    for (const [h, frame] of frames.entries()) {
      const points = pointsAt(frame, coordinates);
      ratios.set(
        ratiosOf(await extremeEigenvalues(derivatives, points, condition.experiment.seed)),
        h * size * size,
      );
      context.onProgress(0.5 + (0.5 * (h + 1)) / frames.length);
    }
  });
  return ratios;
}

/** Conditions of the same depth that differ in skip connections, compared network by network. */
function skipsOf(
  conditions: ConvexityResult['conditions'],
  seed: number,
): ConvexityResult['skips'] {
  const all = Object.entries(conditions);
  return all.flatMap(([plain, own]) => {
    if (own.residual) return [];
    return all.flatMap(([residual, other]) => {
      if (!other.residual || other.depth !== own.depth) return [];
      const shared = own.networks.filter((network) => other.networks.includes(network));
      const pick = ({ networks }: ConditionConvexity, { values }: NumericArray) =>
        shared.map((network) => values[networks.indexOf(network)] ?? NaN);
      const paired = (of: 'negativeShare' | 'curvatureRatio') =>
        comparePaired(pick(own, own[of]), pick(other, other[of]), seed);
      return [
        {
          depth: own.depth,
          plain,
          residual,
          negativeShare: paired('negativeShare'),
          curvatureRatio: paired('curvatureRatio'),
        },
      ];
    });
  });
}

function skipClaims({ conditions, skips }: ConvexityResult): Claim[] {
  const deepest = skips.reduce<ConvexityResult['skips'][number] | null>(
    (best, skip) => (best && best.depth >= skip.depth ? best : skip),
    null,
  );
  if (!deepest) return [];
  const { depth, negativeShare, curvatureRatio } = deepest;
  const verdict = verdictBelow(differenceOfPairs(curvatureRatio).interval, 0);
  const ratio = (key: string) => conditions[key]!.means.curvatureRatio.value.toPrecision(2);
  return [
    {
      id: 'skips-smooth-deep-networks',
      source: 'li2018',
      found:
        'the surface around a deep network without skip connections is far from convex, and skip connections make it smooth',
      evidence: [
        ...Object.entries(conditions).map(([key, { means }]) => ({
          what: `${key}: |smallest / largest| Hessian eigenvalue over a plane through the solution`,
          value: means.curvatureRatio.value,
          interval: means.curvatureRatio.interval,
          unit: '',
        })),
        {
          what: `the same with skips less without, ${depth} hidden layers`,
          ...differenceOfPairs(curvatureRatio),
          unit: '',
        },
        {
          what: `share of the plane that curves down, with skips less without, ${depth} hidden layers`,
          ...differenceOfPairs(negativeShare),
          unit: 'share of grid points',
        },
      ],
      criterion: `shown if the ratio of the extreme Hessian eigenvalues, averaged over a filter-normalised random plane, is smaller with skip connections at the largest depth (${depth}), by its whole interval over networks`,
      verdict,
      sentence: `At ${depth} hidden layers the smallest Hessian eigenvalue is ${ratio(deepest.plain)} times as large as the largest without skip connections, and ${ratio(deepest.residual)} times with them, signs aside.`,
    },
  ];
}
