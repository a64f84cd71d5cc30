// The exact map: start, walk and flow where their coordinates say.
import { describe, expect, it } from 'vitest';
import {
  twoWeightsMap,
  type TwoWeightsMapData,
} from '../../../../src/figures/two-weights/two-weights-map.ts';
import {
  surfaceGrid,
  valleyLines,
  walkFrom,
} from '../../../../src/elements/two-weights/two-weights-walk.ts';
import { drawStill } from '../drawing.ts';

function dataOf(start: [number, number], stepSize: number): TwoWeightsMapData {
  const { points, losses, diverged, flow } = walkFrom(start, stepSize);
  return { ...surfaceGrid(2, 41), valleys: valleyLines(2), walk: points, losses, diverged, flow };
}

describe('two-weight map', () => {
  it('draws the start at its weights, with room for a finger', () => {
    const { all } = drawStill(twoWeightsMap, dataOf([1, -1], 0.1));
    const ground = all('.layer-surface rect')[0]!;
    const read = (name: string): number => Number(ground.getAttribute(name));
    const start = all('circle.start')[0]!;
    expect(Number(start.getAttribute('cx'))).toBeCloseTo(read('x') + 0.75 * read('width'), 0);
    expect(Number(start.getAttribute('cy'))).toBeCloseTo(read('y') + 0.75 * read('height'), 0);
    expect(Number(all('circle.start-handle')[0]!.getAttribute('r'))).toBeGreaterThanOrEqual(22);
  });

  it('names axes, minima and saddle', () => {
    const { texts } = drawStill(twoWeightsMap, dataOf([1, -1], 0.1));
    expect(texts()).toEqual(
      expect.arrayContaining(['Weight a', 'Weight b', 'saddle', 'minima: ab = 1']),
    );
  });

  it('draws a dot a step', () => {
    const { all } = drawStill(twoWeightsMap, dataOf([1.5, 0.2], 0.1), { until: 4 });
    expect(all('path.dots.accent-line')[0]!.getAttribute('d')!.match(/M/g)).toHaveLength(4);
  });

  it('says when a walk has left for good', () => {
    const { texts } = drawStill(twoWeightsMap, dataOf([2, 2], 1.5));
    expect(texts()).toContain('off the map, and never back');
  });

  it('describes the walk with its losses', () => {
    // At (2, 1) the loss is 1 / 2 and the gradient (1, 2).
    expect(twoWeightsMap.describe(dataOf([2, 1], 0.1), { until: 1 })).toContain(
      'Descent from (2, 1), loss 0.5, is at (1.9, 0.8) after 1 steps, loss 0.135.',
    );
  });
});

describe('numbers and steps', () => {
  it('lists the walk with its losses up to the step shown', () => {
    const { rows } = twoWeightsMap.table!(dataOf([2, 1], 0.1), { until: 1 });
    expect(rows[0]).toEqual([0, 2, 1, 0.5]);
    expect(rows).toHaveLength(2);
    expect(rows[1]!.slice(1, 3)).toEqual([expect.closeTo(1.9, 12), expect.closeTo(0.8, 12)]);
  });

  it('plays over the steps, and says that nothing is projected', () => {
    const data = dataOf([1.5, 0.2], 0.1);
    const [until] = twoWeightsMap.controls!(data);
    expect(until!.options).toHaveLength(data.walk.length);
    expect(twoWeightsMap.fidelity!(data, { until: null }).join(' ')).toContain(
      'nothing is projected',
    );
  });

  it('names the minima where the start does not cover the words', () => {
    const placeOf = (start: [number, number]): number =>
      Number(
        drawStill(twoWeightsMap, dataOf(start, 0.1))
          .all('text')
          .find((text) => text.textContent === 'minima: ab = 1')!
          .getAttribute('x'),
      );
    expect(placeOf([1.2, 1.2])).not.toBe(placeOf([-1, 1]));
  });
});
