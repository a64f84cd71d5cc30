// What a paper claimed of rescaling, by what ours shows.
import type { Estimate } from '../../bootstrap.ts';
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from '../claim.ts';
import { measures, type Measure, type RescalingResult } from './rescaling-result.ts';

/** As ratios: e^0.01 is 1 per cent, e^0.2 is 22 per cent. */
const [unmoved, moved] = [0.01, 0.2];
/** What rounding to single precision leaves of outputs, generously. */
export const unnoticed = 1e-3;

export function rescalingClaim({ change, outputChange, outputSize }: RescalingResult): Claim {
  const outputs = outputChange / outputSize;
  const verdict = verdictOfAll([
    verdictAbove(change.largestEigenvalue.interval, moved),
    verdictAbove(change.epsilonSharpness.interval, moved),
    verdictBelow(change.adaptive.interval, unmoved),
    verdictBelow([outputs, outputs], unnoticed),
  ]);
  const factor = ({ value }: Estimate) => Math.exp(value).toPrecision(3);
  const names: Record<Measure, string> = {
    largestEigenvalue: 'largest Hessian eigenvalue',
    epsilonSharpness: 'epsilon-sharpness',
    filterNormalised: 'curvature along filter-normalised directions',
    adaptive: 'adaptive sharpness, which is scale-invariant',
    weightNorm: 'length of the weights',
  };
  return {
    id: 'rescaling-moves-sharpness',
    source: 'dinh2017',
    found:
      'rescaling the units of a ReLU network changes the sharpness of its minimum and not one of its predictions',
    evidence: [
      ...measures.map((name) => ({
        what: `${names[name]}: mean |ln(after / before)|`,
        ...change[name],
        unit: '',
      })),
      {
        what: 'largest change of an output, over the mean size of outputs',
        value: outputs,
        interval: null,
        unit: '',
      },
    ],
    criterion: `shown if the largest eigenvalue and epsilon-sharpness change by a factor of more than e^${moved} and the scale-invariant measure by less than e^${unmoved}, each by its whole interval over networks, while no output changes by more than ${unnoticed} of their mean size`,
    verdict,
    sentence: `The same function has a largest eigenvalue ${factor(change.largestEigenvalue)} times as large or small, and an adaptive sharpness within ${(100 * (Math.exp(change.adaptive.value) - 1)).toPrecision(2)}%.`,
  };
}
