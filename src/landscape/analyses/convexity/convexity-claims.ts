// What a paper claimed of skip connections, by what ours shows.
import { verdictBelow, type Claim } from '../claim.ts';
import { differenceOfPairs } from '../estimates.ts';
import type { ConvexityResult } from './convexity-result.ts';

export function skipClaims({ conditions, skips }: ConvexityResult): Claim[] {
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
