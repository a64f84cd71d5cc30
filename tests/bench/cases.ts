// The networks that are timed: fifty of each, 512 points in the plane, full batch, Adam.
import type { Activation } from '../../src/learning/experiment.ts';

export interface BenchCase {
  readonly name: string;
  readonly sizes: readonly number[];
  readonly activation: Extract<Activation, 'tanh' | 'relu'>;
}

export const networks = 50;
export const points = 512;

export const cases: readonly BenchCase[] = [
  { name: '50 x 2-64-64-2 tanh', sizes: [2, 64, 64, 2], activation: 'tanh' },
  { name: '50 x 2-64-2 relu', sizes: [2, 64, 2], activation: 'relu' },
  { name: '50 x 2-16-16-2 tanh', sizes: [2, 16, 16, 2], activation: 'tanh' },
];

/** Multiply-adds of the matrix products of one step of all networks, times two: forward, and two products backward. */
export const stepFlops = ({ sizes }: BenchCase): number => {
  const products = sizes.slice(1).map((outputs, k) => (sizes[k] as number) * outputs);
  const [first, ...rest] = products as [number, ...number[]];
  // The first layer's input needs no gradient, which saves one of its three products.
  return 2 * networks * points * (2 * first + 3 * rest.reduce((a, b) => a + b, 0));
};
