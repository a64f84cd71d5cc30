// Truth: extents and distances worked out by hand.
import { expect, test } from 'vitest';
import { orthonormalFrame, scaledFrame } from '../../../../src/landscape/slices/frame.ts';
import { axesOver, proposeRadius } from '../../../../src/landscape/slices/radius.ts';

const flat = orthonormalFrame(new Float32Array(3), Float32Array.of(1, 0, 0, 0, 1, 0), ['x', 'y']);
const long = scaledFrame(new Float32Array(3), Float32Array.of(4, 0, 0, 0, 0, 0.5), ['x', 'z']);
const markers = Float32Array.of(1, 2, 9, 3, 6, -9);
const base = {
  frame: flat,
  radius: 'auto',
  inView: null,
  travelled: null,
  inNetworkNorms: false,
} as const;

test('with markers in view: their extent and a margin, wherever they are off the slice', () => {
  const { ranges, phrase } = proposeRadius({ ...base, inView: markers, margin: 0.25 });
  expect(ranges).toEqual([
    [0.5, 3.5],
    [1, 7],
  ]);
  expect(phrase).toBe('what is shown and 25% of its extent around it');
});

test('around a centre: the distance of training, in the length of each direction', () => {
  expect(proposeRadius({ ...base, travelled: 2 })).toEqual({
    ranges: [
      [-2, 2],
      [-2, 2],
    ],
    phrase: 'the distance from start to end of training to either side of the centre',
  });
  expect(proposeRadius({ ...base, frame: long, travelled: 2, share: 0.5 })).toEqual({
    ranges: [
      [-0.25, 0.25],
      [-2, 2],
    ],
    phrase: '50% of the distance from start to end of training to either side of the centre',
  });
});

test('normalised directions reach as far as the norm of the weights', () => {
  const proposed = proposeRadius({ ...base, frame: long, travelled: 2, inNetworkNorms: true });
  expect(proposed.ranges).toEqual([
    [-1, 1],
    [-1, 1],
  ]);
  expect(proposed.phrase).toContain("the norm of the network's own weights");
});

test('a number is kept, about the middle of what is shown or the centre', () => {
  expect(proposeRadius({ ...base, radius: 3 })).toEqual({
    ranges: [
      [-3, 3],
      [-3, 3],
    ],
    phrase: '3 to either side of the centre, as set',
  });
  expect(proposeRadius({ ...base, radius: 3, inView: markers }).ranges).toEqual([
    [-1, 5],
    [1, 7],
  ]);
});

test('grids are even, with both ends on them', () => {
  const axes = axesOver(
    [
      [-1, 1],
      [0, 8],
    ],
    5,
  );
  expect(axes.map((axis) => [...axis])).toEqual([
    [-1, -0.5, 0, 0.5, 1],
    [0, 2, 4, 6, 8],
  ]);
});

test('nothing to go by is told in a sentence', () => {
  for (const travelled of [null, 0, NaN])
    expect(() => proposeRadius({ ...base, travelled })).toThrow('set "radius" to a number');
  expect(() => proposeRadius({ ...base, radius: -1 })).toThrow(
    'the radius of a slice is -1: expected "auto" or more than 0',
  );
});
