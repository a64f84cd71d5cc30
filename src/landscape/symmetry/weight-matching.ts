// Aligns one network to another by reordering its hidden units so that their weights come close.
import type { NetworkShape } from '../../learning/network-shape.ts';
import { randomStream } from '../../learning/random.ts';
import { alignmentOf } from './alignment.ts';
import type { Alignment } from './alignment.ts';
import { applySymmetry, groupSymmetry, identitySymmetry } from './apply-symmetry.ts';
import { signFlipsFor } from './check-symmetry.ts';
import { checkWeights } from './check-weights.ts';
import { exchangeUnits } from './exchange-units.ts';
import { hiddenGroups } from './hidden-groups.ts';
import type { HiddenGroup, UnitSymmetry } from './hidden-groups.ts';
import { pairUnits } from './pair-units.ts';
import type { UnitPairs } from './pair-units.ts';
import { composeSymmetries } from './symmetry-group.ts';
import { unitRuns, unitVectors } from './unit-vectors.ts';

export interface WeightMatchingOptions {
  /** Draws the order in which layers are visited. */
  readonly seed: number;
  /** Whether units may be negated too; by default where the activation is odd (tanh, linear). */
  readonly signFlips?: boolean | undefined;
  /** Passes over all layers at most; usually a handful change anything. */
  readonly maxSweeps?: number | undefined;
}

/** Gains below this share of |reference| |weights| are rounding. */
const tolerance = 1e-12;

/**
 * Brings `weights` `[P]` as close to `reference` `[P]` as reordering (and negating) hidden units brings them.
 *
 * Weight matching of Ainsworth et al. 2023 (arXiv:2209.04836, Algorithm 1): minimising the distance is maximising
 * the inner product of the two weight vectors; layer by layer in random order, with the other layers held, that is
 * an assignment problem between the units' incoming weights (bias included) and outgoing weights, until no layer
 * improves. With signs the assignment is of absolute inner products, each pair with the sign of its own.
 *
 * One hidden layer: the exact optimum. More: a local one, the better of those reached from the units as they
 * are and from a matching of each layer's incoming weights alone, first layer first; the second finds a
 * reordered copy of the reference whatever the depth. Layers tied by residual connections enter the product
 * quadratically: their step is the assignment of its linear part at the present order, taken only where the
 * whole product grows, and then exchanges of two units until none helps. The distance never grows.
 * @throws RangeError where weights do not fit or are not finite, or signs are asked of an activation that is not odd.
 */
export function matchWeights(
  network: NetworkShape,
  reference: Float32Array,
  weights: Float32Array,
  options: WeightMatchingOptions,
): Alignment {
  checkWeights(network, reference, 'the reference network');
  checkWeights(network, weights, 'the network to align');
  const { maxSweeps = 100 } = options;
  if (!(Number.isInteger(maxSweeps) && maxSweeps >= 1))
    throw new RangeError(
      `maxSweeps is ${maxSweeps}: weight matching needs a whole number of at least 1`,
    );
  const signFlips = signFlipsFor(network, options.signFlips);
  const groups = hiddenGroups(network).filter(({ free }) => free);
  const pair: Pair = { network, reference, weights, groups, signFlips };
  const asTheyAre = identitySymmetry(network);
  if (groups.length === 0) return alignmentOf(network, reference, weights, asTheyAre, 0);
  // One layer alone: its first step is the optimum, wherever it starts.
  const exact = groups.length === 1 && groups[0]!.layers.length === 1;
  const descend = (start: UnitSymmetry) =>
    improve(pair, start, options.seed, exact ? 1 : maxSweeps);
  let best = descend(asTheyAre);
  if (!exact) {
    const other = descend(matchForward(pair));
    if (other.product > best.product) best = other;
  }
  return alignmentOf(network, reference, weights, best.symmetry, best.sweeps);
}

interface Pair {
  readonly network: NetworkShape;
  readonly reference: Float32Array;
  readonly weights: Float32Array;
  readonly groups: readonly HiddenGroup[];
  readonly signFlips: boolean;
}

/** Each group by its incoming weights alone, the groups before it being matched already. */
function matchForward({ network, reference, weights, groups, signFlips }: Pair): UnitSymmetry {
  let symmetry = identitySymmetry(network);
  for (const group of groups) {
    const runs = unitRuns(network, group, 'incoming');
    const aligned = applySymmetry(network, weights, symmetry);
    const pairs = pairUnits(
      unitVectors(reference, group, runs),
      unitVectors(aligned, group, runs),
      group.units,
      signFlips,
    );
    symmetry = composeSymmetries(symmetry, groupSymmetry(network, group, pairs));
  }
  return symmetry;
}

/** Coordinate ascent on the inner product with the reference, group by group in random order. */
function improve(
  { network, reference, weights, groups, signFlips }: Pair,
  start: UnitSymmetry,
  seed: number,
  maxSweeps: number,
): { symmetry: UnitSymmetry; product: number; sweeps: number } {
  const stream = randomStream(seed, 'weight matching');
  const order = groups.map((group) => {
    const runs = unitRuns(network, group, 'all');
    return { group, runs, referenceVectors: unitVectors(reference, group, runs) };
  });
  const least = tolerance * Math.sqrt(dot(reference, reference) * dot(weights, weights));
  let symmetry = start;
  let aligned = applySymmetry(network, weights, symmetry);
  let product = dot(reference, aligned);
  let [sweeps, improved] = [0, true];
  const take = (group: HiddenGroup, pairs: UnitPairs): void => {
    const next = composeSymmetries(symmetry, groupSymmetry(network, group, pairs));
    const nextAligned = applySymmetry(network, weights, next);
    const nextProduct = dot(reference, nextAligned);
    if (!(nextProduct - product > least)) return;
    [symmetry, aligned, product, improved] = [next, nextAligned, nextProduct, true];
  };
  while (improved && sweeps < maxSweeps) {
    improved = false;
    sweeps++;
    for (const { group, runs, referenceVectors } of stream.shuffle(order)) {
      const vectors = unitVectors(aligned, group, runs);
      take(group, pairUnits(referenceVectors, vectors, group.units, signFlips));
      if (group.layers.length > 1)
        take(group, exchangeUnits(network, reference, aligned, group, signFlips, least));
    }
  }
  return { symmetry, product, sweeps };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let p = 0; p < a.length; p++) sum += a[p]! * b[p]!;
  return sum;
}
