// Every panel of the catalogue has its figure, the height that the figure takes, and a question that suits the experiment.
import { describe, expect, it } from 'vitest';
import { figures } from '../../../../src/figures/index.ts';
import { sliceMapLayout } from '../../../../src/figures/slices/slice-layout.ts';
import { analysisOf, analysisSchema } from '../../../../src/landscape/analyses/index.ts';
import type { Experiment } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import {
  catalogue,
  panelKindOf,
  panelKinds,
} from '../../../../src/laboratory/panels/panel-catalogue.ts';
import { factsOf } from '../../../../src/laboratory/panels/panel-needs.ts';
import { panelSettings, settingsOf } from '../../../../src/laboratory/panels/panel-settings.ts';
import { panelHeight } from '../../../../src/laboratory/panels/panel-heights.ts';

const experimentOf = (settings: object): Experiment => parseExperiment(settings, 'a test');

it('no two kinds have one name, and a name that nobody knows is none', () => {
  expect(new Set(panelKinds).size).toBe(catalogue.length);
  expect(panelKindOf('no-such-thing')).toBeNull();
  expect(panelKindOf('toString')).toBeNull();
});

describe.each(catalogue)('$kind', ({ kind, figure, source, state = {}, needs }) => {
  it('draws a figure of that name, with its height kept before it comes', async () => {
    const entry = figures[figure]!;
    const drawn = await entry.load();
    expect(drawn.name).toBe(figure);
    for (const width of [290, 344, 390, 478, 500, 560, 620, 760, 980]) {
      // A study's plane stands beside its own losses, or over them.
      const height = kind === 'slice-map' ? sliceMapLayout.usual(width) : drawn.height(width);
      expect(Math.abs(panelHeight(kind, width) - height)).toBeLessThanOrEqual(8);
    }
    for (const key of Object.keys(state)) expect(drawn.initial).toHaveProperty(key);
  });

  if (source.of !== 'analysis') {
    it('asks no analysis', () => expect(panelSettings[kind]).toBeUndefined());
    return;
  }

  it.each([1, 2, 3, 5, 7, 12, 50])('asks %i networks what they can answer', (initialisations) => {
    for (const more of [{}, { hiddenSizes: [] }, { data: { kind: 'digits' } }]) {
      const experiment = experimentOf({ initialisations, ...more });
      if (needs(factsOf(experiment, null)) !== null) continue;
      const { spec } = settingsOf(kind, null, experiment);
      expect(spec.kind).toBe(source.analysis);
      // Complete: nothing is left for the schema to fill in.
      expect(analysisSchema.parse(spec)).toEqual(spec);
      const keys = source.compares ? ['a', 'b'] : ['a'];
      const conditions = keys.map((key) => ({ key, title: key, experiment }));
      expect(() => analysisOf(spec).check({ conditions }, spec)).not.toThrow();
    }
  });

  it('refuses settings that do not fit in a sentence', () => {
    expect(() => settingsOf(kind, { nonsense: 1 }, experimentOf({}))).toThrow(
      /^nonsense is not a setting|directions/,
    );
  });
});

describe('what a run must have', () => {
  const refusal = (kind: string, settings: object) =>
    panelKindOf(kind)!.needs(factsOf(experimentOf(settings), null));

  it('is told in a sentence that says what to do', () => {
    expect(refusal('data-boundary', { data: { kind: 'digits' } })).toMatch(
      /two features, and these data have 64: choose data/,
    );
    expect(refusal('alignment-cloud', { hiddenSizes: [] })).toMatch(/no hidden layer.*add one/);
    expect(refusal('barrier-matrix', { initialisations: 1 })).toMatch(
      /at least 2 networks, and this run trains 1 network: raise/,
    );
    expect(
      refusal('function-distances', {
        data: { kind: 'two-weights' },
        hiddenSizes: [1],
        activation: 'linear',
        loss: 'mean-squared-error',
        bias: false,
      }),
    ).toMatch(/answer with a number, not a class/);
  });

  it('is nothing that the classic settings lack', () => {
    for (const { kind } of catalogue) expect(refusal(kind, {})).toBeNull();
  });

  it('is not held against a file that nobody has read yet', () => {
    const data = { kind: 'csv', path: 'mine.csv' };
    expect(refusal('data-boundary', { data })).toBeNull();
  });
});

it('a map is a plane and a line is a line, whatever is written', () => {
  const experiment = experimentOf({});
  const written = { directions: 'random', dimensions: 3 };
  expect(() => settingsOf('slice-map', written, experiment)).toThrow('dimensions is not a setting');
  const dimensionsOf = (kind: string, settings: object) => {
    const { spec } = settingsOf(kind, { directions: 'hessian', ...settings }, experiment);
    return (spec as { slices: Record<string, { dimensions: number }> }).slices['hessian']!
      .dimensions;
  };
  expect(dimensionsOf('slice-map', { which: 'top-bottom' })).toBe(2);
  expect(dimensionsOf('slice-line', {})).toBe(1);
  expect(() => dimensionsOf('slice-line', { which: 'top-bottom' })).toThrow(
    'dimensions is 1: "top-bottom" is one eigenvector of either end: expected 2',
  );
});

it('keeps the kinds that saved boards and links name, whatever their figures are called now', () => {
  expect(panelKindOf('slice-map')?.figure).toBe('landscape-map');
  expect(panelKindOf('slice-surface')?.figure).toBe('landscape-surface');
  expect(panelKindOf('landscape-whole')?.figure).toBe('landscape-map');
});
