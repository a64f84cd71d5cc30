// What follows from losses along lines and from the weights at their ends: widths, lengths, and both ends compared.
import { comparePaired } from '../../comparison/effect-size.ts';
import { valleyWidth } from '../../paths/valley-width.ts';
import { soundNetworks, type TrainedCondition } from '../analysis.ts';
import { shaped, shapedIf, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { numericArray } from '../numeric-array.ts';
import { endsOf, type Pairs } from '../straight-lines.ts';
import { weightNorms } from '../weight-norms.ts';
import type { ValleysSpec, ValleyLine } from './valleys-result.ts';

export function lineAgain(
  a: TrainedCondition,
  b: TrainedCondition,
  spec: ValleysSpec,
  tensors: TensorsOf<ValleyLine>,
): ValleyLine {
  const shape = [pairsOf(a, b, spec).length, alphasOf(spec).length];
  const [hasTest, classifies] = [a.data.test.count > 0, a.data.classNames.length > 0];
  return lineOf(a, b, spec, {
    loss: shaped(tensors.loss, shape),
    testLoss: shapedIf(hasTest, tensors.testLoss, shape),
    accuracy: shapedIf(classifies, tensors.accuracy, shape),
    testAccuracy: shapedIf(hasTest && classifies, tensors.testAccuracy, shape),
  });
}

type LineTensors = Pick<ValleyLine, 'loss' | 'testLoss' | 'accuracy' | 'testAccuracy'>;

/** All that follows from the losses along the lines, the weights at their ends and the settings. */
export function lineOf(
  a: TrainedCondition,
  b: TrainedCondition,
  spec: ValleysSpec,
  tensors: LineTensors,
): ValleyLine {
  const { seed } = a.experiment;
  const pairs = pairsOf(a, b, spec);
  const { from, to } = endsOf(a, b, pairs);
  const alphas = alphasOf(spec);
  const [M, T] = [pairs.length, alphas.length];
  const losses = tensors.loss.values;
  const widths = (centre: 0 | 1) =>
    pairs.map(
      (_, m) => valleyWidth(losses.subarray(m * T, (m + 1) * T), alphas, centre, spec.rise) ?? NaN,
    );
  const [fromWidth, toWidth] = [widths(0), widths(1)];
  const norm = (weights: Float32Array) => estimateOfMean(weightNorms(weights, M), seed);
  return {
    from: a.key,
    to: b.key,
    pairs,
    alphas: numericArray([T], alphas),
    ...tensors,
    fromWidth: numericArray([M], fromWidth),
    toWidth: numericArray([M], toWidth),
    widths: comparePaired(fromWidth, toWidth, seed),
    fromNorm: norm(from),
    toNorm: norm(to),
  };
}

/** Even steps from -reach to 1 + reach, so laid that 0 and 1 are among them. */
export function alphasOf({ points, reach }: ValleysSpec): number[] {
  const inside = Math.max(2, Math.round((points - 1) / (1 + 2 * reach)));
  const outside = Math.ceil(inside * reach);
  return Array.from({ length: inside + 2 * outside + 1 }, (_, t) => (t - outside) / inside);
}

/** @throws RangeError where no pair has two networks that did not diverge. */
export function pairsOf(a: TrainedCondition, b: TrainedCondition, { shift }: ValleysSpec): Pairs {
  const sound = soundNetworks(b);
  const N = b.experiment.initialisations;
  const pairs = soundNetworks(a)
    .map((network) => [network, (network + shift) % N] as const)
    .filter(([, network]) => sound.includes(network));
  if (pairs.length > 0) return pairs;
  throw new RangeError(
    `no line from "${a.key}" to "${b.key}" has two networks that did not diverge: lower their learning rates, or set another shift`,
  );
}
