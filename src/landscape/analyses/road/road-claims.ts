// Whether networks that train longer move on along the road, by a criterion fixed before they were trained.
import { verdictAbove, verdictOfAll, type Claim } from '../claim.ts';
import type { RoadResult } from './road-result.ts';

const percent = (share: number) => `${(100 * share).toFixed(0)}%`;

export function movesOnClaim(result: RoadResult): Claim {
  const { predictions, aligned, raw, epochs } = result;
  const unit = 'standard deviations of the places';
  return {
    id: 'longer-training-moves-on',
    source: 'wen2024',
    found:
      'training moves along a river at the bottom of a valley, and the loss falls slowly on the way',
    evidence: [
      { what: 'advance on the first axis of the predictions', ...bare(predictions.advance), unit },
      {
        what: 'advance on the first axis of the renumbered weights',
        ...bare(aligned.advance),
        unit,
      },
      {
        what: 'control: advance on the first axis of the weights as trained',
        ...bare(raw.advance),
        unit,
      },
      {
        what: 'training loss after the longer training less that after the shorter one',
        ...bare(result.lossChange),
        unit: 'nats',
      },
    ],
    criterion:
      'shown if networks that train longer are farther on towards lower loss, on average, along the first axis of the predictions and along that of the renumbered weights, each by its whole interval',
    verdict: verdictOfAll([
      verdictAbove(predictions.advance.interval, 0),
      verdictAbove(aligned.advance.interval, 0),
    ]),
    sentence: `From ${epochs.shorter} to ${epochs.longer} epochs, ${percent(predictions.movedOn.value)} of the networks move on along the axis of the predictions and ${percent(aligned.movedOn.value)} along that of the renumbered weights.`,
  };
}

const bare = ({ value, interval }: RoadResult['lossChange']) => ({ value, interval });
