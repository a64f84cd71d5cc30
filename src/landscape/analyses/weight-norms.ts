// Euclidean lengths of weights.
import { rowOf } from './analysis.ts';

export const euclideanNorm = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));

/** `[M]`, of each network of `[M, P]`. */
export const weightNorms = (weights: Float32Array, M: number): Float64Array =>
  Float64Array.from({ length: M }, (_, m) => euclideanNorm(rowOf(weights, weights.length / M, m)));
