// The curves: one line a network, the median and the picked one named with their values, divergence marked.
import { describe, expect, it } from 'vitest';
import { lossCurves } from '../../../../src/figures/outcomes/loss-curves.ts';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { drawStill, smallRun } from '../drawing.ts';

describe('loss curves', () => {
  it('draws one line a network in its own colour', () => {
    const { all } = drawStill(lossCurves, smallRun());
    expect(all('.layer-curves path').map((path) => path.getAttribute('stroke'))).toEqual(
      [0, 1, 2, 3].map(networkColour),
    );
  });

  it('names the axes with their units and the scale', () => {
    const { texts } = drawStill(lossCurves, smallRun());
    expect(texts()).toContain('Training loss (cross-entropy, nats; log scale)');
    expect(texts()).toContain('Epoch (passes over the training points)');
  });

  it('labels the median and the picked network with their last values', () => {
    // Last losses are (1, 2, 3, 4) / 64: the median is 2.5 / 64, network 2 has 3 / 64.
    const { texts } = drawStill(lossCurves, smallRun(), { selected: 2 });
    expect(texts()).toContain('median');
    expect(texts()).toContain('0.0391');
    expect(texts()).toContain('network 2');
    expect(texts()).toContain('0.0469');
  });

  it('shows the curves up to an epoch only', () => {
    const { texts, all } = drawStill(lossCurves, smallRun(), { until: 2, selected: 0 });
    // Network 0 after two epochs of four: 1 / 16.
    expect(texts()).toContain('0.0625');
    const whole = drawStill(lossCurves, smallRun(), { until: null, selected: 0 });
    const widthOf = (d: string): number =>
      d
        .split(/[l ]/)
        .slice(1)
        .reduce((sum, step) => sum + Number(step.split(',')[0]), 0);
    const [shown, full] = [all, whole.all].map((lines) =>
      widthOf(lines('.layer-curves path')[0]!.getAttribute('d')!),
    );
    expect(shown! / full!).toBeCloseTo(2 / 4, 2);
  });

  it('marks the network that diverged with a cross where its line ends', () => {
    const still = drawStill(lossCurves, smallRun());
    const gone = drawStill(lossCurves, smallRun({ diverges: true }));
    expect(gone.all('.layer-curves path')).toHaveLength(still.all('.layer-curves path').length + 1);
  });

  it('draws the threshold of convergence with its value', () => {
    expect(drawStill(lossCurves, smallRun()).texts()).toContain('converged below 0.1');
  });

  it('says so where a run has no such quantity', () => {
    const run = smallRun();
    const without = { ...run, curves: { ...run.curves, testLoss: null } };
    const { texts } = drawStill(lossCurves, without, { quantity: 'testLoss' });
    expect(texts().join(' ')).toBe('This run has no test loss to draw.');
  });

  it('describes the numbers in words', () => {
    expect(lossCurves.describe(smallRun(), lossCurves.initial)).toBe(
      'Training loss of 4 networks over 4 epochs: the median goes from 0.625 to 0.0391. ' +
        '2 converged (training loss below 0.1), 2 stuck, 0 diverged.',
    );
  });
});

describe('a guess of the last median', () => {
  it('is a line at its loss, named beside the curves, and only on the quantity guessed', () => {
    expect(drawStill(lossCurves, smallRun()).all('.guess-mark')).toHaveLength(0);
    // The median begins at 0.625, so the line starts at the height of the median's hollow dot.
    const { all, texts } = drawStill(lossCurves, smallRun(), { guess: 0.625 });
    const line = all('.guess-mark')[0]!.getAttribute('d')!;
    const height = Number(line.match(/,([\d.]+)H/)![1]);
    expect(height).toBeCloseTo(Number(all('circle.hollow')[0]!.getAttribute('cy')), 0);
    expect(texts()).toEqual(expect.arrayContaining(['your guess', '0.625']));
    const other = drawStill(lossCurves, smallRun(), { guess: 0.625, quantity: 'testLoss' });
    expect(other.all('.guess-mark')).toHaveLength(0);
  });

  it('keeps its words clear of the median, where both end alike', () => {
    const { all } = drawStill(lossCurves, smallRun(), { guess: 0.04 });
    const yOf = (text: string): number =>
      Number(
        all('.layer-emphasis text')
          .find((element) => element.textContent === text)!
          .getAttribute('y'),
      );
    expect(Math.abs(yOf('your guess') - yOf('median'))).toBeGreaterThanOrEqual(32 - 0.2);
  });
});

describe('numbers and controls', () => {
  it('lists each record with its median and networks, up to the epoch shown', () => {
    const table = lossCurves.table!(smallRun(), { ...lossCurves.initial, until: 2 });
    expect(table.columns).toHaveLength(6);
    // Losses at epoch 2 are (1, 2, 3, 4) / 16.
    expect(table.rows).toHaveLength(3);
    expect(table.rows[2]).toEqual([2, 0.15625, 0.0625, 0.125, 0.1875, 0.25]);
  });

  it('leaves out what has diverged', () => {
    const table = lossCurves.table!(smallRun({ diverges: true }), lossCurves.initial);
    expect(table.rows[4]!.at(-1)).toBeNull();
  });

  it('plays over the epochs recorded, the last of which shows all', () => {
    const [until, quantity] = lossCurves.controls!(smallRun());
    expect(until!.kind).toBe('play');
    expect(until!.options.map(({ value }) => value)).toEqual([0, 1, 2, 3, null]);
    expect(quantity!.options.map(({ value }) => value)).toContain('gradientNorm');
  });
});
