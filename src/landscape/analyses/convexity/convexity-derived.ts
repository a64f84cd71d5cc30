// What follows from losses and ratios of eigenvalues on planes: shares, means, and conditions compared.
import { meanOf } from '../../bootstrap.ts';
import { comparePaired } from '../../comparison/effect-size.ts';
import { gridConvexity } from '../../slices/grid-convexity.ts';
import type { Slice } from '../../slices/slice.ts';
import { soundNetworks, type TrainedCondition } from '../analysis.ts';
import { shaped, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray, onLogScale, type NumericArray } from '../numeric-array.ts';
import type { ConditionConvexity, ConvexityResult, ConvexitySpec } from './convexity-result.ts';
import { axesOf, framesOf } from './planes-through-solutions.ts';

export function convexityAgain(
  condition: TrainedCondition,
  spec: ConvexitySpec,
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

/** What follows from the planes and the ratios on them `[H * g * g]`. */
export function summariesOf(
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

/** Conditions of the same depth that differ in skip connections, compared network by network. */
export function skipsOf(
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
