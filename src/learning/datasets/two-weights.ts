// One sample, chosen so that a network of two weights has a loss that can be written down.
import type { RegressionDataset } from './dataset.ts';

/**
 * x = y = sqrt(1/2): the mean squared error of y_hat = a b x is then (a b x - y)^2 = 1/2 (a b - 1)^2, exactly.
 * The two-layer linear network in its smallest form (Saxe, McClelland and Ganguli 2014, arXiv:1312.6120).
 */
export function twoWeights(): RegressionDataset {
  return {
    kind: 'regression',
    featureNames: ['x'],
    inputs: Float64Array.of(Math.SQRT1_2),
    values: Float64Array.of(Math.SQRT1_2),
  };
}
