// Truth: the layout of the house (W row by row, then b, layer after layer), counted by hand.
import { expect, it } from 'vitest';
import { addsInput, layerLayouts, parameterCount } from '../../../src/learning/network-shape.ts';
import type { NetworkShape } from '../../../src/learning/network-shape.ts';

const shapeOf = (sizes: number[], settings: Partial<NetworkShape> = {}): NetworkShape => ({
  sizes,
  activation: 'tanh',
  residual: false,
  bias: true,
  ...settings,
});

it('layers lie one after the other, W before b', () => {
  expect(layerLayouts(shapeOf([2, 5, 3]))).toEqual([
    { inputs: 2, outputs: 5, weightOffset: 0, biasOffset: 10 },
    { inputs: 5, outputs: 3, weightOffset: 15, biasOffset: 30 },
  ]);
  expect(layerLayouts(shapeOf([2, 5, 3], { bias: false }))).toEqual([
    { inputs: 2, outputs: 5, weightOffset: 0, biasOffset: null },
    { inputs: 5, outputs: 3, weightOffset: 10, biasOffset: null },
  ]);
});

it.each([
  [[2, 5, 3], true, 33],
  [[2, 5, 3], false, 25],
  [[64, 32, 10], true, 2410],
  [[7, 1], true, 8],
])('%j with bias %j has %i weights', (sizes, bias, count) => {
  expect(parameterCount(shapeOf(sizes, { bias }))).toBe(count);
});

it.each([
  // As wide as its input: layers 0 (4 to 4), 2 (5 to 5) and the last (5 to 5), which never adds.
  [[4, 4, 5, 5, 5], true, [true, false, true, false]],
  [[4, 4, 5, 5, 5], false, [false, false, false, false]],
  [[3, 3], true, [false]],
])('of %j with residual %j, the layers that add their input are %j', (sizes, residual, adds) => {
  const shape = shapeOf(sizes, { residual });
  expect(adds.map((_, layer) => addsInput(shape, layer))).toEqual(adds);
});
