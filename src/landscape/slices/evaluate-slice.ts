// Evaluates a slice: the loss at every point of its grid, none interpolated.
import { createBlockRunner, largestBlock } from '../evaluate-blocks.ts';
import type { Evaluate } from '../evaluate-blocks.ts';
import { dimensionsOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { gridCoordinates, pointCount } from './slice.ts';
import type { Slice } from './slice.ts';

export interface SliceOptions {
  readonly frame: Frame;
  /** D grids, the first direction first. */
  readonly axes: readonly Float32Array[];
  /** Of coordinates `[M, D]`, as `createSliceEvaluator` makes it. */
  readonly evaluateTrain: Evaluate;
  /** Null where there is no test part. */
  readonly evaluateTest: Evaluate | null;
  /** Called with evaluations (of one point on one part of the data) done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Points evaluated between two calls of `onProgress`. */
  readonly block?: number;
}

/** @throws the signal's reason when it is aborted, between two blocks; RangeError where grids and frame do not fit. */
export async function evaluateSlice(options: SliceOptions): Promise<Slice> {
  const { frame, axes, evaluateTrain, evaluateTest } = options;
  if (axes.length !== dimensionsOf(frame))
    throw new RangeError(
      `${axes.length} grids for a slice of ${dimensionsOf(frame)} dimensions: expected one along each direction`,
    );
  const short = axes.findIndex(({ length }) => length < 2);
  if (short >= 0)
    throw new RangeError(
      `the grid along direction ${short + 1} of a slice has ${axes[short]!.length} points: expected at least 2`,
    );
  const points = pointCount(axes);
  const evaluators = evaluateTest ? [evaluateTrain, evaluateTest] : [evaluateTrain];
  const run = createBlockRunner({
    block: options.block ?? largestBlock,
    total: points * evaluators.length,
    onProgress: options.onProgress,
    signal: options.signal,
  });
  const [train, test] = await run(
    points,
    (first, length) => gridCoordinates(axes, first, length),
    ...evaluators,
  );
  return {
    frame,
    axes,
    loss: train!.loss,
    testLoss: test?.loss ?? null,
    accuracy: train!.accuracy,
  };
}
