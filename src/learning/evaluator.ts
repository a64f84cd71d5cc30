// Loss, accuracy and outputs of any number of networks, by the graph they were trained with.
import type { Executor } from '../engine/runtime/executor.ts';
import type { Loss } from './experiment.ts';
import type { NetworkShape } from './network-shape.ts';
import type { Samples } from './samples.ts';

export interface Evaluation {
  /** `[M]`. */
  readonly loss: Float32Array;
  /** `[M]`; null for regression. */
  readonly accuracy: Float32Array | null;
}

export interface Evaluator {
  /** Of M networks, `weights` `[M, P]`. */
  evaluate(weights: Float32Array): Promise<Evaluation>;
  dispose(): void;
}

export interface Predictor {
  /** Raw outputs (logits) `[M, count, outputs]` of M networks, `weights` `[M, P]`. */
  predict(weights: Float32Array): Promise<Float32Array>;
  dispose(): void;
}

export declare function createEvaluator(options: {
  readonly executor: Executor;
  readonly network: NetworkShape;
  readonly loss: Loss;
  readonly samples: Samples;
  readonly memoryBudget?: number;
}): Promise<Evaluator>;

export declare function createPredictor(options: {
  readonly executor: Executor;
  readonly network: NetworkShape;
  /** `[count, features]`. */
  readonly inputs: Float32Array;
  readonly count: number;
  readonly memoryBudget?: number;
}): Promise<Predictor>;
