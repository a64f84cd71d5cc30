// How two runs differ in where their networks ended: with intervals, and pair by pair where each network began alike.
import type { Estimate } from '../../landscape/bootstrap.ts';
import {
  compare,
  comparePaired,
  type Comparison,
  type PairedComparison,
} from '../../landscape/comparison/effect-size.ts';
import type { Experiment } from '../../learning/experiment.ts';
import type { Curves } from '../../learning/history.ts';
import { seedsOf } from '../../learning/seeds.ts';
import { yieldToTasks } from '../../worker/yield-to-tasks.ts';
import type { LabRun } from '../lab-run.ts';
import { sameValues } from '../same-values.ts';

export type { Estimate };

const quantities = [
  ['trainLoss', 'Training loss'],
  ['testLoss', 'Test loss'],
  ['trainAccuracy', 'Training accuracy'],
  ['testAccuracy', 'Test accuracy'],
] as const;
type Quantity = (typeof quantities)[number][0];

export interface QuantityDifference {
  readonly quantity: Quantity;
  readonly label: string;
  readonly groups: Comparison;
  /** Null where the networks of the two runs are not partners. */
  readonly pairs: PairedComparison | null;
}

export interface RunDifference {
  readonly quantities: readonly QuantityDifference[];
  /** Why networks are compared one by one, or why not: a sentence. */
  readonly pairing: string;
}

/** What decides where a network begins, beside the seed of the starts. */
const decidesStart = [
  'data',
  'hiddenSizes',
  'bias',
  'initialiser',
  'initialisations',
] as const satisfies readonly (keyof Experiment)[];

/** Null where either run has not been trained yet. Rests between two quantities, so that the page stays awake. */
export async function runDifference(a: LabRun, b: LabRun): Promise<RunDifference | null> {
  if (!a.training || !b.training) return null;
  const [first, second] = [a.training, b.training];
  const isPaired = beginAlike(a, b);
  const found: QuantityDifference[] = [];
  for (const [quantity, label] of quantities) {
    const x = finalValues(first.history.curves, first.history.divergedAt, quantity);
    const y = finalValues(second.history.curves, second.history.divergedAt, quantity);
    if (!x || !y) continue;
    await yieldToTasks();
    const groups = compare(x, y, first.experiment.seed);
    const pairs = isPaired ? comparePaired(x, y, first.experiment.seed) : null;
    found.push({ quantity, label, groups, pairs });
  }
  return {
    quantities: found,
    pairing: isPaired
      ? 'Network by network: each began with the same weights in both runs.'
      : 'As two groups: their networks did not begin with the same weights.',
  };
}

function beginAlike(a: LabRun, b: LabRun): boolean {
  const [first, second] = [a.training!, b.training!];
  if (a.startWeights && b.startWeights) return sameValues(a.startWeights, b.startWeights);
  if (a.startWeights || b.startWeights) return false;
  return (
    first.history.parameters === second.history.parameters &&
    seedsOf(first.experiment).starts === seedsOf(second.experiment).starts &&
    decidesStart.every(
      (key) => JSON.stringify(first.experiment[key]) === JSON.stringify(second.experiment[key]),
    )
  );
}

/** `[N]` at the last record, NaN for networks that diverged; null where the quantity was not recorded. */
export function finalValues(
  curves: Curves,
  divergedAt: Int32Array,
  quantity: Quantity,
): Float32Array | null {
  const values = curves[quantity];
  const networks = divergedAt.length;
  if (!values || curves.steps.length === 0) return null;
  const last = values.slice((curves.steps.length - 1) * networks, curves.steps.length * networks);
  return last.map((value, n) => (divergedAt[n]! >= 0 ? NaN : value));
}
