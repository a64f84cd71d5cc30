// How alike the weights and the answers of networks are: every pair where the analysis is loaded, else the means that a claim rests on.
import type { StudyDisplay } from '../../artifact/display.ts';
import type { Estimate } from '../../landscape/bootstrap.ts';
import type { FunctionSpaceResult } from '../../landscape/analyses/function-space/function-space-result.ts';
import { oneOf, pickedNetwork, type StateOf } from '../kit/state-fields.ts';
import { resultOfKind } from '../kit/study-results.ts';

export interface Pair {
  readonly networks: readonly [number, number];
  readonly cosine: number;
  readonly alignedCosine: number;
  /** Share of samples on which the two choose different classes. */
  readonly disagreement: number;
}

/** Means over pairs, of weights and of answers. */
export interface MeanDistances {
  readonly cosine: Estimate;
  readonly disagreement: Estimate;
}

export const functionDistancesState = {
  aligned: oneOf(['raw', 'aligned'], 'raw'),
  selected: pickedNetwork(),
};
type FullState = StateOf<typeof functionDistancesState>;

/** A pick is given only where pairs are loaded, or one in another figure would be said to show here. */
export type FunctionDistancesState = Pick<FullState, 'aligned'> & Partial<FullState>;

export interface FunctionDistances {
  readonly networks: readonly number[];
  /** Which samples; null where only a claim is known. */
  readonly part: 'test' | 'train' | null;
  /** None where only a claim is known. */
  readonly pairs: readonly Pair[];
  readonly raw: MeanDistances;
  readonly aligned: MeanDistances | null;
  readonly withinRun: MeanDistances;
}

const known = new WeakMap<StudyDisplay, FunctionDistances | string>();

export function functionDistancesOf(data: StudyDisplay): FunctionDistances | string {
  const found = known.get(data);
  if (found !== undefined) return found;
  const result = resultOfKind(data, 'function-space')?.result;
  const distances =
    (result ? ofEveryPair(result) : ofClaim(data)) ?? "The networks' answers are not loaded here.";
  known.set(data, distances);
  return distances;
}

function ofEveryPair(result: FunctionSpaceResult): FunctionDistances {
  const { networks, part, means, withinRun } = result;
  const N = networks.length;
  const pairs: Pair[] = [];
  for (let i = 0; i < N; i++)
    for (let j = i + 1; j < N; j++)
      pairs.push({
        networks: [networks[i]!, networks[j]!],
        cosine: result.weightCosine.values[i * N + j]!,
        alignedCosine: result.alignedCosine.values[i * N + j]!,
        disagreement: result.disagreement.values[i * N + j]!,
      });
  const { disagreement } = means;
  return {
    networks,
    part,
    pairs,
    raw: { cosine: means.weightCosine, disagreement },
    aligned: { cosine: means.alignedCosine, disagreement },
    withinRun,
  };
}

/** The means of pairs and of snapshots stand in the study's manifest, so that a page need not load every pair. */
function ofClaim({ claims }: StudyDisplay): FunctionDistances | null {
  const evidence = claims['independent-runs-differ']?.evidence;
  if (!evidence) return null;
  const estimate = (of: 'two runs' | 'snapshots', isShare: boolean): Estimate | null => {
    const found = evidence.find(({ what, unit }) => what.includes(of) && (unit !== '') === isShare);
    return found?.interval ? { value: found.value, interval: found.interval } : null;
  };
  const meansOf = (of: 'two runs' | 'snapshots'): MeanDistances | null => {
    const [cosine, disagreement] = [estimate(of, false), estimate(of, true)];
    return cosine && disagreement ? { cosine, disagreement } : null;
  };
  const [raw, withinRun] = [meansOf('two runs'), meansOf('snapshots')];
  if (!raw || !withinRun) return null;
  return { networks: [], part: null, pairs: [], raw, aligned: null, withinRun };
}

export interface Bin {
  readonly x: number;
  readonly y: number;
  readonly count: number;
}

/** Points gathered on a grid of `step` pixels, each bin at the mean of its points: pairs that coincide become one larger dot. */
export function binned(points: readonly (readonly [number, number])[], step: number): Bin[] {
  const sums = new Map<string, { x: number; y: number; count: number }>();
  for (const [x, y] of points) {
    const key = `${Math.floor(x / step)} ${Math.floor(y / step)}`;
    const sum = sums.get(key) ?? { x: 0, y: 0, count: 0 };
    sum.x += x;
    sum.y += y;
    sum.count += 1;
    sums.set(key, sum);
  }
  return [...sums.values()].map(({ x, y, count }) => ({ x: x / count, y: y / count, count }));
}
