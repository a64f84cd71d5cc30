// Late snapshots of one run against its end, as weights and as functions.
import { plannedSteps } from '../../../learning/planned-steps.ts';
import { meanOf } from '../../bootstrap.ts';
import { disagreement } from '../../function-space/disagreement.ts';
import { cosineMatrix } from '../../projections/distances.ts';
import { gatherRows } from '../../rows.ts';
import type { AnalysisContext, Condition, TrainedCondition } from '../analysis.ts';
import { shaped, type TensorsOf } from '../derived.ts';
import { estimateOfMean } from '../estimates.ts';
import { forComputing } from '../numeric-array.ts';
import type { FunctionSpaceResult } from './function-space-result.ts';
import { predict } from './network-distances.ts';

/** Every snapshot of the second half of a run against its end, the mean of each run; the interval is over runs. */
export async function snapshotsOfOneRun(
  context: AnalysisContext,
  condition: Condition,
  runs: readonly number[],
): Promise<FunctionSpaceResult['withinRun']> {
  const { history } = condition;
  const { networks: N, parameters: P, snapshots } = history;
  const late = lateSnapshots(condition);
  const [cosines, differences]: [number[], number[]] = [[], []];
  for (const run of runs) {
    context.signal.throwIfAborted();
    const path = gatherRows(
      snapshots,
      P,
      late.map((snapshot) => snapshot * N + run),
    );
    const { predictions } = await predict(context, condition, path);
    const K = late.length;
    const toEnd = (matrix: Float64Array) => meanOf(matrix.slice((K - 1) * K, K * K - 1));
    cosines.push(toEnd(cosineMatrix(path, K)));
    differences.push(toEnd(disagreement(predictions)));
  }
  return {
    ...withinRunOf(condition, runs.length, cosines, differences),
    cosines: forComputing([runs.length], cosines),
    disagreements: forComputing([runs.length], differences),
  };
}

/** Those of the second half of a run, by number. */
function lateSnapshots({ experiment, data }: TrainedCondition): number[] {
  const S = plannedSteps(experiment, data.train).snapshots.length;
  const first = Math.ceil((S - 1) / 2);
  return Array.from({ length: S - first }, (_, k) => first + k);
}

const withinRunOf = (
  condition: TrainedCondition,
  runs: number,
  cosines: ArrayLike<number>,
  disagreements: ArrayLike<number>,
) => ({
  runs,
  snapshots: lateSnapshots(condition).length,
  cosine: estimateOfMean(cosines, condition.experiment.seed),
  disagreement: estimateOfMean(disagreements, condition.experiment.seed),
});

export function withinRunAgain(
  condition: TrainedCondition,
  runs: number,
  tensors: TensorsOf<FunctionSpaceResult['withinRun']>,
): FunctionSpaceResult['withinRun'] {
  const cosines = shaped(tensors.cosines, [runs]);
  const disagreements = shaped(tensors.disagreements, [runs]);
  return {
    ...withinRunOf(condition, runs, cosines.values, disagreements.values),
    cosines,
    disagreements,
  };
}
