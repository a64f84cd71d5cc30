// What a paper claimed of sharp and flat, by what ours shows.
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import { differenceOfPairs } from '../estimates.ts';
import type { ValleysSpec, ValleyLine } from './valleys-result.ts';

export function reversalClaim(
  lines: Readonly<Record<string, ValleyLine>>,
  { reversal }: ValleysSpec,
): Claim[] {
  const plain = reversal && lines[reversal.without];
  const decayed = reversal && lines[reversal.with];
  if (!plain || !decayed) return [];
  const verdict = verdictOfAll([
    verdictBelow(differenceOfPairs(plain.widths).interval, 0),
    verdictAbove(differenceOfPairs(decayed.widths).interval, 0),
  ]);
  const evidence = (label: string, { widths, fromNorm, toNorm }: ValleyLine) => [
    {
      what: `${label}: width at the large batch's end less that at the small batch's`,
      ...differenceOfPairs(widths),
      unit: 'share of the distance of the ends',
    },
    { what: `${label}: length of the small batch's weights`, ...fromNorm, unit: '' },
    { what: `${label}: length of the large batch's weights`, ...toNorm, unit: '' },
  ];
  const told = ({ widths }: ValleyLine) =>
    `${widths.meanDifference.value < 0 ? 'narrower' : 'wider'} by ${Math.abs(widths.meanDifference.value).toPrecision(2)}`;
  return [
    {
      id: 'sharp-and-flat-reverse',
      source: 'li2018',
      found:
        'on the line between them, small-batch training looks flatter than large-batch training without weight decay, and sharper with it',
      evidence: [
        ...evidence('without weight decay', plain),
        ...evidence('with weight decay', decayed),
      ],
      criterion:
        "shown if the large batch's valley is narrower than the small batch's without weight decay and wider with it, each by its whole interval over starts",
      verdict,
      sentence: `The large batch's valley is ${told(plain)} of the distance without weight decay, ${told(decayed)} with it.`,
    },
  ];
}
