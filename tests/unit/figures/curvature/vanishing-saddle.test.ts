// Saddles in random planes: chances and spreads against known laws and against counting, and what the picture shows of them.
import { describe, expect, it } from 'vitest';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import {
  betaShare,
  chanceOfWayDown,
  curvatureDensity,
  lnGamma,
} from '../../../../src/figures/curvature/vanishing-chance.ts';
import {
  heightOn,
  planeCurvature,
  randomPlanes,
} from '../../../../src/figures/curvature/vanishing-planes.ts';
import { vanishingSaddle } from '../../../../src/figures/curvature/vanishing-saddle.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';
import { drawStill } from '../drawing.ts';

const spectrum = (d: number, k: number): Float64Array =>
  Float64Array.from({ length: d }, (_, i) => (i < k ? -1 : 1));

const studyWith = (eigenvalues: readonly number[]): StudyDisplay =>
  ({
    study: { conditions: [], analyses: { curvature: { kind: 'curvature' } } },
    provider: 'cpu',
    conditions: [],
    claims: {},
    results: {
      curvature: {
        conditions: {
          one: { spectrum: { network: 4, all: numericArray([eigenvalues.length], eigenvalues) } },
        },
      },
    },
  }) as unknown as StudyDisplay;
const study = studyWith([2, 1, 0.5, 0.25, -0.125]);

it('lets one direction in about five hundred down from a pass where 30 of 100 axes lead down', () => {
  // The downhill part of a random unit vector is Beta(30/2, 70/2); it goes down where that part is above a half.
  const share = 1 - betaShare(0.5, 15, 35);
  expect(1 / share).toBeGreaterThan(400);
  expect(1 / share).toBeLessThan(600);
});

describe('special functions', () => {
  it('knows factorials and the half-integers of Gamma', () => {
    expect(lnGamma(6)).toBeCloseTo(Math.log(120), 10);
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 10);
    expect(lnGamma(0.25) + lnGamma(0.75)).toBeCloseTo(Math.log(Math.PI * Math.SQRT2), 10);
  });

  it('gives the beta share of whole parameters as a binomial sum', () => {
    // I_x(a, b) is the chance of at least a successes in a + b - 1 tries.
    const x = 0.3;
    const [a, b] = [3, 5];
    const choose = [1, 7, 21, 35, 35, 21, 7, 1];
    const sum = choose
      .slice(a)
      .reduce((total, c, i) => total + c * x ** (a + i) * (1 - x) ** (4 - i), 0);
    expect(betaShare(x, a, b)).toBeCloseTo(sum, 12);
    expect(betaShare(0.5, 40, 40)).toBeCloseTo(0.5, 12);
    expect(betaShare(0.2, 0.5, 0.5)).toBeCloseTo((2 / Math.PI) * Math.asin(Math.sqrt(0.2)), 12);
  });
});

describe('the chance that a random plane shows a way down', () => {
  it('is a power of one half where one direction leads down', () => {
    expect(chanceOfWayDown(3, 1)).toBeCloseTo(Math.SQRT1_2, 12);
    expect(chanceOfWayDown(12, 1)).toBeCloseTo(1 / 32, 12);
  });

  it('is 1 where a plane cannot miss it, and 0 where there is none', () => {
    expect(chanceOfWayDown(2, 1)).toBe(1);
    expect(chanceOfWayDown(9, 8)).toBe(1);
    expect(chanceOfWayDown(9, 0)).toBe(0);
  });

  it('is 1 less the chance of no way up and the chance of both, by symmetry at one half', () => {
    // Down only and up only are equally likely, and no way down means up only.
    const none = 1 - chanceOfWayDown(20, 10);
    const planes = randomPlanes(spectrum(20, 10), 4000, 5);
    const downOnly = planes.filter(({ largest }) => largest < 0).length / 4000;
    expect(Math.abs(downOnly - none)).toBeLessThan(0.02);
  });

  it.each([
    [5, 2],
    [10, 3],
    [50, 20],
    [100, 30],
  ])('agrees with a count over planes in %i dimensions, %i downhill', (d, k) => {
    const many = 4000;
    const found = randomPlanes(spectrum(d, k), many, 11).filter(
      ({ smallest }) => smallest < 0,
    ).length;
    const chance = chanceOfWayDown(d, k);
    const error = Math.sqrt((chance * (1 - chance)) / many);
    expect(Math.abs(found / many - chance)).toBeLessThan(4 * error);
  });
});

describe('curvature along random lines', () => {
  it('has a density that integrates to 1 and whose mean is the mean eigenvalue', () => {
    const steps = 20000;
    let [total, mean] = [0, 0];
    for (let i = 0; i < steps; i++) {
      const c = -1 + (2 * (i + 0.5)) / steps;
      const weight = (curvatureDensity(20, 6, c) * 2) / steps;
      total += weight;
      mean += weight * c;
    }
    expect(total).toBeCloseTo(1, 6);
    expect(mean).toBeCloseTo((20 - 12) / 20, 6);
  });

  it('has, over random planes, the mean of the eigenvalues and the variance of the text', () => {
    const eigenvalues = [3, 1, 1, 0.5, -0.5, -2];
    const d = eigenvalues.length;
    const mean = eigenvalues.reduce((a, b) => a + b) / d;
    const squares = eigenvalues.reduce((a, b) => a + b * b, 0) / d;
    const found = randomPlanes(eigenvalues, 20000, 3).map(({ a }) => a);
    const average = found.reduce((a, b) => a + b) / found.length;
    const variance = found.reduce((a, b) => a + (b - average) ** 2, 0) / found.length;
    const expected = (2 / (d + 2)) * (squares - mean ** 2);
    expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(expected / found.length));
    expect(Math.abs(variance / expected - 1)).toBeLessThan(0.05);
  });

  it('is that of the whole where the plane is the whole', () => {
    const [plane] = randomPlanes([2, -3], 1, 9);
    expect(plane!.largest).toBeCloseTo(2, 12);
    expect(plane!.smallest).toBeCloseTo(-3, 12);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(randomPlanes([1, 2, 3], 2, 1)).toEqual(randomPlanes([1, 2, 3], 2, 1));
    expect(randomPlanes([1, 2, 3], 1, 1)).not.toEqual(randomPlanes([1, 2, 3], 1, 2));
  });

  it('makes heights: half of curvature times distance squared', () => {
    expect(heightOn(planeCurvature(2, 0, -4), 3, 0)).toBe(9);
    expect(heightOn(planeCurvature(2, 0, -4), 0, 1)).toBe(-2);
    expect(heightOn(planeCurvature(0, 1, 0), 2, 3)).toBe(6);
  });
});

describe('the picture', () => {
  const draw = (state: object, width = 560) => drawStill(vanishingSaddle, study, state, width);

  it('shows nothing of the answer before the guess', () => {
    const drawing = draw({ revealed: false });
    expect(drawing.texts().filter((text) => text === '?')).toHaveLength(9);
    expect(drawing.texts().join(' ')).not.toMatch(/Random planes that|of 9/);
    expect(drawing.all('rect.chance-bar')).toHaveLength(0);
    expect(drawing.all('.layer-planes path.contour')).toHaveLength(0);
  });

  it('frames every plane in two dimensions, and counts them', () => {
    const drawing = draw({ dimensions: 2, share: 0.5 });
    expect(drawing.all('rect.shows-down')).toHaveLength(9);
    expect(drawing.texts()).toContain('framed: shows a way down, 9 of 9');
    expect(drawing.texts()).toContain('Random planes that show a way down: 100%');
  });

  it('frames as many planes as its table says', () => {
    for (const dimensions of [3, 10, 50]) {
      const state = { ...vanishingSaddle.initial, dimensions };
      const { rows } = vanishingSaddle.table!(study, state);
      const showing = rows.slice(1).filter((row) => row[3] === 'yes').length;
      expect(draw(state).all('rect.shows-down')).toHaveLength(showing);
    }
  });

  it('draws the chance to scale, and the guess beside it', () => {
    const drawing = draw({ dimensions: 3, share: 0.3, guess: 0.5 });
    const number = (selector: string, name: string): number =>
      Number(drawing.all(selector)[0]!.getAttribute(name));
    expect(
      number('rect.chance-bar', 'width') / number('.layer-chance rect.null-bar', 'width'),
    ).toBeCloseTo(Math.SQRT1_2, 2);
    expect(drawing.texts()).toContain('your guess');
    expect(draw({}).texts()).not.toContain('your guess');
  });

  it('shows the measured network by its own eigenvalues', () => {
    const said = vanishingSaddle.describe(study, {
      ...vanishingSaddle.initial,
      subject: 'network',
    });
    expect(said).toContain('network 4');
    expect(said).toContain('1 of 5 directions curve down');
    expect(said).toContain('0.725');
    const bowl = studyWith([2, 1, 0.5]);
    const drawing = drawStill(vanishingSaddle, bowl, { subject: 'network' });
    expect(drawing.all('rect.shows-down')).toHaveLength(0);
  });

  it('says what is constructed and what is measured', () => {
    const notes = (subject: 'example' | 'network') =>
      vanishingSaddle.fidelity!(study, { ...vanishingSaddle.initial, subject }).join(' ');
    expect(notes('example')).toContain('not a measurement');
    expect(notes('network')).toContain('all 5 eigenvalues');
  });

  it('says so where the study has no spectrum', () => {
    const empty = { ...study, results: {} } as StudyDisplay;
    const texts = drawStill(vanishingSaddle, empty, { subject: 'network' }).texts();
    expect(texts.join(' ')).toContain('no whole spectrum');
  });
});
