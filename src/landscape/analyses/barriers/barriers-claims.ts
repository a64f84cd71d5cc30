// What a paper claimed of wide networks, by what ours shows.
import { compare, comparePaired } from '../../comparison/effect-size.ts';
import type { TrainedCondition } from '../analysis.ts';
import { verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import { barrierOfEach } from './barriers-derived.ts';
import type { Alignment, BarrierResult, ConditionBarriers } from './barriers-result.ts';

/** A study of widths: conditions whose one hidden layer grows from one to the next. */
export function widthClaims(
  conditions: readonly TrainedCondition[],
  result: BarrierResult,
): Claim[] {
  const { seed } = conditions[0]!.experiment;
  const widths = conditions.map(({ experiment }) => experiment.hiddenSizes);
  const grows = widths.every(
    (sizes, i) => sizes.length === 1 && (i === 0 || sizes[0]! > widths[i - 1]![0]!),
  );
  const aligned = result.trends?.weights;
  const own = conditions.map(({ key }) => result.conditions[key] as ConditionBarriers);
  if (!grows || !aligned || !own.every(({ byAlignment }) => byAlignment.none)) return [];
  // Two networks are one pair, whose barrier has no interval.
  if (own.some(({ networks }) => networks.length < 3)) return [];
  const values = own.map((each) => barrierOfEach(each, 'weights'));
  const peak = values
    .map((each) => each.reduce((sum, value) => sum + value, 0) / each.length)
    .reduce((best, value, i, all) => (value > all[best]! ? i : best), 0);
  const falls = compare(values[peak]!, values.at(-1)!, seed);
  const last = own.at(-1)!;
  const helps = comparePaired(barrierOfEach(last, 'none'), barrierOfEach(last, 'weights'), seed);
  const verdict = verdictOfAll([
    verdictBelow(falls.meanDifference.interval, 0),
    verdictBelow(helps.meanDifference.interval, 0),
  ]);
  const name = (index: number) => `${widths[index]![0]} units`;
  const mean = (index: number, kind: Alignment) => own[index]!.byAlignment[kind]!.means.train;
  return [
    {
      id: 'wide-networks-align',
      source: 'ainsworth2023',
      found:
        'once hidden units are permuted to match, the barrier between two networks falls as they get wider, towards none',
      evidence: [
        ...(['none', 'weights'] as const).flatMap((kind) =>
          own.map((_, i) => ({
            what: `barrier ${kind === 'none' ? 'before' : 'after'} alignment, ${name(i)}`,
            ...mean(i, kind),
            unit: 'training loss',
          })),
        ),
        {
          what: `barrier after alignment, ${name(own.length - 1)} less ${name(peak)}, where it is highest`,
          ...falls.meanDifference,
          unit: 'training loss',
        },
        {
          what: `barrier after alignment less before, ${name(own.length - 1)}`,
          ...helps.meanDifference,
          unit: 'training loss',
        },
      ],
      criterion:
        'shown if the barrier after alignment is lower at the largest width than at its highest, and lower there than before alignment, each by its whole interval over networks',
      verdict,
      sentence: `After alignment the barrier is highest at ${name(peak)} (${mean(peak, 'weights').value.toPrecision(2)}) and ${mean(own.length - 1, 'weights').value.toPrecision(2)} at ${name(own.length - 1)}, against ${mean(own.length - 1, 'none').value.toPrecision(2)} there before alignment; at ${name(0)}, alignment takes it from ${mean(0, 'none').value.toPrecision(2)} to ${mean(0, 'weights').value.toPrecision(2)}.`,
    },
  ];
}
