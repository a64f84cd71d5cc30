// What every network answered on a grid at every snapshot, and how well a few patterns keep the boundaries of that.
import { createPredictor } from '../../../learning/evaluator.ts';
import { plannedSteps } from '../../../learning/planned-steps.ts';
import { boundaryGrid } from '../../build-boundaries.ts';
import { gatherRows } from '../../rows.ts';
import {
  conditionOf,
  soundNetworks,
  using,
  type AnalysisContext,
  type TrainedCondition,
} from '../analysis.ts';
import type { BoundaryHistoryResult } from './boundary-history-result.ts';

export interface AnswersOverTime {
  readonly networks: readonly number[];
  readonly extent: readonly number[];
  /** `[S]`. */
  readonly epochs: Float32Array;
  /** `[S * N, size * size]`: second output less the first. */
  readonly answers: Float32Array;
}

/** @throws RangeError where the snapshots of the run are not kept. */
export async function answersOverTime(
  context: Pick<
    AnalysisContext<TrainedCondition>,
    'conditions' | 'executor' | 'memoryBudget' | 'signal'
  >,
  size: number,
): Promise<AnswersOverTime> {
  const condition = conditionOf(context, undefined);
  const { data, network, history, experiment } = condition;
  if (!history)
    throw new RangeError('boundaries over time need the snapshots of a run, which are not kept');
  const networks = soundNetworks(condition);
  const { extent, inputs } = boundaryGrid(data, size);
  const { snapshots, snapshotSteps, parameters: P, networks: all } = history;
  const places = size * size;
  const S = snapshotSteps.length;
  const answers = new Float32Array(S * networks.length * places);
  const { executor, memoryBudget } = context;
  const making = createPredictor({ executor, network, inputs, count: places, memoryBudget });
  await using(making, async ({ predict }) => {
    for (let s = 0; s < S; s++) {
      context.signal.throwIfAborted();
      const rows = networks.map((n) => s * all + n);
      const outputs = await predict(gatherRows(snapshots, P, rows));
      const first = s * networks.length * places;
      for (let i = 0; i < networks.length * places; i++)
        answers[first + i] = outputs[2 * i + 1]! - outputs[2 * i]!;
    }
  });
  const { stepsPerEpoch } = plannedSteps(experiment, data.train);
  const epochs = Float32Array.from(snapshotSteps, (step) => step / stepsPerEpoch);
  return { networks, extent, epochs, answers };
}

/** The answers of row `row` as the patterns keep them, `[size * size]`. */
export function keptAnswers(
  { mean, patterns, amounts }: Pick<BoundaryHistoryResult, 'mean' | 'patterns' | 'amounts'>,
  row: number,
): Float64Array {
  const places = mean.values.length;
  const R = patterns.shape[0]!;
  const kept = Float64Array.from(mean.values);
  for (let r = 0; r < R; r++) {
    const amount = amounts.values[row * R + r]!;
    for (let i = 0; i < places; i++) kept[i]! += amount * patterns.values[r * places + i]!;
  }
  return kept;
}

/** Distances of kept boundaries from the true ones, wherever those cross a line of the grid: error over slope. */
export function boundaryShifts(
  answers: Float32Array,
  kept: Pick<BoundaryHistoryResult, 'mean' | 'patterns' | 'amounts'>,
  size: number,
): BoundaryHistoryResult['shift'] {
  const places = size * size;
  const shifts: number[] = [];
  for (let row = 0; row * places < answers.length; row++) {
    const own = answers.subarray(row * places, (row + 1) * places);
    const again = keptAnswers(kept, row);
    for (let j = 0; j + 1 < size; j++)
      for (let i = 0; i + 1 < size; i++) {
        const at = j * size + i;
        const [across, up] = [own[at + 1]! - own[at]!, own[at + size]! - own[at]!];
        if (own[at]! * own[at + 1]! >= 0) continue;
        const share = -own[at]! / across;
        const error =
          (1 - share) * (again[at]! - own[at]!) + share * (again[at + 1]! - own[at + 1]!);
        shifts.push(Math.abs(error) / Math.hypot(across, up) / (size - 1));
      }
  }
  shifts.sort((a, b) => a - b);
  const quantile = (share: number): number =>
    shifts[Math.floor(share * (shifts.length - 1))] ?? NaN;
  return { median: quantile(0.5), highest99: quantile(0.99), largest: quantile(1) };
}
