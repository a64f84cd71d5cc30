// The surface's map: the same networks in their places, the same colours, and the way over and back.
import { describe, expect, it } from 'vitest';
import { openSurfaceFigure } from '../../../../src/figures/surface/surface-figure.ts';
import { bowl, container, pathAlong, surfaceOf } from './surface-fixture.ts';

interface State {
  readonly selected: number | null;
  readonly eye: string | null;
}
const surface = surfaceOf(bowl, {
  paths: [
    pathAlong(0, [
      [-4, -3],
      [0, 0],
    ]),
    pathAlong(
      1,
      [
        [4, 3],
        [2, 1.5],
      ],
      true,
    ),
  ],
});
const open = (state: State) => {
  const box = container();
  const handle = openSurfaceFigure({
    container: box,
    data: surface,
    state,
    environment: { width: 600, height: 500, interactive: false, reducedMotion: true },
    contentOf: (data, { selected }: State) => ({ surface: data, selected, label: 'A bowl.' }),
  });
  return { box, handle };
};
const map: State = { selected: null, eye: 'map' };
const numbers = (element: Element, ...names: string[]): number[] =>
  names.map((name) => Number(element.getAttribute(name)));

describe('the map of a surface', () => {
  it('has the ground’s corners where its coordinates end', () => {
    const { box } = open(map);
    const [x, y, width, height] = numbers(
      box.querySelector('.surface-plan rect[height]:not([height="9"])')!,
      'x',
      'y',
      'width',
      'height',
    ) as [number, number, number, number];
    // The plane is 8 wide and 6 deep, at equal scales.
    expect(width / height).toBeCloseTo(8 / 6, 1);
    const [starts, ends] = ['.hollow', 'circle.outlined'].map((mark) => [
      ...box.querySelectorAll(mark),
    ]);
    expect(starts).toHaveLength(2);
    const at = (circle: Element) => numbers(circle, 'cx', 'cy');
    expect(at(starts![0]!)).toEqual([x, y + height]);
    expect(at(starts![1]!)).toEqual([x + width, y]);
    // Network 0 ends in the middle; network 1 diverged, and ends in a cross.
    expect(ends).toHaveLength(1);
    expect(at(ends![0]!)[0]).toBeCloseTo(x + width / 2, 0);
    expect(at(ends![0]!)[1]).toBeCloseTo(y + height / 2, 0);
  });

  it('draws a line for each contour of the surface, and says that colour alone is the scale', () => {
    const { box } = open(map);
    expect(box.querySelectorAll('.contour').length).toBeGreaterThan(8);
    expect(box.textContent).toContain('Colour: linear');
    expect(box.textContent).not.toContain('Height and colour');
    expect(box.textContent).toContain('PC 1');
  });

  it('names the picked network, and forgets it', () => {
    const { box, handle } = open({ ...map, selected: 1 });
    expect(box.textContent).toContain('network 1');
    handle.update(map);
    expect(box.textContent).not.toContain('network 1');
  });

  it('goes over to the surface and back', () => {
    const { box, handle } = open(map);
    expect(box.querySelectorAll('.surface-still')).toHaveLength(0);
    handle.update({ ...map, eye: null });
    expect(box.querySelectorAll('.surface-plan')).toHaveLength(0);
    expect(box.querySelectorAll('.surface-still')).toHaveLength(1);
    handle.update(map);
    expect(box.querySelectorAll('.surface-plan')).toHaveLength(1);
    expect(box.querySelectorAll('.surface-still')).toHaveLength(0);
    handle.destroy();
    expect(box.children).toHaveLength(0);
  });

  it('draws the surface from where the state says', () => {
    const outline = (eye: string | null) =>
      open({ ...map, eye }).box.querySelector('.surface-skirt')!.innerHTML;
    expect(outline('200,30,1')).not.toBe(outline(null));
    expect(outline('200,30,1')).toBe(outline('200,30,1'));
  });
});
