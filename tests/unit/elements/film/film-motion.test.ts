// What a film shows: training from its first moment to its last and a rest, or one turn round a surface.
import { describe, expect, it } from 'vitest';
import { filmMotion, framesPerSecond } from '../../../../src/elements/film/film-motion.ts';
import {
  filmLayout,
  filmShapes,
  type FilmShape,
} from '../../../../src/elements/film/film-shape.ts';

const play = {
  key: 'until',
  name: 'Epoch',
  kind: 'play',
  options: [0, 1, 2, null].map((value) => ({ value, text: String(value) })),
} as const;

describe('filmMotion', () => {
  it('plays from the first moment to the last without a jump, and rests there', () => {
    const { frames, name } = filmMotion({ state: { scale: 'log' }, controls: [play], keys: [] })!;
    expect(name).toBe('Epoch');
    expect(frames[0]).toEqual({
      from: { scale: 'log', until: 0 },
      to: { scale: 'log', until: 1 },
      share: 0,
    });
    const values = [0, 1, 2, null];
    const at = frames.map(({ from, share }) => values.indexOf(from['until'] as number) + share);
    at.forEach((value, k) => {
      const step = value - (at[k - 1] ?? value);
      expect(step).toBeGreaterThanOrEqual(-1e-9);
      expect(step).toBeLessThan(1.01);
    });
    const rest = frames.filter(({ from, to }) => from['until'] === null && to['until'] === null);
    expect(rest).toHaveLength(1.5 * framesPerSecond);
  });

  it('turns a surface once, where nothing plays', () => {
    const { frames } = filmMotion({ state: {}, controls: [], keys: ['eye', 'selected'] })!;
    const degrees = frames.map(({ to }) => Number(String(to['eye']).split(',')[0]));
    expect(new Set(degrees).size).toBe(360);
    for (const { to } of frames) expect(to['eye']).toMatch(/^\d{1,3},\d{1,2},\d$/);
  });

  it('finds nothing to film in a picture that stands still', () => {
    expect(filmMotion({ state: {}, controls: [], keys: ['scale'] })).toBeNull();
  });
});

describe('filmLayout', () => {
  it.each(Object.keys(filmShapes) as FilmShape[])('leaves most of %s to the picture', (shape) => {
    const { picture } = filmLayout(shape, 2);
    const { width, height } = filmShapes[shape];
    expect(picture.top + picture.height).toBeLessThan(height);
    expect(picture.left + picture.width).toBeLessThan(width);
    expect((picture.width * picture.height) / (width * height)).toBeGreaterThan(0.6);
  });
});
