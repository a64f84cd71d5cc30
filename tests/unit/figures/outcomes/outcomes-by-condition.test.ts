// Where training ended under each condition: strips, means, counts, differences and guesses, of losses known in closed form.
import { describe, expect, it } from 'vitest';
import type { StudyDisplay } from '../../../../src/artifact/display.ts';
import { outcomesByCondition } from '../../../../src/figures/outcomes/outcomes-by-condition.ts';
import { networkColour } from '../../../../src/figures/kit/palette.ts';
import { numericArray } from '../../../../src/landscape/analyses/numeric-array.ts';
import type { OutcomesResult } from '../../../../src/landscape/analyses/outcomes/outcomes-result.ts';
import { compare } from '../../../../src/landscape/comparison/effect-size.ts';
import { convergenceStatistics } from '../../../../src/landscape/statistics.ts';
import { experimentSchema } from '../../../../src/learning/experiment.ts';
import { drawStill } from '../drawing.ts';

/** Final losses of four networks; the threshold is 0.1. */
const finals = {
  good: [0.01, 0.02, 0.04, 0.08],
  late: [0.05, 0.2, 0.4, 0.4],
  gone: [0.02, 0.02, NaN, 0.3],
};
type Key = keyof typeof finals;
const keys = Object.keys(finals) as Key[];
const titles: Record<Key, string> = { good: 'as it should be', late: 'too slow', gone: 'too fast' };
const networks = 4;

/** From a loss of 1 at epoch 0 to the final one at epochs 1 and 2. */
function outcome(key: Key) {
  const losses = [...Array<number>(networks).fill(1), ...finals[key], ...finals[key]];
  const trainLoss = Float32Array.from(losses);
  const epochs = [0, 1, 2];
  const experiment = experimentSchema.parse({ name: 'three', converged: { lossBelow: 0.1 } });
  const curves = {
    steps: Int32Array.from(epochs),
    epochs: Float32Array.from(epochs),
    trainLoss,
    testLoss: null,
    trainAccuracy: null,
    testAccuracy: null,
    gradientNorm: trainLoss,
  };
  const array = numericArray([3, networks], trainLoss);
  return {
    epochs: numericArray([3], epochs),
    trainLoss: array,
    testLoss: null,
    trainAccuracy: null,
    testAccuracy: null,
    gradientNorm: array,
    statistics: convergenceStatistics(
      curves,
      experiment,
      finals[key].map((loss) => (Number.isNaN(loss) ? 1 : -1)),
    ),
    idleUnits: numericArray([networks], key === 'late' ? [0, 0, 1, 1] : [0, 0, 0, 0]),
  };
}

function study(): StudyDisplay {
  const conditions = Object.fromEntries(keys.map((key) => [key, outcome(key)]));
  const differences = Object.fromEntries(
    keys.slice(1).map((key) => [
      key,
      {
        trainLoss: compare(finals.good, finals[key], 1),
        testAccuracy: null,
        pairedTrainLoss: null,
      },
    ]),
  );
  const result = { conditions, against: 'good', differences } as unknown as OutcomesResult;
  return {
    study: {
      name: 'three',
      title: 'Three ways',
      conditions: keys.map((key, index) => ({
        key,
        title: titles[key],
        experiment: experimentSchema.parse({
          name: 'three',
          initialiser: { kind: 'xavier-uniform', scale: 1 + index },
        }),
      })),
      analyses: { outcomes: { kind: 'outcomes' } },
    },
    provider: 'cpu',
    conditions: [],
    results: { outcomes: result },
    claims: {},
  } as unknown as StudyDisplay;
}
const data = study();

describe('every network', () => {
  it('draws converged networks as discs, stuck ones as squares, diverged ones as crosses, each in its colour', () => {
    const { all } = drawStill(outcomesByCondition, data);
    const discs = all('.layer-dots circle').map((disc) => disc.getAttribute('fill'));
    expect(discs).toEqual([0, 1, 2, 3, 0, 0, 1].map(networkColour));
    expect(all('.layer-dots rect')).toHaveLength(4);
    const crosses = all('.layer-dots path').map((cross) => cross.getAttribute('stroke'));
    expect(crosses).toEqual([networkColour(2)]);
  });

  it('places equal ratios of loss at equal steps of a logarithmic axis, equal losses one over the other', () => {
    const { all } = drawStill(outcomesByCondition, data);
    const at = all('.layer-dots circle').map((disc) => Number(disc.getAttribute('cx')));
    const step = at[1]! - at[0]!;
    // 0.01, 0.02, 0.04, 0.08: doubling each time.
    expect(step).toBeGreaterThan(20);
    expect(at[2]! - at[1]!).toBeCloseTo(step, 0);
    expect(at[3]! - at[2]!).toBeCloseTo(step, 0);
    const [third, fourth] = all('.layer-dots rect').slice(1, 3);
    expect(third!.getAttribute('x')).toBe(fourth!.getAttribute('x'));
    expect(third!.getAttribute('y')).not.toBe(fourth!.getAttribute('y'));
  });

  it('names conditions, counts how their networks ended, and writes each mean', () => {
    const { texts } = drawStill(outcomesByCondition, data);
    for (const title of Object.values(titles)) expect(texts()).toContain(title);
    expect(texts()).toContain('4 converged');
    expect(texts()).toContain('1 converged, 3 stuck, 2 dead');
    expect(texts()).toContain('2 converged, 1 stuck, 1 diverged');
    // (0.01 + 0.02 + 0.04 + 0.08) / 4.
    expect(texts()).toContain('0.0375');
    expect(texts()).toContain('converged below 0.1');
  });

  it('keeps networks without a value beside the axis, and says so', () => {
    const { all, texts } = drawStill(outcomesByCondition, data);
    expect(texts()).toContain('no value');
    const [axis] = all('.layer-axis .axis path.domain');
    const right = Number(axis!.getAttribute('d')!.match(/H([\d.]+)/)![1]);
    const cross = all('.layer-dots path')[0]!.getAttribute('d')!;
    expect(Number(cross.slice(1).split(',')[0])).toBeGreaterThan(right);
  });

  it('rings the picked network in every row, with its value there', () => {
    const { all, texts } = drawStill(outcomesByCondition, data, { selected: 2 });
    expect(all('.layer-selected circle.ink')).toHaveLength(3);
    for (const text of ['2: 0.04', '2: 0.4', '2: diverged']) expect(texts()).toContain(text);
  });

  it('shows only the conditions asked for', () => {
    const { texts } = drawStill(outcomesByCondition, data, { only: ['late'] });
    expect(texts()).toContain('too slow');
    expect(texts()).not.toContain('too fast');
  });

  it.each([328, 680])('keeps every text within a width of %i', (width) => {
    const { all } = drawStill(
      outcomesByCondition,
      data,
      { selected: 0, guess: 'late gone' },
      width,
    );
    for (const text of all('text')) {
      const length = 0.54 * 12 * (text.textContent ?? '').length;
      const anchor = text.getAttribute('text-anchor');
      const x = Number(text.getAttribute('x'));
      const left = anchor === 'end' ? x - length : anchor === 'middle' ? x - length / 2 : x;
      if (text.closest('.axis') !== null) continue;
      expect(left, text.textContent ?? '').toBeGreaterThan(-4);
      expect(left + length, text.textContent ?? '').toBeLessThan(width + 4);
    }
  });
});

describe('other quantities', () => {
  it('draws the epoch at which each network came below the threshold, and who never did', () => {
    const { texts, all } = drawStill(outcomesByCondition, data, { quantity: 'epochsToThreshold' });
    expect(texts()).toContain('First epoch with a loss below 0.1');
    expect(texts()).toContain('never');
    // All four of the first condition at epoch 1.
    const at = new Set(
      all('.layer-dots circle')
        .slice(0, 4)
        .map((disc) => disc.getAttribute('cx')),
    );
    expect(at.size).toBe(1);
  });

  it('says what is missing', () => {
    const { texts } = drawStill(outcomesByCondition, data, { quantity: 'testAccuracy' });
    expect(texts().join(' ')).toContain('hold no test accuracy');
    const curvature = drawStill(outcomesByCondition, data, { quantity: 'largestEigenvalue' });
    expect(curvature.texts().join(' ')).toContain('of curvature');
  });

  it('offers what the results hold', () => {
    const [quantity] = outcomesByCondition.controls!(data);
    expect(quantity!.options.map(({ value }) => value)).toEqual([
      'trainLoss',
      'epochsToThreshold',
      'idleUnits',
    ]);
  });
});

describe('differences', () => {
  const { texts, all } = drawStill(outcomesByCondition, data, { view: 'difference' }, 680);

  it('draws each mean less that of the first condition, and names the reference', () => {
    // Means: 0.2625 and 0.11333 against 0.0375.
    expect(texts().some((text) => text.startsWith('+0.225 ('))).toBe(true);
    expect(texts().some((text) => text.startsWith('+0.0758 ('))).toBe(true);
    expect(texts()).toContain('the reference');
    expect(all('.accent-line')).toHaveLength(2);
  });

  it("writes the effect sizes: of 16 pairs, the later condition's loss is larger in 15, smaller in 1", () => {
    expect(texts().some((text) => text.includes('Cliff’s δ 0.88'))).toBe(true);
  });

  it('says so where no difference was computed', () => {
    const still = drawStill(outcomesByCondition, data, {
      view: 'difference',
      quantity: 'idleUnits',
    });
    expect(still.texts().join(' ')).toContain('Differences were computed for');
  });
});

describe('a guess', () => {
  it('is not drawn before it is made', () => {
    expect(drawStill(outcomesByCondition, data).texts().join(' ')).not.toContain('guess');
  });

  it('of a value is a line across all rows; of conditions, words at their names', () => {
    const value = drawStill(outcomesByCondition, data, { guess: 0.04 });
    const [line] = value.all('.layer-guess .guess-mark');
    const third = value.all('.layer-dots circle')[2]!;
    expect(line!.getAttribute('d')).toMatch(new RegExp(`^M${third.getAttribute('cx')},`));
    expect(value.texts()).toContain('your guess 0.04');
    const named = drawStill(outcomesByCondition, data, { guess: 'late gone' });
    expect(named.texts().filter((text) => text.includes('your guess'))).toHaveLength(2);
  });
});

it('tells the numbers in words and as a table', () => {
  const { initial } = outcomesByCondition;
  const words = outcomesByCondition.describe(data, initial);
  expect(words).toContain('as it should be: mean 0.0375 (95% interval');
  expect(words).toContain('2 converged, 1 stuck, 1 diverged');
  const networksTable = outcomesByCondition.table!(data, initial);
  expect(networksTable.rows).toHaveLength(12);
  expect(networksTable.rows[10]).toEqual(['too fast', 2, null, 'diverged']);
  const differences = outcomesByCondition.table!(data, { ...initial, view: 'difference' });
  expect(differences.rows.map(([name, mean]) => [name, mean])).toEqual([
    ['as it should be', expect.closeTo(0.0375, 6)],
    ['too slow', expect.closeTo(0.2625, 6)],
    ['too fast', expect.closeTo(0.34 / 3, 6)],
  ]);
});
