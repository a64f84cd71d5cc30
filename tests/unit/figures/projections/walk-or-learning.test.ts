// The walk beside the network: nothing is given away before a guess, and what is drawn is what the study and the closed form say.
import { describe, expect, it } from 'vitest';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import {
  alike,
  fittedCosine,
  walkCoordinates,
  walkCosine,
} from '../../../../src/figures/projections/walk-closed-form.ts';
import { walkOrLearning } from '../../../../src/figures/projections/walk-or-learning.ts';
import { randomWalkShare } from '../../../../src/landscape/closed-forms/random-walk.ts';
import { randomWalkCoordinates } from '../../landscape/truths/random-walk-coordinates.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';
import { drawStill } from '../drawing.ts';

const points = 101;
const dimensions = 400;
const limit = [1, 2, 3, 4, 5].map((k) => randomWalkShare(points - 1, k));

/** Two paths whose coordinates are the closed form's, and which hold these shares of variance. */
function components(first: number, second: number, step: number) {
  const xs = walkCoordinates(points, 1, step);
  const ys = walkCoordinates(points, 2, step);
  const path = xs.flatMap((x, t) => [x, ys[t]!]);
  const shares = [first, second, 0.01, 0.005, 0.001];
  return {
    explained: numericArray([2, 5], [...shares, ...shares]),
    coordinates: numericArray([2, points, 2], [...path, ...path]),
    firstTwo: { value: first + second, interval: [0.9, 0.99] as const },
  };
}

const study = {
  study: {
    conditions: [{ key: 'adam', title: 'Adam' }],
    analyses: { paths: { kind: 'trajectories' } },
  },
  provider: 'cpu',
  conditions: [],
  claims: {},
  results: {
    paths: {
      conditions: {
        adam: {
          networks: [3, 8],
          points,
          dimensions,
          descent: components(0.95, 0.04, 0.2),
          walk: { ...components(0.61, 0.15, Math.sqrt(dimensions)), limit },
          randomPlane: { value: 0.005, interval: [0.004, 0.006] as const, expected: 0.005 },
          firstPath: null,
        },
      },
    },
  },
} as unknown as StudyDisplay;

const draw = (state: object, width = 560) => drawStill(walkOrLearning, study, state, width);

describe('the closed form of a walk', () => {
  it('is the one that the landscape mathematics has, for steps of any length', () => {
    for (const component of [1, 2, 3]) {
      const kept = randomWalkCoordinates(points - 1, component);
      walkCoordinates(points, component, 7).forEach((value, t) =>
        expect(value).toBeCloseTo(7 * kept[t]!, 10),
      );
    }
  });

  it('is made of cosines of length 1 at right angles', () => {
    const dot = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, t) => sum + value * b[t]!, 0);
    const [one, two] = [walkCosine(points, 1), walkCosine(points, 2)];
    expect(dot(one, one)).toBeCloseTo(1, 12);
    expect(dot(two, two)).toBeCloseTo(1, 12);
    expect(dot(one, two)).toBeCloseTo(0, 12);
  });

  it('finds size and sign of a cosine in a path, and turns a curve to the side of the path', () => {
    const path = walkCosine(points, 2).map(
      (value, t) => -3 * value + 0.5 * walkCosine(points, 1)[t]!,
    );
    fittedCosine(path, 2).forEach((value, t) =>
      expect(value).toBeCloseTo(-3 * walkCosine(points, 2)[t]!, 10),
    );
    expect(alike([1, 2], [-1, -2])).toEqual([-1, -2]);
    expect(alike([1, 2], [1, 2])).toEqual([1, 2]);
  });
});

describe('before the guess', () => {
  const drawing = draw({ revealed: false });

  it('names neither panel, colours none, and shows no share', () => {
    const texts = drawing.texts().join(' ');
    expect(texts).toContain('Left');
    expect(texts).toContain('Right');
    expect(texts).not.toMatch(/network 3|Chance|%/);
    expect(drawing.all('rect.share-learning')).toHaveLength(0);
    expect(drawing.all('path.walk-cosine')).toHaveLength(0);
    const strokes = drawing
      .all('.layer-panels path.line')
      .map((path) => path.getAttribute('stroke'));
    expect(new Set(strokes)).toEqual(new Set(['currentColor']));
  });

  it('gives nothing away in words or in its table', () => {
    const said = walkOrLearning.describe(study, { ...walkOrLearning.initial, revealed: false });
    expect(said).toContain('not said yet');
    expect(said).not.toContain('network 3');
    expect(walkOrLearning.table!(study, walkOrLearning.initial).rows).toEqual([]);
    expect(walkOrLearning.fidelity!(study, walkOrLearning.initial)).toEqual([]);
  });

  it('draws no guess where there is none', () => {
    expect(drawing.texts()).not.toContain('your guess');
    expect(draw({ revealed: true, guess: null }).texts()).not.toContain('your guess');
  });
});

describe('after it', () => {
  const drawing = draw({ revealed: true, guess: 'left', pair: 1 });

  it('names both panels, the network by its number', () => {
    expect(drawing.texts()).toContain('Chance: a random walk');
    expect(drawing.texts()).toContain('Learning: network 8');
  });

  it('marks the panel that was guessed, on its side', () => {
    const marked = drawing.all('rect.walk-guessed');
    expect(marked).toHaveLength(1);
    expect(Number(marked[0]!.getAttribute('x'))).toBeLessThan(280);
    const right = draw({ revealed: true, guess: 'right' }).all('rect.walk-guessed')[0]!;
    expect(Number(right.getAttribute('x'))).toBeGreaterThan(280);
  });

  it('says whether the guess was right', () => {
    const say = (guess: 'left' | 'right') =>
      walkOrLearning.describe(study, { ...walkOrLearning.initial, revealed: true, guess });
    expect(say('left')).toContain('which is wrong');
    expect(say('right')).toContain('which is right');
  });

  it('draws bars as high as the shares, and the closed form at its own', () => {
    const height = (selector: string, k: number): number =>
      Number(drawing.all(selector)[k]!.getAttribute('height'));
    const whole = height('rect.share-learning', 0) / 0.95;
    expect(height('rect.share-walk', 0) / whole).toBeCloseTo(0.61, 2);
    expect(height('rect.share-walk', 1) / whole).toBeCloseTo(0.15, 2);
    const tops = drawing
      .all('path.walk-limit')
      .map((path) => Number(/M[\d.]+,([\d.]+)/.exec(path.getAttribute('d')!)![1]));
    expect(tops).toHaveLength(5);
    expect((tops[1]! - tops[0]!) / whole).toBeCloseTo(limit[0]! - limit[1]!, 2);
  });

  it('lays the closed form over a walk that is the closed form', () => {
    const [walk, curve] = [
      drawing.all('.layer-panels path.line')[0]!,
      drawing.all('.layer-panels path.walk-cosine')[0]!,
    ];
    expect(curve.getAttribute('d')).toBe(walk.getAttribute('d'));
  });

  it('keeps all labels within the drawing on a phone', () => {
    const drawn = draw({ revealed: true, guess: 'left' }, 330);
    for (const text of drawn.all('.layer-panels > text, .layer-shares > text')) {
      const at = Number(text.getAttribute('x'));
      expect(at).toBeGreaterThanOrEqual(0);
      expect(at).toBeLessThanOrEqual(330);
    }
  });

  it('has the numbers drawn as a table', () => {
    const { rows } = walkOrLearning.table!(study, { ...walkOrLearning.initial, revealed: true });
    expect(rows[0]![1]).toBeCloseTo(0.95, 6);
    expect(rows[0]![3]).toBeCloseTo(limit[0]!, 6);
  });
});

it('says so where the study has no such analysis', () => {
  const empty = { ...study, results: {} } as StudyDisplay;
  expect(drawStill(walkOrLearning, empty).texts().join(' ')).toContain('no trajectories');
});
