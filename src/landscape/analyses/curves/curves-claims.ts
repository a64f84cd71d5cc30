// What papers claimed of curves between networks, by what ours show.
import { verdictBelow, type Claim } from '../claim.ts';
import { estimateOfMean } from '../estimates.ts';
import type { CurveResult } from './curves-result.ts';

/** What is left of the straight line's barrier, at most, where a curve counts as connecting. */
const connected = 0.1;

export function curveClaims({ straight, curves: found }: CurveResult, seed: number): Claim[] {
  const sources = { bezier: 'garipov2018', polygon: 'draxler2018' } as const;
  return Object.entries(found).map(([name, curve]) => {
    const remains = estimateOfMean(
      Array.from(curve.barrier.values, (barrier, c) => barrier / straight.barrier.values[c]!),
      seed,
    );
    const verdict = verdictBelow(remains.interval, connected);
    return {
      id: `curves-connect-${name}`,
      source: sources[curve.shape],
      found:
        curve.shape === 'bezier'
          ? 'two independently trained networks, separated by a barrier on the straight line, are connected by a simple curve of nearly constant low loss'
          : 'minima of different runs are connected by paths without a barrier, found here as a chain of straight pieces',
      evidence: [
        {
          what: 'barrier on the straight line',
          ...straight.meanBarrier,
          unit: 'training loss',
        },
        { what: 'barrier on the curve', ...curve.meanBarrier, unit: 'training loss' },
        { what: 'share of the barrier that is left, mean over pairs', ...remains, unit: '' },
        {
          what: 'length of the curve over the distance of its ends',
          ...curve.meanDetour,
          unit: '',
        },
      ],
      criterion: `shown if less than a tenth of the straight line's barrier is left on the curve, by its whole interval over pairs`,
      verdict,
      sentence: `The straight line's barrier is ${straight.meanBarrier.value.toPrecision(2)} on average, the curve's ${curve.meanBarrier.value.toPrecision(2)} (of each pair's own, a share of ${remains.value.toPrecision(2)} is left), on a way ${curve.meanDetour.value.toFixed(2)} times as long.`,
    };
  });
}
