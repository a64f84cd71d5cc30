// What a paper claimed of independent runs, by what ours shows.
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import type { FunctionSpaceResult } from './function-space-result.ts';

/** "Nearly orthogonal": under this cosine, an angle of more than 72 degrees. */
const nearlyOrthogonal = 0.3;
const alike = 0.9;

export function fortClaim({ means, withinRun }: FunctionSpaceResult): Claim {
  const apart = verdictBelow(means.weightCosine.interval, nearlyOrthogonal);
  const together = verdictAbove(withinRun.cosine.interval, alike);
  const [between, within] = [means.disagreement.interval, withinRun.disagreement.interval];
  const different = verdictAbove([between[0] - within[1], between[1] - within[0]], 0);
  const verdict = verdictOfAll([apart, together, different]);
  // A cosine of nearly 0 has no sign worth printing.
  const cosine = (value: number) => (Math.abs(value) < 0.005 ? 0 : value).toFixed(2);
  const share = (value: number) => `${(100 * value).toPrecision(2)}%`;
  return {
    id: 'independent-runs-differ',
    source: 'fort2019',
    found:
      'networks from different random starts are nearly orthogonal in weights and differ in their predictions, while snapshots of one run are alike in both',
    evidence: [
      {
        what: 'cosine of two runs’ final weights',
        value: means.weightCosine.value,
        interval: means.weightCosine.interval,
        unit: '',
      },
      {
        what: 'cosine of late snapshots with the end of their run',
        value: withinRun.cosine.value,
        interval: withinRun.cosine.interval,
        unit: '',
      },
      {
        what: 'samples on which two runs disagree',
        value: means.disagreement.value,
        interval: between,
        unit: 'share of samples',
      },
      {
        what: 'samples on which late snapshots disagree with the end of their run',
        value: withinRun.disagreement.value,
        interval: within,
        unit: 'share of samples',
      },
    ],
    criterion: `shown if the cosine of two runs is below ${nearlyOrthogonal}, that within a run above ${alike}, and two runs disagree on more samples than snapshots of one, each by its whole interval`,
    verdict,
    sentence: `Two runs end at a cosine of ${cosine(means.weightCosine.value)} and disagree on ${share(means.disagreement.value)} of samples, late snapshots of one run have a cosine of ${cosine(withinRun.cosine.value)} with its end and disagree on ${share(withinRun.disagreement.value)}.`,
  };
}
