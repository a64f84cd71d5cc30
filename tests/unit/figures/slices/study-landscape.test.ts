// Planes through weight space: what one and all of them show of a bowl, its walker and three solutions.
import { describe, expect, it } from 'vitest';
import { sliceLine } from '../../../../src/figures/slices/slice-line.ts';
import { landscapeMap } from '../../../../src/figures/slices/landscape-map.ts';
import { landscapeSurface } from '../../../../src/figures/surface/landscape-surface.ts';
import { drawStill } from '../drawing.ts';
import { slicesStudy } from '../slice-study.ts';

const data = slicesStudy();
const state = (part: object) => ({ ...landscapeMap.initial, ...part });

describe('a plane from above', () => {
  it('names its axes with their unit, and the loss with its own', () => {
    const { texts } = drawStill(landscapeMap, data, { slice: 'path' }, 640);
    expect(texts()).toContain('Component 1 (distance in weight space)');
    expect(texts()).toContain('Component 2 (distance in weight space)');
    expect(texts()).toContain('Training loss (nats; log scale)');
  });

  it('draws a walk from a hollow start to a solid end, at the foot of its perpendiculars', () => {
    const { all } = drawStill(landscapeMap, data, { slice: 'path' }, 640);
    const [start] = all('.layer-paths .hollow');
    const [end] = all('.layer-paths .outlined');
    const ground = all('.layer-surface rect')[0]!;
    const at = (name: string, element: Element) => Number(element.getAttribute(name));
    const share = (element: Element): number =>
      (at('cx', element) - at('x', ground)) / at('width', ground);
    // x = -3 and x = 0 of a plane from -4 to 4.
    expect(share(start!)).toBeCloseTo(1 / 8, 2);
    expect(share(end!)).toBeCloseTo(1 / 2, 2);
  });

  it('walks as far as it is told', () => {
    const { all, texts } = drawStill(landscapeMap, data, { slice: 'path', until: 1 }, 640);
    const ground = all('.layer-surface rect')[0]!;
    const end = all('.layer-paths .outlined')[0]!;
    const share =
      (Number(end.getAttribute('cx')) - Number(ground.getAttribute('x'))) /
      Number(ground.getAttribute('width'));
    expect(share).toBeCloseTo(3 / 8, 2);
    expect(texts().join(' ')).toContain('Network 0 at step 5 is 2 off this plane');
  });

  it('says own loss, ground and distance of the one who walks', () => {
    const words = drawStill(landscapeMap, data, { slice: 'path' }, 640).texts().join(' ');
    expect(words).toContain('Network 0 at step 10 is 1 off this plane');
    expect(words).toContain('its own loss is 0.25');
    expect(words).toContain('the ground under its shadow 0.5');
  });

  it('says that a plane through networks is exact at them', () => {
    const words = drawStill(landscapeMap, data, { slice: 'three' }, 640).texts().join(' ');
    expect(words).toContain('The plane goes through all of them');
  });

  it('reads a picked network', () => {
    const words = drawStill(landscapeMap, data, { slice: 'three', selected: 1 }, 640)
      .texts()
      .join(' ');
    expect(words).toContain('Network 1 is on this plane: its loss is 0.3, and so is the ground.');
  });

  it('states how often a very narrow plane is stretched', () => {
    // 2 by 8 is drawn as 0.55 by 1: 2.2 times.
    const words = drawStill(landscapeMap, data, { slice: 'three' }, 640).texts().join(' ');
    expect(words).toContain('The shorter side of the map is stretched 2.2 times.');
    expect(drawStill(landscapeMap, data, { slice: 'path' }, 640).texts().join(' ')).not.toContain(
      'stretched',
    );
  });

  it('draws own losses and the ground under them, step by step', () => {
    const { all } = drawStill(landscapeMap, data, { slice: 'path' }, 640);
    expect(all('.layer-losses .slice-ground')).toHaveLength(1);
    expect(all('.layer-losses .slice-gap')).toHaveLength(1);
  });

  it('leaves the losses to the words where a phone has no room', () => {
    const phone = { slice: 'path', losses: 'wide' } as const;
    expect(drawStill(landscapeMap, data, phone, 360).all('.layer-losses path')).toHaveLength(0);
    expect(drawStill(landscapeMap, data, phone, 640).all('.layer-losses path')).not.toHaveLength(0);
    expect(landscapeMap.heightFor!(360, data, state(phone))).toBeLessThan(
      landscapeMap.heightFor!(360, data, state({ slice: 'path' })),
    );
  });

  it('says what is missing instead of drawing it', () => {
    const { texts, all } = drawStill(landscapeMap, data, { quantity: 'testLoss' }, 640);
    expect(texts()).toContain('This study has no test loss of this plane.');
    expect(all('.contour')).toHaveLength(0);
  });
});

describe('all planes', () => {
  it('draws each under its name, with its width and its error', () => {
    const { texts, all } = drawStill(landscapeMap, data, { view: 'all' }, 640);
    expect(all('.slice-panel')).toHaveLength(3);
    const words = texts().join(' ');
    for (const name of ['PCA of one path', 'Through three solutions', 'Random, filter-normalised'])
      expect(words).toContain(name);
    expect(texts().filter((text) => text === '8 wide')).toHaveLength(3);
    expect(texts()).toContain('off ×2 at its marks');
    expect(texts()).toContain('exact at its marks');
  });

  it('gives equal losses equal colours in all of them', () => {
    const { all } = drawStill(landscapeMap, data, { view: 'all' }, 640);
    const lowest = all('.slice-panel').map((panel) =>
      panel.querySelector('rect')!.getAttribute('fill'),
    );
    expect(new Set(lowest).size).toBe(1);
  });

  it('shows those that are named, in that order', () => {
    const { texts } = drawStill(
      landscapeMap,
      data,
      { view: 'all', planes: ['three', 'path'] },
      640,
    );
    const words = texts().join(' ');
    expect(words.indexOf('Through three')).toBeLessThan(words.indexOf('PCA of one path'));
    expect(words).not.toContain('Random');
  });
});

describe('what is said of slices', () => {
  it('lists every marker', () => {
    const { columns, rows } = landscapeMap.table!(data, state({ slice: 'path' }));
    expect(columns.map(({ name }) => name).slice(0, 5)).toEqual([
      'Network',
      'Step',
      'Own training loss',
      'Loss under its shadow',
      'Distance off',
    ]);
    expect(rows[1]).toEqual([0, 5, 0.5, 1, 2, -1, 0]);
    expect(rows).toHaveLength(3);
  });

  it('lists the planes where all are shown', () => {
    const { rows } = landscapeMap.table!(data, state({ view: 'all' }));
    expect(rows.map(([name]) => name)).toEqual([
      'PCA of one path',
      'Through three solutions',
      'Random, filter-normalised',
    ]);
    expect(rows[0]![4]).toBeCloseTo(2, 5);
  });

  it('says how far a plane can be trusted', () => {
    const words = landscapeMap.fidelity!(data, state({ slice: 'path' })).join(' ');
    expect(words).toContain('9 × 9 grid points');
    expect(words).toContain('it reaches what is shown and 15% of its extent around it');
    expect(words).toContain('by a factor of 2 at the median of 3 marks');
    expect(words).toContain("holds 75.0% of the marks' variance; by chance: 25.0%");
    expect(words).toContain('In 12.5% of its cells the ground curves down');
  });

  it('offers the planes, what can be drawn and the steps', () => {
    const controls = landscapeMap.controls!(data);
    const options = (key: string) =>
      controls.find((control) => control.key === key)!.options.map(({ value }) => value);
    expect(options('slice')).toEqual(['path', 'three', 'random']);
    expect(options('quantity')).toEqual(['loss', 'accuracy']);
    expect(options('until')).toEqual([0, 1, 2]);
  });
});

describe('a plane in three dimensions', () => {
  it('draws lone ends solid, and walks from a hollow start', () => {
    const three = drawStill(landscapeSurface, data, { slice: 'three' }, 560);
    expect(three.all('.surface-end')).toHaveLength(3);
    expect(three.all('.surface-start')).toHaveLength(0);
    const path = drawStill(landscapeSurface, data, { slice: 'path' }, 560);
    expect(path.all('.surface-end')).toHaveLength(1);
    expect(path.all('.surface-start')).toHaveLength(1);
  });

  it('states its heights, and that ways lie on the ground', () => {
    const words = landscapeSurface.fidelity!(data, {
      ...landscapeSurface.initial,
      slice: 'path',
    }).join(' ');
    expect(words).toMatch(/Height and colour: (linear|logarithmic)/);
    expect(words).toContain('laid on the ground');
  });
});

describe('a line', () => {
  it('draws the loss along it, and both networks at their own loss', () => {
    const { all, texts } = drawStill(sliceLine, data, { scale: 'linear' }, 560);
    const dots = all('.layer-marks circle');
    expect(dots).toHaveLength(2);
    expect(texts()).toContain('network 0');
    expect(texts()).toContain('Loss on the line (nats)');
    // Own losses are 0.2 and 0.3 of a scale that begins at 0: heights over the axis as 2 to 3.
    const floor = Number(
      all('.axis')[0]!
        .getAttribute('transform')!
        .match(/,([\d.]+)\)/)![1],
    );
    const [first, second] = dots.map((dot) => floor - Number(dot.getAttribute('cy')));
    expect(second! / first!).toBeCloseTo(1.5, 1);
  });

  it('describes where it leads and how low it runs', () => {
    expect(sliceLine.describe(data, sliceLine.initial)).toContain(
      'training loss from 0.1 to 4.1 nats (directions: from network 0 to network 1)',
    );
  });
});
