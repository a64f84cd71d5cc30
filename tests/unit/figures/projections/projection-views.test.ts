// Layouts side by side: the same networks in each, what is kept beside chance, and the guess.
import { describe, expect, it } from 'vitest';
import { projectionDistance } from '../../../../src/figures/projections/projection-distance.ts';
import { projectionViews } from '../../../../src/figures/projections/projection-views.ts';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { drawStill, smallRun } from '../drawing.ts';
import { projectionsStudy } from '../slice-study.ts';

const data = projectionsStudy();
const state = (part: object) => ({ ...projectionViews.initial, ...part });

describe('projections side by side', () => {
  it('lays out weights and predictions, without drawing the linear one twice', () => {
    const titles = drawStill(projectionViews, data, {}, 640)
      .texts()
      .filter((text) => text.includes(': '));
    expect(titles).toEqual([
      'Weights: PCA',
      'Weights: t-SNE',
      'Predictions: classical scaling',
      'Predictions: t-SNE',
    ]);
  });

  it('shortens the name of a method where its panel is too narrow for it', () => {
    const titles = drawStill(
      projectionViews,
      data,
      { panels: 'predictions/scaling predictions/tsne weights/tsne' },
      640,
    )
      .texts()
      .filter((text) => text.includes(': '));
    expect(titles).toEqual(['Predictions: scaling', 'Predictions: t-SNE', 'Weights: t-SNE']);
  });

  it('gives each network its colour in every picture', () => {
    const { all } = drawStill(projectionViews, data, {}, 640);
    const colours = all('.layer-dots circle').map((dot) => dot.getAttribute('fill'));
    expect(colours).toHaveLength(16);
    expect(colours.slice(0, 4)).toEqual([0, 1, 3, 4].map(networkColour));
    expect(colours.slice(12)).toEqual(colours.slice(0, 4));
  });

  it('says the shares of a linear layout, and that the others have no unit', () => {
    const { texts } = drawStill(projectionViews, data, {}, 640);
    expect(texts()).toContain('10% of the spread');
    expect(texts()).toContain('perplexity 10, no unit');
  });

  it('draws what is kept as a bar, with chance marked on it', () => {
    const { all, texts } = drawStill(projectionViews, data, { panels: 'weights/tsne' }, 640);
    const width = (selector: string) => Number(all(selector)[0]!.getAttribute('width'));
    const whole = width('.trust-track');
    expect(width('.trust-chance') / whole).toBeCloseTo(0.5, 2);
    expect(width('.accent-mark') / whole).toBeCloseTo(0.25, 2);
    expect(texts()).toContain('kept 0.75');
    expect(texts()).toContain('chance 0.50');
  });

  it('keeps the answer back until it is revealed, and draws the guess into it', () => {
    const asked = { panels: 'weights/tsne', guessAt: 'weights/tsne', revealed: false } as const;
    expect(drawStill(projectionViews, data, asked, 640).all('.trust-track')).toHaveLength(0);
    expect(projectionViews.describe(data, state(asked))).not.toContain('0.75');
    const guessed = drawStill(projectionViews, data, { ...asked, revealed: true, guess: 0.9 }, 640);
    expect(guessed.texts()).toContain('your guess 0.90');
    expect(guessed.all('.guess-mark')).toHaveLength(1);
  });

  it('rings the picked network and its nearest of the first picture in all of them', () => {
    const { all, texts } = drawStill(projectionViews, data, { selected: 4 }, 640);
    // Three others there are, and all are among the five nearest.
    expect(all('.layer-selected circle.ink')).toHaveLength(16);
    expect(texts()).toContain('network 4');
  });

  it('lists coordinates of every picture, and says what is kept', () => {
    const { rows } = projectionViews.table!(
      data,
      state({ panels: 'weights/pca predictions/tsne' }),
    );
    expect(rows[3]).toEqual([4, 8, 0, 1, 1]);
    const words = projectionViews.fidelity!(data, state({ panels: 'weights/pca' })).join(' ');
    expect(words).toContain(
      'Weights, PCA: 0.75 and 0.75 (chance 0.5 and 0.5), 10.0% of the spread',
    );
    expect(words).toContain('no way back');
  });

  it('gives each thing a column of its own on a phone', () => {
    const titles = drawStill(projectionViews, data, {}, 360)
      .texts()
      .filter((text) => text.includes(': '));
    expect(titles.map((title) => title.split(':')[0])).toEqual([
      'Weights',
      'Predictions',
      'Weights',
      'Predictions',
    ]);
  });
});

describe('distance off the map', () => {
  it('places networks by their distances along the map and off it', () => {
    // Of the small run, network n ends one from the centre along the map, and 2.5 off it.
    const { rows } = projectionDistance.table!(smallRun(), projectionDistance.initial);
    expect(rows).toHaveLength(4);
    for (const [, along, off, share] of rows as [number, number, number, number][]) {
      expect(along).toBeCloseTo(1, 5);
      expect(off).toBe(2.5);
      expect(share).toBeCloseTo(1 / Math.hypot(1, 2.5), 5);
    }
  });

  it('draws every mark above the diagonal where more is off the map than on it', () => {
    const { all } = drawStill(projectionDistance, smallRun(), {}, 560);
    const [, left, bottom] = all('.layer-axes .reference')[0]!
      .getAttribute('d')!
      .match(/M([\d.]+),([\d.]+)L/)!
      .map(Number);
    const ends = all('.layer-markers circle.outlined');
    expect(ends).toHaveLength(4);
    for (const end of ends)
      expect(bottom! - Number(end.getAttribute('cy'))).toBeGreaterThan(
        Number(end.getAttribute('cx')) - left!,
      );
  });

  it('draws both legs of a picked network', () => {
    const { texts, all } = drawStill(projectionDistance, smallRun(), { selected: 2 }, 560);
    expect(texts()).toContain('network 2: 1 along, 2.5 off');
    expect(all('.layer-selected path.ink')).toHaveLength(1);
  });

  it('describes the share that the map shows', () => {
    expect(projectionDistance.describe(smallRun(), projectionDistance.initial)).toContain(
      'the map shows 37.1% of a network',
    );
  });
});
