// Sharp and flat on one line: from a network of one condition to a network of another.
import { z } from 'zod';
import { createEvaluator } from '../../learning/evaluator.ts';
import { ExperimentError } from '../../learning/experiment-error.ts';
import { comparePaired, type PairedComparison } from '../comparison/effect-size.ts';
import { createInterpolator } from '../paths/interpolation.ts';
import { valleyWidth } from '../paths/valley-width.ts';
import { gatherRows } from '../rows.ts';
import {
  conditionOf,
  defineAnalysis,
  lossOptions,
  named,
  soundNetworks,
  using,
  type AnalysisContext,
  type Recheck,
  type TrainedCondition,
} from './analysis.ts';
import { checkOneLandscape } from './checks.ts';
import { verdictAbove, verdictBelow, verdictOfAll, type Claim } from './claim.ts';
import { differenceOfPairs, estimateOfMean } from './estimates.ts';
import type { Estimate } from '../bootstrap.ts';
import { shaped, shapedIf, type TensorsOf } from './derived.ts';
import { numericArray, onLogScale, type NumericArray } from './numeric-array.ts';
import { sameLoss, sameShare } from './rechecks.ts';

const schema = z.strictObject({
  kind: z.literal('valleys'),
  points: z.number().int().min(9).max(401).default(81).meta({ label: 'Points a line' }),
  reach: z.number().gt(0).max(4).default(1).meta({
    label: 'Reach',
    help: 'How far the line goes on beyond either end, as a share of their distance.',
  }),
  rise: z.number().gt(0).max(10).default(0.1).meta({
    label: 'Rise',
    help: 'The width of a valley is that of the stretch on which the loss stays within this of its end.',
  }),
  shift: z.number().int().min(0).max(999).default(1).meta({
    label: 'Shift',
    help: 'Network n of one condition is paired with network n + shift of the other; with 0, both began at the same weights.',
  }),
  lines: named(z.strictObject({ from: z.string(), to: z.string() })).meta({
    label: 'Lines',
    help: 'Each from networks of one condition to those of another; all are measured by the data of the first.',
  }),
  reversal: z.strictObject({ without: z.string(), with: z.string() }).optional().meta({
    label: 'Reversal',
    help: 'Names two of the lines, without and with weight decay, each from a small to a large batch.',
  }),
});

export interface ValleyLine {
  readonly from: string;
  readonly to: string;
  /** `[M][2]`: the networks at the ends. */
  readonly pairs: readonly (readonly [number, number])[];
  /** `[T]`: 0 is the network of `from`, 1 that of `to`. */
  readonly alphas: NumericArray;
  /** `[M, T]` each. */
  readonly loss: NumericArray;
  readonly testLoss: NumericArray | null;
  readonly accuracy: NumericArray | null;
  readonly testAccuracy: NumericArray | null;
  /** `[M]` each: width of the valley at either end, in alpha; NaN where it leaves the line. */
  readonly fromWidth: NumericArray;
  readonly toWidth: NumericArray;
  /** Width at `to` less width at `from`. */
  readonly widths: PairedComparison;
  /** Euclidean length of the weights. */
  readonly fromNorm: Estimate;
  readonly toNorm: Estimate;
}

export interface ValleyResult {
  readonly lines: Readonly<Record<string, ValleyLine>>;
}

type Spec = z.output<typeof schema>;

export const valleys = defineAnalysis({
  schema,
  title: 'sharp and flat on the line from one way of training to another',
  check(plan, { lines, reversal }) {
    for (const [name, { from, to }] of Object.entries(lines))
      checkOneLandscape([conditionOf(plan, from), conditionOf(plan, to)], `the line "${name}"`);
    const missing = Object.values(reversal ?? {}).find((name) => !Object.hasOwn(lines, name));
    if (missing === undefined) return;
    throw new ExperimentError(
      `reversal names the line "${missing}", which is not there: expected one of ${Object.keys(lines).join(', ')}`,
    );
  },
  async answer(context, spec): Promise<ValleyResult> {
    const lines: Record<string, ValleyLine> = {};
    const entries = Object.entries(spec.lines);
    for (const [index, [name, { from, to }]] of entries.entries()) {
      context.signal.throwIfAborted();
      lines[name] = await measure(
        context,
        conditionOf(context, from),
        conditionOf(context, to),
        spec,
      );
      context.onProgress((index + 1) / entries.length);
    }
    return { lines };
  },
  claims: (_, spec, { lines }: ValleyResult) => reversalClaim(lines, spec),
  derived(context, spec, tensors) {
    const lines = Object.entries(spec.lines).map(([name, { from, to }]) => {
      const [a, b] = [conditionOf(context, from), conditionOf(context, to)];
      return [name, lineAgain(a, b, spec, tensors.lines[name]!)] as const;
    });
    return { lines: Object.fromEntries(lines) };
  },
  async recheck(context, _, { lines }) {
    const checks: Recheck[] = [];
    for (const [name, line] of Object.entries(lines)) {
      const condition = conditionOf(context, line.from);
      const { from, to } = endsOf(condition, conditionOf(context, line.to), line.pairs);
      const T = line.alphas.values.length;
      // The middle of the line, where both ends count.
      const at = Math.floor(T / 2);
      const alpha = line.alphas.values[at]!;
      const points = from.map((weight, i) => (1 - alpha) * weight + alpha * to[i]!);
      for (const part of ['train', 'test'] as const) {
        const { count } = condition.data[part];
        if (count === 0) continue;
        const again = await using(createEvaluator(lossOptions(context, condition, part)), (made) =>
          made.evaluate(points),
        );
        const isTest = part === 'test';
        const losses = isTest ? line.testLoss! : line.loss;
        const accuracies = isTest ? line.testAccuracy : line.accuracy;
        for (const [m, pair] of line.pairs.entries()) {
          const of = `on line ${name} of networks ${pair.join(' and ')}`;
          const place = m * T + at;
          const test = isTest ? 'test ' : '';
          checks.push(sameLoss(`${test}loss ${of}`, losses.values[place]!, again.loss[m]!, 1e-3));
          if (!accuracies || !again.accuracy) continue;
          const what = `${test}accuracy ${of}`;
          checks.push(sameShare(what, accuracies.values[place]!, again.accuracy[m]!, count));
        }
      }
    }
    return checks;
  },
});

function endsOf(a: TrainedCondition, b: TrainedCondition, pairs: ValleyLine['pairs']) {
  const P = a.final.length / a.experiment.initialisations;
  return {
    from: gatherRows(
      a.final,
      P,
      pairs.map(([network]) => network),
    ).slice(),
    to: gatherRows(
      b.final,
      P,
      pairs.map(([, network]) => network),
    ).slice(),
    P,
  };
}

/** Even steps from -reach to 1 + reach, so laid that 0 and 1 are among them. */
function alphasOf({ points, reach }: Spec): number[] {
  const inside = Math.max(2, Math.round((points - 1) / (1 + 2 * reach)));
  const outside = Math.ceil(inside * reach);
  return Array.from({ length: inside + 2 * outside + 1 }, (_, t) => (t - outside) / inside);
}

/** @throws RangeError where no pair has two networks that did not diverge. */
function pairsOf(a: TrainedCondition, b: TrainedCondition, { shift }: Spec): ValleyLine['pairs'] {
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

async function measure(
  context: AnalysisContext,
  a: TrainedCondition,
  b: TrainedCondition,
  spec: Spec,
): Promise<ValleyLine> {
  const pairs = pairsOf(a, b, spec);
  const { from, to } = endsOf(a, b, pairs);
  const alphas = alphasOf(spec);
  const on = (part: 'train' | 'test') =>
    using(createInterpolator(lossOptions(context, a, part), { alphas }), (line) =>
      line.along(from, to),
    );
  const train = await on('train');
  const test = a.data.test.count > 0 ? await on('test') : null;
  const shape = [pairs.length, alphas.length];
  return lineOf(a, b, spec, {
    loss: onLogScale(shape, train.loss),
    testLoss: test && onLogScale(shape, test.loss),
    accuracy: train.accuracy && numericArray(shape, train.accuracy),
    testAccuracy: test?.accuracy ? numericArray(shape, test.accuracy) : null,
  });
}

type LineTensors = Pick<ValleyLine, 'loss' | 'testLoss' | 'accuracy' | 'testAccuracy'>;

/** All that follows from the losses along the lines, the weights at their ends and the settings. */
function lineOf(
  a: TrainedCondition,
  b: TrainedCondition,
  spec: Spec,
  tensors: LineTensors,
): ValleyLine {
  const { seed } = a.experiment;
  const pairs = pairsOf(a, b, spec);
  const { from, to, P } = endsOf(a, b, pairs);
  const alphas = alphasOf(spec);
  const [M, T] = [pairs.length, alphas.length];
  const losses = tensors.loss.values;
  const widths = (centre: 0 | 1) =>
    pairs.map(
      (_, m) => valleyWidth(losses.subarray(m * T, (m + 1) * T), alphas, centre, spec.rise) ?? NaN,
    );
  const [fromWidth, toWidth] = [widths(0), widths(1)];
  const norm = (weights: Float32Array) =>
    estimateOfMean(
      pairs.map((_, m) =>
        Math.sqrt(weights.subarray(m * P, (m + 1) * P).reduce((sum, w) => sum + w * w, 0)),
      ),
      seed,
    );
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

function lineAgain(
  a: TrainedCondition,
  b: TrainedCondition,
  spec: Spec,
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

function reversalClaim(lines: Readonly<Record<string, ValleyLine>>, { reversal }: Spec): Claim[] {
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
