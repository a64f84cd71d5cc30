// The digits: as many images as asked for, their pixels dark where the data are.
import { describe, expect, it } from 'vitest';
import { digitSamples } from '../../../../src/figures/boundaries/digit-samples.ts';
import { drawStill, smallRun } from '../drawing.ts';

/** Two classes, three images each: image i has its pixel i at the brightest, all else zero. */
function digits() {
  const run = smallRun();
  const count = 6;
  const inputs = new Float32Array(64 * count);
  // Normalised by mean 4 and scale 2.
  inputs.fill(-2);
  for (let i = 0; i < count; i++) inputs[64 * i + i] = 6;
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2);
  return {
    ...run,
    data: {
      ...run.data,
      features: 64,
      train: { count, inputs, labels, targets: new Float32Array(2 * count) },
      normalisation: {
        mean: new Float32Array(64).fill(4),
        scale: new Float32Array(64).fill(2),
      },
    },
  };
}

describe('digit samples', () => {
  it('draws the images asked for, and only the pixels that are on', () => {
    const { all } = drawStill(digitSamples, digits(), { each: 2 });
    expect(all('rect.hairline')).toHaveLength(4);
    const pixels = all('path').map((path) => path.getAttribute('d')!.match(/M/g)!.length);
    expect(pixels).toEqual([4]);
    expect(all('path')[0]!.getAttribute('fill-opacity')).toBe('1.00');
  });

  it('says so where the points are no images', () => {
    expect(drawStill(digitSamples, smallRun()).texts().join(' ')).toBe(
      'There is no image to draw: these points have 2 features, not 8 x 8 pixels.',
    );
  });
});

describe('one digit', () => {
  it('fills the picture with it, and says which', () => {
    const { all, texts } = drawStill(digitSamples, digits(), { each: 2, only: 1 });
    // Three images of the second class, of which two columns of two have room for all.
    expect(all('rect.hairline')).toHaveLength(3);
    expect(texts()).toEqual(['only the digit green']);
  });

  it('is a choice among the classes, whose images the table counts', () => {
    const [only] = digitSamples.controls!(digits());
    expect(only!.options.map(({ text }) => text)).toEqual(['all', 'red', 'green']);
    expect(digitSamples.table!(digits(), digitSamples.initial).rows).toEqual([
      ['red', 3, 4],
      ['green', 3, 4],
    ]);
    expect(digitSamples.controls!(smallRun())).toEqual([]);
  });
});
