// Where every network drew its boundary at every snapshot, kept as a few patterns so that a page can show it move.
import { principalComponents } from '../pca.ts';
import {
  conditionOf,
  defineAnalysis,
  type AnalysisContext,
  type TrainedCondition,
} from './analysis.ts';
import {
  answersOverTime,
  boundaryShifts,
  keptAnswers,
  type AnswersOverTime,
} from './boundary-history/answers-over-time.ts';
import {
  boundaryHistorySchema,
  type BoundaryHistoryResult,
  type BoundaryHistorySpec,
} from './boundary-history/boundary-history-result.ts';
import { About, shaped } from './derived.ts';
import { numericArray } from './numeric-array.ts';
import { checkPlaneClasses } from './plane-points.ts';

export const boundaryHistory = defineAnalysis({
  schema: boundaryHistorySchema,
  title: 'where every network drew its boundary at every snapshot',
  async answer(context, spec): Promise<BoundaryHistoryResult> {
    // Of other data it is left unanswered, with these words: a reader may change them and keep the rest.
    checkPlaneClasses(conditionOf(context, undefined));
    context.signal.throwIfAborted();
    const over = await answersOverTime(context, spec.size);
    context.onProgress(0.5);
    return inPatterns(over, spec);
  },
  async derived(context: AnalysisContext<TrainedCondition>, { size }, tensors) {
    const { networks, extent, epochs, answers } = await answersOverTime(context, size);
    const R = tensors.patterns.shape[0]!;
    const kept = {
      mean: shaped(tensors.mean, [size, size]),
      patterns: shaped(tensors.patterns, [R, size, size]),
      amounts: shaped(tensors.amounts, [epochs.length, networks.length, R]),
    };
    const { median, highest99, largest } = boundaryShifts(answers, kept, size);
    return {
      networks,
      extent: [...extent],
      epochs: numericArray([epochs.length], epochs, { rounding: 'exact' }),
      ...kept,
      shift: {
        median: new About(median, sameShift),
        highest99: new About(highest99, sameShift),
        largest: new About(largest, sameShift),
      },
    };
  },
  async recheck(context: AnalysisContext<TrainedCondition>, { size }, result) {
    const { answers } = await answersOverTime(context, size);
    const places = size * size;
    const rows = answers.length / places;
    const spread = answers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    return [0, Math.floor(rows / 2), rows - 1].map((row) => {
      const kept = keptAnswers(result, row);
      const own = answers.subarray(row * places, (row + 1) * places);
      const error = kept.reduce((most, value, i) => Math.max(most, Math.abs(value - own[i]!)), 0);
      return {
        what: `largest error of the kept answers in row ${row}, over the largest answer of all`,
        recorded: 0,
        again: error / spread,
        tolerance: 0.1,
      };
    });
  },
});

/** Two providers differ in late digits of outputs; a boundary on nearly level ground moves the most. */
const sameShift = 1e-4;

function inPatterns(
  { networks, extent, epochs, answers }: AnswersOverTime,
  { size, patterns: most }: BoundaryHistorySpec,
): BoundaryHistoryResult {
  const places = size * size;
  const rows = answers.length / places;
  const R = Math.min(most, rows, places);
  const { mean, directions } = principalComponents(answers, rows, places, R);
  const amounts = new Float64Array(rows * R);
  for (let row = 0; row < rows; row++)
    for (let r = 0; r < R; r++) {
      let sum = 0;
      for (let i = 0; i < places; i++)
        sum += (answers[row * places + i]! - mean[i]!) * directions[r * places + i]!;
      amounts[row * R + r] = sum;
    }
  const patterns = directions.slice();
  for (let r = 0; r < R; r++) {
    let squares = 0;
    for (let row = 0; row < rows; row++) squares += amounts[row * R + r]! ** 2;
    const deviation = Math.sqrt(squares / rows) || 1;
    for (let row = 0; row < rows; row++) amounts[row * R + r]! /= deviation;
    for (let i = 0; i < places; i++) patterns[r * places + i]! *= deviation;
  }
  const kept = {
    mean: numericArray([size, size], mean),
    patterns: numericArray([R, size, size], patterns),
    amounts: numericArray([epochs.length, networks.length, R], amounts),
  };
  return {
    networks,
    extent: [...extent],
    epochs: numericArray([epochs.length], epochs, { rounding: 'exact' }),
    ...kept,
    shift: boundaryShifts(answers, kept, size),
  };
}
