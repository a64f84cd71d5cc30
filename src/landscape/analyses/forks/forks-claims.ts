// From when on two copies of a run end in one valley, by a criterion fixed before any fork was trained.
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import type { ForksResult } from './forks-result.ts';

/** A barrier this share as high as that between different starts counts as none. */
const share = 0.1;

export function forksStayConnectedClaim(result: ForksResult): Claim {
  const { epochs, meanBarriers, meanStrangerBarrier } = result;
  const [first, last] = [meanBarriers[0]!, meanBarriers.at(-1)!];
  const bar = share * meanStrangerBarrier.value;
  const unit = 'nats';
  const from = firstConnected(result);
  return {
    id: 'forks-stay-connected',
    source: 'frankle2020',
    found:
      'from some point early in training on, copies that go on with other orders of the data end with no barrier between them, and copies made before it do not',
    evidence: [
      { what: `mean barrier after a fork at epoch ${epochs[0]!}`, ...first, unit },
      { what: `mean barrier after a fork at epoch ${epochs.at(-1)!}`, ...last, unit },
      { what: 'control: mean barrier between different starts', ...meanStrangerBarrier, unit },
    ],
    criterion: `shown if the mean barrier after the latest fork lies, by its whole interval, below a tenth of that between different starts, and that after the earliest one above it`,
    verdict: verdictOfAll([verdictBelow(last.interval, bar), verdictAbove(first.interval, bar)]),
    sentence:
      from === null
        ? 'After no fork is the mean barrier below a tenth of that between different starts.'
        : `From a fork at epoch ${from} on, the mean barrier is below a tenth of that between different starts.`,
  };
}

/** The earliest fork from which on every mean barrier lies below the bar; null where the latest does not. */
function firstConnected({ epochs, meanBarriers, meanStrangerBarrier }: ForksResult): number | null {
  const bar = share * meanStrangerBarrier.value;
  const lastAbove = meanBarriers.findLastIndex(({ value }) => !(value < bar));
  return epochs[lastAbove + 1] ?? null;
}
