// The article's widget: its short form read as an experiment, what a run takes, and what it is compared with.
import { expect, test } from 'vitest';
import type { Experiment } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { readForm } from '../../../../src/laboratory/form/read-form.ts';
import { sameLandscape, sameTraining } from '../../../../src/laboratory/retrain/compare-runs.ts';
import { CurveLog } from '../../../../src/laboratory/retrain/curve-log.ts';
import { estimateRun } from '../../../../src/laboratory/retrain/estimate.ts';
import {
  completeSettings,
  shortField,
  shortFormHtml,
  startsNamed,
} from '../../../../src/laboratory/retrain/short-form.ts';
import { drawn } from '../form/described.ts';

const base = startsNamed(parseExperiment({ batchSize: 128 }, 'a test'));

const htmlOf = (experiment: Experiment): string =>
  shortFormHtml(experiment, 'retrain')
    .map(({ html }) => html)
    .join('');

/**
 * The form of `from` as the site draws it, read with what somebody typed.
 * @param file the name of the file that was chosen.
 */
function read(typed: Readonly<Record<string, string>> = {}, from = base, file?: string) {
  const kept = new Map(file === undefined ? [] : [['data.path', file]]);
  // Another kind of data has other controls.
  const kind = typed['data.kind'] ?? from.data.kind;
  const shown = kind === from.data.kind ? from : { ...from, data: { kind } as Experiment['data'] };
  const { controls } = drawn(htmlOf(shown), kept, new Map(Object.entries(typed)));
  return readForm(shortField(), controls, {
    parse: (plain) => parseExperiment(completeSettings(from, plain), 'the form'),
    where: 'the form',
  });
}

test.each([
  ['64', [64]],
  [' 16, 16 ', [16, 16]],
  ['', []],
])('hidden sizes are read from text: “%s”', (text, sizes) => {
  expect(read({ hiddenSizes: text }).value?.hiddenSizes).toEqual(sizes);
});

test.each([
  ['16, many', 'Hidden sizes are whole numbers with commas, such as 16, 16.'],
  ['-3', 'Hidden sizes[0] is -3: a layer needs at least one unit.'],
])('hidden sizes that are none have a sentence: “%s”', (text, sentence) => {
  expect(read({ hiddenSizes: text }).problems.get('hiddenSizes')).toBe(sentence);
});

test('untouched controls give the experiment they were made from', () => {
  expect(read().value).toEqual(base);
  const other = parseExperiment(
    {
      startSeed: 3,
      data: { kind: 'spirals', classes: 4, turns: 2 },
      optimiser: { kind: 'adam', beta1: 0.5 },
      ...{ hiddenSizes: [16, 16], residual: true, weightDecay: 0.01, epochs: 7, snapshots: 3 },
    },
    'a test',
  );
  expect(read({}, other).value).toEqual(other);
});

test('another kind of data or of optimiser drops the settings of the old one', () => {
  const typed = {
    'data.kind': 'spirals',
    'data.samples': '300',
    'data.classes': '3',
    'optimiser.kind': 'momentum',
  };
  const { value } = read(typed);
  expect(value?.data).toEqual({ kind: 'spirals', samples: 300, noise: 0.1, classes: 3, turns: 1 });
  expect(value?.optimiser).toEqual({ kind: 'momentum', momentum: 0.9 });
});

test('each control that holds no sense has a sentence of its own', () => {
  const { value, problems } = read({
    learningRate: '-1',
    epochs: '0',
    initialisations: '',
    hiddenSizes: '16, many',
  });
  expect(value).toBeNull();
  expect(Object.fromEntries(problems)).toEqual({
    learningRate: 'Learning rate is -1: expected more than 0.',
    epochs: 'Epochs is 0: expected at least 1.',
    initialisations: 'Initialisations needs a number.',
    hiddenSizes: 'Hidden sizes are whole numbers with commas, such as 16, 16.',
  });
});

test('a file of the reader’s own is asked for, and named in the settings once it is chosen', () => {
  const { value, problems } = read({ 'data.kind': 'csv' });
  expect(value).toBeNull();
  expect(Object.fromEntries(problems)).toEqual({
    'data.path': 'Choose a CSV file: a row for each point, its label last.',
  });
  const chosen = read({ 'data.kind': 'csv' }, base, 'mine.csv');
  expect(chosen.value?.data).toEqual({ kind: 'csv', path: 'mine.csv', header: 'auto' });
});

test('fewer points than a batch are learned all at once', () => {
  expect(read({ 'data.samples': '64' }).value?.batchSize).toBe('full');
  expect(read({ 'data.samples': '400' }).value?.batchSize).toBe(128);
});

test('few epochs take as many snapshots as they have steps', () => {
  const small = read({ epochs: '3' }, { ...base, batchSize: 'full' });
  expect(small.value?.snapshots).toBe(4);
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

test('controls take range, label and help from the schema, and leave out what stands elsewhere', () => {
  const { root, names } = drawn(htmlOf(base));
  const controls = [
    ...['data.kind', 'data.samples', 'data.noise'],
    ...['initialisations', 'hiddenSizes', 'activation', 'startSeed'],
    ...['optimiser.kind', 'epochs', 'learningRate'],
  ];
  expect(names).toEqual(controls);
  const sliders = [...root.querySelectorAll('[data-slider]')];
  expect(sliders.map((slider) => slider.getAttribute('data-slider'))).toEqual(['learningRate']);
  const rate = root.querySelector('[name="learningRate"]')!;
  expect(rate.getAttribute('value')).toBe('0.01');
  expect([rate.getAttribute('min'), rate.getAttribute('max')]).toEqual(['0', '100']);
  expect(root.querySelector('label[for="retrain-learningRate"]')!.textContent).toBe(
    'Learning rate',
  );
  expect(root.querySelector('#retrain-data-noise-help')!.textContent).toBe(
    'Standard deviation of the Gaussian added to every coordinate.',
  );
  const kinds = [...root.querySelectorAll('[name="data.kind"] option')];
  const values = kinds.map((option) => option.getAttribute('value'));
  expect(values).toEqual(['moons', 'circles', 'spirals', 'xor', 'blobs', 'digits', 'csv']);
});

test('names and grids do not make another training; the seed makes another landscape', () => {
  expect(sameTraining(base, { ...base, name: 'other', grid: { size: 5, margin: 0 } })).toBe(true);
  expect(sameTraining(base, { ...base, learningRate: 0.02 })).toBe(false);
  expect(sameLandscape(base, { ...base, learningRate: 0.02, initialisations: 3 })).toBe(true);
  expect(sameLandscape(base, { ...base, seed: 1 })).toBe(false);
  expect(sameLandscape(base, { ...base, splitSeed: 1 })).toBe(false);
});

test('to write down the seed that draws the starts changes nothing; another one changes the starts alone', () => {
  const plain = parseExperiment({ batchSize: 128 }, 'a test');
  expect(sameTraining(plain, startsNamed(plain))).toBe(true);
  const other = read({ startSeed: '7' }).value!;
  expect(other).toEqual({ ...base, startSeed: 7 });
  expect(sameTraining(base, other)).toBe(false);
  expect(sameLandscape(base, other)).toBe(true);
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
