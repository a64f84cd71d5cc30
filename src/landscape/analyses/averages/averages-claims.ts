// Whether averages of weights do better than what they average, by criteria fixed before they were computed.
import { verdictBelow, type Claim } from '../claim.ts';
import type { AveragesResult } from './averages-result.ts';

export function averageOfARunClaim({ train, test, lateEpochs }: AveragesResult): Claim | null {
  if (!test || lateEpochs.length < 2) return null;
  const unit = 'nats';
  const epochs = `${lateEpochs.at(-1)!} to ${lateEpochs[0]!}`;
  return {
    id: 'averages-along-a-run-do-better',
    source: 'izmailov2018',
    found: 'the average of weights along the late part of one run generalises better than its end',
    evidence: [
      {
        what: `test loss of the average of epochs ${epochs} less that of the end of the same run`,
        ...test.alongGain,
        unit,
      },
      { what: 'the same of the training loss', ...train.alongGain, unit },
    ],
    criterion:
      'shown if the test loss of the average of the late snapshots is lower than that of the last one, on average over networks, by the whole interval',
    verdict: verdictBelow(test.alongGain.interval, 0),
    sentence: `Averaging each run over epochs ${epochs} changes its test loss by ${test.alongGain.value.toFixed(4)} nats on average.`,
  };
}
