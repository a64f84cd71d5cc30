// The map: contours where the surface has them, paths with hollow starts and solid ends, distances to scale.
import { describe, expect, it } from 'vitest';
import { landscapeMap } from '../../../../src/figures/slices/landscape-map.ts';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { drawStill, smallRun } from '../drawing.ts';

const attribute = (element: Element, name: string): number => Number(element.getAttribute(name));

describe('landscape map', () => {
  it('names the components with the variance they hold', () => {
    const { texts } = drawStill(landscapeMap, smallRun());
    expect(texts()).toContain('PC 1 (40% of variance; distance in weight space)');
    expect(texts()).toContain('PC 2 (25% of variance; distance in weight space)');
    expect(texts()).toContain('Training loss on the plane (nats; log scale)');
  });

  it('uses the same scale on both axes', () => {
    const { all } = drawStill(landscapeMap, smallRun());
    const ground = all('.layer-surface rect')[0]!;
    // The plane is as wide as it is high.
    expect(attribute(ground, 'width')).toBeCloseTo(attribute(ground, 'height'), 1);
  });

  it('draws a path a network, each with a hollow start and a solid end where they belong', () => {
    const run = smallRun();
    const { all } = drawStill(landscapeMap, run);
    const starts = all('.layer-paths circle.hollow');
    const ends = all('.layer-paths circle.outlined');
    expect(all('.layer-paths path.line')).toHaveLength(8);
    // Faint where a path is old, full at its front.
    const strengths = all('.layer-paths path.line').map((p) => p.getAttribute('stroke-opacity'));
    expect(strengths).toEqual(Array.from({ length: 4 }, () => ['0.7', null]).flat());
    expect(starts.map((mark) => mark.getAttribute('stroke'))).toEqual(
      [0, 1, 2, 3].map(networkColour),
    );
    expect(ends.map((mark) => mark.getAttribute('fill'))).toEqual([0, 1, 2, 3].map(networkColour));
    // Network 0 starts at (3, 0) and ends at (1, 0), on axes from -4 to 4.
    const ground = all('.layer-surface rect')[0]!;
    const x = (value: number): number =>
      attribute(ground, 'x') + ((value + 4) / 8) * attribute(ground, 'width');
    expect(attribute(starts[0]!, 'cx')).toBeCloseTo(x(3), 0);
    expect(attribute(ends[0]!, 'cx')).toBeCloseTo(x(1), 0);
  });

  it('stops the paths at the snapshot asked for', () => {
    const { all } = drawStill(landscapeMap, smallRun(), { until: 1 });
    const ground = all('.layer-surface rect')[0]!;
    const end = all('.layer-paths circle.outlined')[0]!;
    expect(attribute(end, 'cx')).toBeCloseTo(
      attribute(ground, 'x') + (6 / 8) * attribute(ground, 'width'),
      0,
    );
  });

  it('shows starts alone, hollow, before the first step', () => {
    const { all } = drawStill(landscapeMap, smallRun(), { until: 0 });
    expect(all('.layer-paths circle.hollow')).toHaveLength(4);
    expect(all('.layer-paths circle.outlined')).toHaveLength(0);
  });

  it('veils the ground above a loss, and draws its line', () => {
    const { all } = drawStill(landscapeMap, smallRun(), { level: 2.1 });
    // A bowl of 0.1 + r² / 4: at a loss of 2.1 a ring of radius √8, on axes from -4 to 4.
    const ground = all('.layer-surface rect')[0]!;
    const unit = attribute(ground, 'width') / 8;
    const [x, y] = ['x', 'y'].map((name) => attribute(ground, name) + 4 * unit) as [number, number];
    const numbers = all('.layer-level .line')[0]!
      .getAttribute('d')!
      .match(/-?[\d.]+/g)!
      .map(Number);
    let [px, py] = [0, 0];
    for (let i = 0; i < numbers.length; i += 2) {
      [px, py] = [px + numbers[i]!, py + numbers[i + 1]!];
      expect(Math.hypot(px - x, py - y) / unit).toBeCloseTo(Math.sqrt(8), 0.7);
    }
    expect(all('.layer-level .level-veil')).toHaveLength(1);
    expect(drawStill(landscapeMap, smallRun()).all('.layer-level path')).toHaveLength(0);
  });

  it('states the distance off the plane, and draws it to the scale of the map', () => {
    const { all, texts } = drawStill(landscapeMap, smallRun());
    expect(texts().join(' ')).toContain(
      'median distance of the networks from this plane, to scale: 2.5',
    );
    const ground = all('.layer-surface rect')[0]!;
    const [from, to] = all('.layer-fidelity path')[0]!
      .getAttribute('d')!
      .match(/M([\d.]+),[\d.]+H([\d.]+)/)!
      .slice(1)
      .map(Number);
    expect(to! - from!).toBeCloseTo((2.5 / 8) * attribute(ground, 'width'), 0);
  });

  it('compares true loss and loss on the plane for the picked network', () => {
    const { texts } = drawStill(landscapeMap, smallRun(), { selected: 1 }, 700);
    // Last snapshot of network 1 is entry 9: 1 / 10 and 2 / 10.
    expect(texts().join(' ')).toContain(
      'network 1 is 2.5 away from this plane: its true loss is 0.1, under it the plane shows 0.2',
    );
  });

  it('waits in words for a landscape that is not computed yet', () => {
    const { texts } = drawStill(landscapeMap, { ...smallRun(), landscape: null });
    expect(texts().join(' ')).toBe('The landscape is computed once training has ended.');
  });

  it('describes surface, variance and fidelity in words', () => {
    const words = landscapeMap.describe(smallRun(), landscapeMap.initial);
    expect(words).toContain('from 0.1 to 8.1');
    expect(words).toContain('65.0% of the variance');
    expect(words).toContain('median distance off the plane 2.5');
  });
});

describe('the numbers behind a landscape', () => {
  it('lists every network at the snapshot that is shown', () => {
    const at = (until: number | null) =>
      landscapeMap.table!(smallRun(), { ...landscapeMap.initial, until }).rows;
    expect(at(null)).toHaveLength(4);
    // True losses are 1/1, 1/2, 1/3 ... in the order of snapshots and networks.
    expect(Number(at(0)[3]![5])).toBeCloseTo(1 / 4, 6);
    expect(Number(at(null)[3]![5])).toBeCloseTo(1 / 12, 6);
    expect(at(1).map((row) => row[1])).toEqual([2, 2, 2, 2]);
  });

  it('lets training be played, and offers what this run has to draw', () => {
    const controls = landscapeMap.controls!(smallRun());
    expect(controls.find(({ key }) => key === 'until')).toMatchObject({ kind: 'play' });
    const drawn = controls.find(({ key }) => key === 'quantity')!;
    expect(drawn.options.map(({ value }) => value)).toEqual(['loss', 'accuracy']);
  });
});
