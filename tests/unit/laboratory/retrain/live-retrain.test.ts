import { expect, test } from 'vitest';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { sameLand, sameTraining } from '../../../../src/laboratory/retrain/compare-runs.ts';
import { CurveLog } from '../../../../src/laboratory/retrain/curve-log.ts';
import { estimateRun } from '../../../../src/laboratory/retrain/estimate.ts';
import { dataFields, dataOptions, numberField } from '../../../../src/laboratory/retrain/fields.ts';
import { parseHiddenSizes } from '../../../../src/laboratory/retrain/hidden-sizes.ts';
import { readControls, type ControlValue } from '../../../../src/laboratory/retrain/read-form.ts';

const base = parseExperiment({ batchSize: 128 }, 'a test');

const number = (name: string, text: string, label = name): ControlValue => ({
  name,
  label,
  text,
  type: 'number',
});
const choice = (name: string, text: string): ControlValue => ({
  name,
  label: name,
  text,
  type: 'choice',
});

test('hidden sizes are read from text', () => {
  expect(parseHiddenSizes('64')).toEqual([64]);
  expect(parseHiddenSizes(' 16, 16 ')).toEqual([16, 16]);
  expect(parseHiddenSizes('')).toEqual([]);
  expect(parseHiddenSizes('16, many')).toBeNull();
  expect(parseHiddenSizes('-3')).toBeNull();
});

test('untouched controls give the experiment they were made from', () => {
  const controls = [choice('data.kind', 'moons'), number('epochs', '100')];
  expect(readControls(base, controls).experiment).toEqual(base);
});

test('another kind of data drops the settings of the old one', () => {
  const controls = [
    choice('data.kind', 'spirals'),
    number('data.samples', '300'),
    number('data.classes', '3'),
  ];
  const { experiment } = readControls(base, controls);
  expect(experiment?.data).toEqual({
    kind: 'spirals',
    samples: 300,
    noise: 0.1,
    classes: 3,
    turns: 1,
  });
});

test('each control that holds no sense has a sentence of its own', () => {
  const { experiment, problems } = readControls(base, [
    number('learningRate', '-1', 'Learning rate'),
    number('epochs', '0', 'Epochs'),
    number('initialisations', '', 'Initialisations'),
    { name: 'hiddenSizes', label: 'Hidden sizes', text: '16, many', type: 'text' },
  ]);
  expect(experiment).toBeNull();
  expect(problems.get('learningRate')).toBe('Learning rate is -1: expected more than 0.');
  expect(problems.get('epochs')).toBe('Epochs is 0: expected at least 1.');
  expect(problems.get('initialisations')).toBe('Initialisations needs a number.');
  expect(problems.get('hiddenSizes')).toMatch(/whole numbers with commas/);
});

test('fewer points than a batch are learned all at once', () => {
  const { experiment } = readControls(base, [
    number('data.samples', '64'),
    choice('data.kind', 'moons'),
  ]);
  expect(experiment?.batchSize).toBe('full');
});

test('few epochs take as many snapshots as they have steps', () => {
  const small = readControls({ ...base, batchSize: 'full' }, [number('epochs', '3')]);
  expect(small.experiment?.snapshots).toBe(4);
});

test('an estimate names weights, steps and memory, and refuses what cannot fit', () => {
  const { sentence, refusal } = estimateRun(base, null);
  expect(sentence).toMatch(
    /^50 networks of 322 weights, 300 steps on 128 points each: about .* of memory/,
  );
  expect(refusal).toBeNull();
  const huge = { ...base, hiddenSizes: [4096, 4096], initialisations: 1000 };
  expect(estimateRun(huge, null).refusal).toMatch(/needs at least .* GB.*lower/);
});

test('controls take range, label and help from the schema', () => {
  expect(numberField('learningRate', base)).toMatchObject({
    label: 'Learning rate',
    minimum: 0,
    maximum: 100,
    isLogarithmic: true,
    isWhole: false,
    value: 0.01,
  });
  expect(dataOptions().map(({ value }) => value)).not.toContain('two-weights');
  const circles = dataFields(base).find(({ kind }) => kind === 'circles');
  expect(circles?.fields.map(({ path }) => path)).toContain('data.factor');
});

test('names and grids do not make another training; the seed makes another land', () => {
  expect(sameTraining(base, { ...base, name: 'other', grid: { size: 5, margin: 0 } })).toBe(true);
  expect(sameTraining(base, { ...base, learningRate: 0.02 })).toBe(false);
  expect(sameLand(base, { ...base, learningRate: 0.02, initialisations: 3 })).toBe(true);
  expect(sameLand(base, { ...base, seed: 1 })).toBe(false);
});

test('a curve log gives back every record, and thins a view of very many', () => {
  const log = new CurveLog(2);
  const records = (from: number, count: number) => ({
    steps: Int32Array.from({ length: count }, (_, i) => from + i),
    epochs: Float32Array.from({ length: count }, (_, i) => from + i),
    trainLoss: Float32Array.from({ length: 2 * count }, (_, i) => 2 * from + i),
    trainAccuracy: null,
    testLoss: null,
    testAccuracy: null,
    gradientNorm: new Float32Array(2 * count),
  });
  log.append(records(0, 3));
  log.append(records(3, 200));
  expect([...log.view().trainLoss]).toEqual([...records(0, 203).trainLoss]);
  expect([...log.lastLosses()]).toEqual([404, 405]);
  log.append(records(203, 10_000));
  const { steps, trainLoss } = log.view();
  expect(steps.length).toBeLessThan(10_203);
  expect([steps[0], steps.at(-1)]).toEqual([0, 10_202]);
  expect(trainLoss.at(-1)).toBe(2 * 10_202 + 1);
});
