// The vocabulary of graphs.
export * from './tensor.ts';
export { constant, constantValues, filled, input, inputName } from './leaf.ts';
export * from './arithmetic.ts';
export * from './functions.ts';
export * from './indexing.ts';
export { concat, expand, pad, reshape, slice, sum, sumTo, transpose } from './layout.ts';
export { matmul } from './linear.ts';
export { cast, detach, equal, greater, less, range, where } from './logic.ts';
export { max, mean, min } from './reductions.ts';
