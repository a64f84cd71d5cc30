// How many different solutions a set of networks found, under a criterion that says when two are the same.
import { agnes } from 'ml-hclust';
import { quantileOf } from '../bootstrap.ts';
import { checkDistances } from '../projections/distances.ts';

/** When two networks count as the same solution. */
export interface SolutionCriterion {
  /** Largest distance of two networks that are the same; in the unit of the distances. */
  readonly threshold: number;
  /** The same in words, for captions. */
  readonly criterion: string;
}

export interface DistinctSolutions extends SolutionCriterion {
  readonly count: number;
  /** `[M]`: the solution of each network, numbered from 0 in the order in which they first occur. */
  readonly labels: Int32Array;
  /** Networks in each solution. */
  readonly sizes: readonly number[];
  /** `[M - 1]`, rising: the distances at which solutions would merge if the threshold were raised. */
  readonly mergeHeights: Float64Array;
}

/**
 * Agglomerative clustering of a distance matrix `[M, M]` with complete linkage, by ml-hclust, cut at the threshold:
 * every two networks of a solution are at most the threshold apart. Where chains of networks lead from one solution
 * to the next, how they are cut depends on the order of merging, and so may the count.
 *
 * Time grows with M^3: for hundreds of networks, not for tens of thousands.
 */
export function distinctSolutions(
  distances: Float64Array,
  { threshold, criterion }: SolutionCriterion,
): DistinctSolutions {
  const M = checkDistances(distances, 'distinct solutions');
  if (!(threshold >= 0 && threshold < Infinity))
    throw new RangeError(
      `the threshold of distinct solutions is ${threshold}: expected a finite distance of 0 or more`,
    );
  const rows = Array.from({ length: M }, (_, i) => [...distances.subarray(i * M, (i + 1) * M)]);
  const tree = agnes(rows, { method: 'complete', isDistanceMatrix: true });
  const solutions = tree
    .cut(threshold)
    .map((cluster) => cluster.indices().sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
  const labels = new Int32Array(M);
  for (const [label, members] of solutions.entries())
    for (const member of members) labels[member] = label;
  const heights: number[] = [];
  tree.traverse((node) => {
    if (!node.isLeaf) heights.push(node.height);
  });
  return {
    threshold,
    criterion,
    count: solutions.length,
    labels,
    sizes: solutions.map(({ length }) => length),
    mergeHeights: Float64Array.from(heights).sort(),
  };
}

/** For distances that are disagreements: the same when different on at most this share of samples. */
export function samePredictions(share: number): SolutionCriterion {
  if (!(share >= 0 && share < 1))
    throw new RangeError(
      `the same predictions up to a share of ${share} of the samples: expected 0 to below 1`,
    );
  return {
    threshold: share,
    criterion: `two networks are the same solution if they choose different classes on at most ${percent(share)} of the samples`,
  };
}

/**
 * For Euclidean distances of aligned weights `[M, P]`: the same when no farther apart than this share of the median
 * length of a network's weights.
 */
export function sameWeights(
  weights: Float32Array,
  networks: number,
  share: number,
): SolutionCriterion {
  const P = weights.length / networks;
  if (!Number.isInteger(networks) || networks < 1 || !Number.isInteger(P) || P < 1)
    throw new RangeError(
      `${weights.length} weights are not those of ${networks} networks: expected [networks, P]`,
    );
  if (!(share >= 0 && share < Infinity))
    throw new RangeError(
      `the same weights up to a share of ${share} of their length: expected a finite number of 0 or more`,
    );
  const lengths = Float64Array.from({ length: networks }, (_, n) => {
    let squares = 0;
    for (let p = n * P; p < (n + 1) * P; p++) squares += weights[p]! ** 2;
    return Math.sqrt(squares);
  });
  return {
    threshold: share * quantileOf(lengths.sort(), 0.5),
    criterion: `two networks are the same solution if their aligned weights are at most ${percent(share)} of the median length of a network's weights apart`,
  };
}

/**
 * A threshold from the distances alone: the middle of the widest gap between 0 and the merge heights in turn, the
 * lowest of several. It always finds one, whether or not there are groups: where all networks are about equally far
 * apart, the gap is that below the first merge, and all are distinct.
 */
export function largestGap(distances: Float64Array): SolutionCriterion {
  const nothing = { threshold: 0, criterion: '' };
  const { mergeHeights } = distinctSolutions(distances, nothing);
  let [widest, threshold, below] = [0, 0, 0];
  for (const height of mergeHeights) {
    if (height - below > widest) [widest, threshold] = [height - below, (height + below) / 2];
    below = height;
  }
  return {
    threshold,
    criterion: `two networks are the same solution if they merge below the widest gap between merge distances (complete linkage), at ${threshold.toPrecision(3)}`,
  };
}

/** `5%`, `0.25%`. */
const percent = (share: number): string => `${Number((100 * share).toPrecision(6))}%`;
