// One slice nine times: every panel is cut from the evaluated grid, and the rulers are what their names say.
import { describe, expect, it } from 'vitest';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import { radiusAndRuler } from '../../../../src/figures/slices/radius-and-ruler.ts';
import {
  clipOf,
  cutTo,
  viewOfRadius,
  rulerOf,
} from '../../../../src/figures/slices/radius-slices.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';
import { drawStill } from '../drawing.ts';

const size = 41;
const axis = Float32Array.from({ length: size }, (_, i) => (i - 20) / 20);
/** A bowl, 0.01 + x^2 + y^2. */
const loss = [...axis].flatMap((y) => [...axis].map((x) => 0.01 + x * x + y * y));

const slice = (directions: string) => ({
  directions,
  axes: [numericArray([size], axis), numericArray([size], axis)],
  loss: numericArray([size, size], loss),
  radius: 'as far as its weights are long',
});
const study = {
  study: { conditions: [], analyses: { slices: { kind: 'slices' } } },
  provider: 'cpu',
  conditions: [],
  claims: {},
  results: { slices: { slices: { path: slice('pca'), near: slice('random') } } },
} as unknown as StudyDisplay;

const view = viewOfRadius(study);
if (typeof view === 'string') throw new Error(view);
const { plane } = view;

describe('a cut', () => {
  it('is of the plane of random directions', () => expect(plane.name).toBe('near'));

  it('keeps the grid points within the radius, and no others', () => {
    expect(cutTo(plane, 1).xs).toHaveLength(41);
    expect(cutTo(plane, 0.5).xs).toHaveLength(21);
    expect(cutTo(plane, 0.25).xs).toHaveLength(11);
    expect(cutTo(plane, 0.25).xs[0]).toBeCloseTo(-0.25, 6);
  });

  it('holds evaluated losses alone', () => {
    const { xs, ys, values } = cutTo(plane, 0.25);
    for (const [row, y] of ys.entries())
      for (const [column, x] of xs.entries())
        expect(values[row * xs.length + column]).toBeCloseTo(0.01 + x * x + y * y, 6);
  });
});

describe('a ruler', () => {
  const [wide, close] = [cutTo(plane, 1), cutTo(plane, 0.25)];

  it('is fitted to what is shown where it is linear or logarithmic', () => {
    expect(rulerOf(plane, wide, 'linear').maximum).toBeCloseTo(2.01, 5);
    expect(rulerOf(plane, close, 'linear').maximum).toBeCloseTo(0.135, 5);
    expect(rulerOf(plane, close, 'log').logarithmic).toBe(true);
  });

  it('is the same for every radius where it is clipped, and ends at a round loss', () => {
    // 0.01 + 5% of 2.00 is 0.11, rounded up to one digit.
    expect(clipOf(plane)).toBeCloseTo(0.2, 10);
    for (const cut of [wide, close]) {
      expect(rulerOf(plane, cut, 'clipped').maximum).toBeCloseTo(0.2, 10);
      expect(rulerOf(plane, cut, 'clipped').minimum).toBeCloseTo(0.01, 6);
    }
  });
});

describe('the picture', () => {
  const draw = (state: object, width = 560) => drawStill(radiusAndRuler, study, state, width);

  it('frames the panel that is drawn large', () => {
    const cell = (state: object): number[] => {
      const frame = draw(state).all('rect.chosen-cell')[0]!;
      return ['x', 'y'].map((name) => Number(frame.getAttribute(name)));
    };
    const [left, top] = cell({ radius: 1, ruler: 'linear' });
    const [right, bottom] = cell({ radius: 0.25, ruler: 'clipped' });
    expect(right).toBeGreaterThan(left! + 50);
    expect(bottom).toBeGreaterThan(top! + 50);
  });

  it('gives ground above a clipped ruler one colour, that of its end', () => {
    const { all } = draw({ ruler: 'clipped' });
    const top = all('.layer-large path.contour').at(-1)!.getAttribute('fill');
    const bar = all('.layer-large rect').map((rect) => rect.getAttribute('fill'));
    // The last piece of the legend's bar is the last tint of the map.
    expect(bar.at(-1)).toBe(top);
  });

  it('marks each evaluated point where there are few', () => {
    expect(draw({ radius: 1 }).all('path.grid-points')).toHaveLength(0);
    const dots = draw({ radius: 0.25 }).all('path.grid-points')[0]!.getAttribute('d')!;
    expect(dots.match(/M/g)).toHaveLength(121);
  });

  it('says the range of what it shows, in words and in its table', () => {
    expect(radiusAndRuler.describe(study, { radius: 0.25, ruler: 'log' })).toContain(
      '11 by 11 points, losses from 0.01 to 0.135 nats',
    );
    const { rows } = radiusAndRuler.table!(study, radiusAndRuler.initial);
    expect(rows.map(([, points]) => points)).toEqual([41, 21, 11]);
    expect(rows[0]![3]).toBeCloseTo(2.01, 5);
  });

  it('tells how many points were evaluated, and that none was interpolated', () => {
    const notes = radiusAndRuler.fidelity!(study, radiusAndRuler.initial).join(' ');
    expect(notes).toContain('41 by 41 evaluated points');
    expect(notes).toContain('None was interpolated');
  });

  it('says so where the study has no such plane', () => {
    const empty = { ...study, results: {} } as StudyDisplay;
    expect(drawStill(radiusAndRuler, empty).texts().join(' ')).toContain('no plane of random');
  });
});
