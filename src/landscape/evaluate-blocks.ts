// Evaluates any number of points block by block, with progress between blocks and a way to stop.
import type { Evaluation } from '../learning/evaluator.ts';

/** Loss and accuracy at M points: of weights `[M, P]`, or of coordinates `[M, D]`. */
export type Evaluate = (points: Float32Array) => Promise<Evaluation>;

export interface BlockOptions {
  /** Points a block. */
  readonly block: number;
  /** Evaluations in all, over every call of the runner. */
  readonly total: number;
  /** Called with evaluations (of one point by one evaluator) done and to do. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** `read` gives the points of a block; every evaluator sees each block. One evaluation comes back for each. */
export type RunBlocks = (
  points: number,
  read: (first: number, length: number) => Float32Array,
  ...evaluators: readonly Evaluate[]
) => Promise<Evaluation[]>;

/** Points that an evaluator is asked for at once: enough to fill its chunks, few enough to stop between. */
export const largestBlock = 4096;

/**
 * A runner whose calls share one count of progress.
 * It throws the signal's reason when that is aborted, between two blocks, and a RangeError where an evaluator
 * returns other than one loss a point.
 */
export function createBlockRunner({ block, total, onProgress, signal }: BlockOptions): RunBlocks {
  let done = 0;
  return async (points, read, ...evaluators) => {
    const results = evaluators.map(() => emptyEvaluation(points));
    for (let first = 0; first < points; first += block) {
      const length = Math.min(block, points - first);
      const values = read(first, length);
      for (const [index, evaluate] of evaluators.entries()) {
        signal?.throwIfAborted();
        store(results[index]!, await evaluate(values), first, length);
        done += length;
        onProgress?.(done, total);
      }
    }
    return results;
  };
}

interface MutableEvaluation {
  readonly loss: Float32Array;
  accuracy: Float32Array | null;
}

function emptyEvaluation(points: number): MutableEvaluation {
  return { loss: new Float32Array(points), accuracy: null };
}

function store(all: MutableEvaluation, part: Evaluation, first: number, length: number): void {
  if (part.loss.length !== length)
    throw new RangeError(
      `${part.loss.length} losses came back for ${length} networks: evaluate must return one for each`,
    );
  all.loss.set(part.loss, first);
  if (!part.accuracy) return;
  all.accuracy ??= new Float32Array(all.loss.length);
  all.accuracy.set(part.accuracy, first);
}
