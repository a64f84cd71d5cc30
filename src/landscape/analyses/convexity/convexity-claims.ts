// What a paper claimed of skip connections, by what ours shows.
import { verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import { differenceOfPairs } from '../estimates.ts';
import type { ConditionConvexity, ConvexityResult } from './convexity-result.ts';

/** What of a condition's settings decides whether it can be compared with another. */
export interface SkipSettings {
  /** Kind and scale of the first weights, as one text. */
  readonly start: string;
  /** Training loss under which a network has learned. */
  readonly lossBelow: number;
}

/** Whether any network learned: the land of networks that never left their start is flat whatever their wiring. */
function hasLearned({ losses }: ConditionConvexity, lossBelow: number): boolean {
  const [M = 0, rows = 0, columns = rows] = losses.shape;
  const points = rows * columns;
  const centre = Math.floor(points / 2);
  return Array.from({ length: M }, (_, m) => losses.values[m * points + centre]!).some(
    (loss) => loss < lossBelow,
  );
}

export function skipClaims(
  { conditions, skips }: ConvexityResult,
  settingsOf: (key: string) => SkipSettings,
): Claim[] {
  const deepest = skips.reduce<ConvexityResult['skips'][number] | null>(
    (best, skip) => (best && best.depth >= skip.depth ? best : skip),
    null,
  );
  if (!deepest) return [];
  const { depth } = deepest;
  const atDepth = skips.filter((skip) => skip.depth === depth);
  const alike = atDepth.filter(
    ({ plain, residual }) => settingsOf(plain).start === settingsOf(residual).start,
  );
  const verdict = verdictOfAll(
    alike.map(({ plain, residual, curvatureRatio }) =>
      [plain, residual].every((key) => hasLearned(conditions[key]!, settingsOf(key).lossBelow))
        ? verdictBelow(differenceOfPairs(curvatureRatio).interval, 0)
        : 'not shown',
    ),
  );
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
        ...atDepth.flatMap(({ plain, residual, curvatureRatio, negativeShare }) => [
          {
            what: `the same, ${residual} less ${plain}`,
            ...differenceOfPairs(curvatureRatio),
            unit: '',
          },
          {
            what: `share of the plane that curves down, ${residual} less ${plain}`,
            ...differenceOfPairs(negativeShare),
            unit: 'share of grid points',
          },
        ]),
      ],
      criterion: `shown if the ratio of the extreme Hessian eigenvalues, averaged over a filter-normalised random plane, is smaller with skip connections than without at the largest depth (${depth}), by its whole interval over networks, for every pair of kinds that start with weights of the same size; a pair of which one kind never learned shows nothing`,
      verdict,
      sentence:
        alike.length === 0
          ? `No two kinds of ${depth} hidden layers that differ in skip connections start with weights of the same size.`
          : `At ${depth} hidden layers, how large the smallest Hessian eigenvalue is beside the largest, signs aside: ${alike.map(({ plain, residual }) => `${ratio(plain)} without skip connections and ${ratio(residual)} with them (${plain}, ${residual})`).join('; ')}.`,
    },
  ];
}
