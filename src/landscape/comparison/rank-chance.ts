// A rank correlation beside what chance gives: the same values dealt to the networks anew.
import { randomStream } from '../../learning/random.ts';
import { quantileOf } from '../bootstrap.ts';
import { averageRanks, pearson } from './correlation.ts';

export interface RankChance {
  /** 95% of the deals have a correlation no larger than this, either way. */
  readonly most: number;
  /** `(1 + deals at least as large) / (1 + deals)` (Phipson and Smyth 2010, doi:10.2202/1544-6115.1585). */
  readonly probability: number;
}

/** Deals of the permutation test. */
const deals = 2000;

/** The permutation null of Spearman's correlation of `x` and `y`; NaN where either does not vary. */
export function rankChance(x: ArrayLike<number>, y: ArrayLike<number>, seed: number): RankChance {
  const [own, dealt] = [averageRanks(x), averageRanks(y)];
  const found = Math.abs(pearson(own, dealt));
  if (!Number.isFinite(found)) return { most: NaN, probability: NaN };
  const stream = randomStream(seed, 'permutation test');
  const sizes = Float64Array.from({ length: deals }, () =>
    Math.abs(pearson(own, stream.shuffle([...dealt]))),
  ).sort();
  // Equal ranks in another order may round differently.
  const asLarge = sizes.filter((size) => size >= found - 1e-12).length;
  return { most: quantileOf(sizes, 0.95), probability: (1 + asLarge) / (1 + deals) };
}
