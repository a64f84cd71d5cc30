// The distribution: one mark a network at its value, with median, mean and interval in numbers.
import { describe, expect, it } from 'vitest';
import { outcomeDistribution } from '../../../../src/figures/outcomes/outcome-distribution.ts';
import { drawStill, smallRun } from '../drawing.ts';

describe('outcome distribution', () => {
  it('draws converged networks as discs, stuck ones as squares, diverged ones as crosses', () => {
    const { all, texts } = drawStill(outcomeDistribution, smallRun({ diverges: true }));
    expect(all('.layer-dots circle')).toHaveLength(2);
    expect(all('.layer-dots rect')).toHaveLength(1);
    expect(all('.layer-dots path')).toHaveLength(1);
    expect(texts()).toContain('diverged');
  });

  it('places equal steps in loss at equal steps along a linear axis', () => {
    const { all } = drawStill(outcomeDistribution, smallRun(), { quantity: 'trainAccuracy' });
    const [a, b] = all('.layer-dots circle').map((dot) => Number(dot.getAttribute('cx')));
    const [c] = all('.layer-dots rect').map(
      (mark) => Number(mark.getAttribute('x')) + Number(mark.getAttribute('width')) / 2,
    );
    expect(c! - b!).toBeCloseTo(b! - a!, 0);
  });

  it('writes median, mean and interval', () => {
    const { texts } = drawStill(outcomeDistribution, smallRun());
    expect(texts()).toContain('median 0.0391');
    expect(texts().find((text) => text.startsWith('mean'))).toMatch(
      /^mean 0\.0391 \(95% interval 0\.\d+ to 0\.\d+\)$/,
    );
  });

  it('names the picked network with its value', () => {
    expect(drawStill(outcomeDistribution, smallRun(), { selected: 3 }).texts()).toContain(
      'network 3: 0.0625',
    );
  });

  it('says that losses far apart are on a logarithmic axis, and where exact zeros are', () => {
    const run = smallRun();
    const trainLoss = run.curves.trainLoss.slice();
    trainLoss.set([0, 1e-4, 1e-2, 1], trainLoss.length - 4);
    const { texts } = drawStill(
      outcomeDistribution,
      {
        ...run,
        curves: { ...run.curves, trainLoss },
      },
      {},
      900,
    );
    expect(texts()).toContain(
      'Training loss at the end (cross-entropy, nats; log scale, exact zeros at the left end)',
    );
  });

  it('describes the numbers in words', () => {
    const words = outcomeDistribution.describe(smallRun(), outcomeDistribution.initial);
    expect(words).toContain('median 0.0391');
    expect(words).toContain('range 0.0156 to 0.0625');
    expect(words).toContain('2 converged, 2 stuck, 0 diverged');
  });
});

describe('a guess', () => {
  it('stands at its value', () => {
    const { all, texts } = drawStill(outcomeDistribution, smallRun(), {
      quantity: 'trainAccuracy',
      guess: 0.92,
    });
    // Network 1 ends at 0.92.
    const second = all('.layer-dots circle')[1]!.getAttribute('cx')!;
    expect(all('.guess-mark')[0]!.getAttribute('d')).toMatch(new RegExp(`^M${second},`));
    expect(texts()).toContain('your guess 92%');
  });

  it('far off keeps to the edge, with an arrow, and leaves the dots their room', () => {
    const spreadOf = (guess: number | null): number => {
      const { all } = drawStill(outcomeDistribution, smallRun(), { scale: 'linear', guess });
      const places = all('.layer-dots circle').map((dot) => Number(dot.getAttribute('cx')));
      return Math.max(...places) - Math.min(...places);
    };
    expect(spreadOf(50)).toBeGreaterThan(0.3 * spreadOf(null));
    const { texts } = drawStill(outcomeDistribution, smallRun(), { scale: 'linear', guess: 50 });
    expect(texts()).toContain('your guess 50 →');
  });
});

describe('scale, numbers and controls', () => {
  it('draws a logarithmic axis where asked', () => {
    const { all } = drawStill(outcomeDistribution, smallRun(), { scale: 'log' });
    // Losses are (1, 2, 3, 4) / 64: the first doubling is as long as the second.
    const [first, second] = all('.layer-dots circle').map((dot) => Number(dot.getAttribute('cx')));
    const [, last] = all('.layer-dots rect').map(
      (mark) => Number(mark.getAttribute('x')) + Number(mark.getAttribute('width')) / 2,
    );
    expect(last! - second!).toBeCloseTo(second! - first!, 0);
  });

  it('lists every network with its outcome', () => {
    const { initial } = outcomeDistribution;
    const table = outcomeDistribution.table!(smallRun({ diverges: true }), initial);
    expect(table.rows).toEqual([
      [0, 1 / 64, 'converged'],
      [1, 2 / 64, 'converged'],
      [2, 3 / 64, 'stuck'],
      [3, null, 'diverged'],
    ]);
  });

  it('offers what is measured at the end', () => {
    const [quantity, scale] = outcomeDistribution.controls!(smallRun());
    expect(quantity!.options.map(({ value }) => value)).not.toContain('gradientNorm');
    expect(scale!.options.map(({ value }) => value)).toEqual(['auto', 'log', 'linear']);
  });
});
