// What papers claimed of paths and walks, by what ours show.
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import type { TrajectoryResult } from './trajectories-result.ts';

const most = 0.5;
const almostNone = 0.05;
const nearLimit = 0.02;

const percent = (share: number) => `${(100 * share).toPrecision(3)}%`;

export function liClaim({ descent, randomPlane }: TrajectoryResult, suffix: string): Claim {
  const verdict = verdictOfAll([
    verdictAbove(descent.firstTwo.interval, most),
    verdictBelow(randomPlane.interval, almostNone),
  ]);
  return {
    id: `two-components-hold-a-path${suffix}`,
    source: 'li2018',
    found:
      'two principal components hold most of the variation of one descent path, and random directions almost none of it',
    evidence: [
      {
        what: 'share of a path’s variance on its first two principal components',
        value: descent.firstTwo.value,
        interval: descent.firstTwo.interval,
        unit: '',
      },
      {
        what: 'share of it on a random plane',
        value: randomPlane.value,
        interval: randomPlane.interval,
        unit: '',
      },
    ],
    criterion: `shown if the first share is above ${most} and the second below ${almostNone}, each by its whole interval over networks`,
    verdict,
    sentence: `${percent(descent.firstTwo.value)} of a path’s variance lies on its first two components, ${percent(randomPlane.value)} on a random plane.`,
  };
}

export function antogniniClaim({ walk, descent }: TrajectoryResult): Claim {
  const [first = 0, second = 0] = walk.limit;
  const limit = first + second;
  const verdict = verdictOfAll([
    verdictAbove(walk.firstTwo.interval, limit - nearLimit),
    verdictBelow(walk.firstTwo.interval, limit + nearLimit),
  ]);
  return {
    id: 'walks-look-flat-too',
    source: 'antognini2018',
    found:
      'two principal components hold about 76% of a random walk in many dimensions, so that a large share alone is no sign of learning',
    evidence: [
      {
        what: 'share of a random walk’s variance on its first two principal components',
        value: walk.firstTwo.value,
        interval: walk.firstTwo.interval,
        unit: '',
      },
      { what: 'the same in the limit of many dimensions', value: limit, interval: null, unit: '' },
      {
        what: 'the same of a descent path',
        value: descent.firstTwo.value,
        interval: descent.firstTwo.interval,
        unit: '',
      },
    ],
    criterion: `shown if the walks’ share lies within ${nearLimit} of the limit by its whole interval`,
    verdict,
    sentence: `Random walks of as many steps in as many dimensions have ${percent(walk.firstTwo.value)} on two components, descent ${percent(descent.firstTwo.value)}.`,
  };
}
