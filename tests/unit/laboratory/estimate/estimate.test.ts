import fc from 'fast-check';
import { expect, test } from 'vitest';
import { analysisSchema } from '../../../../src/landscape/analyses/index.ts';
import { dataDimensions } from '../../../../src/learning/data-dimensions.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import {
  estimateAnalysis,
  evaluationsOf,
} from '../../../../src/laboratory/estimate/analysis-cost.ts';
import { MeasuredSpeeds } from '../../../../src/laboratory/estimate/calibrate.ts';
import { estimateLab } from '../../../../src/laboratory/estimate/estimate.ts';
import {
  costOf,
  secondsOf,
  sizeOf,
  speedOf,
} from '../../../../src/laboratory/estimate/run-cost.ts';
import { experiments } from '../form/experiments.ts';

const of = (plain: object) => parseExperiment(plain, 'a test');
const estimate = (plain: object, speed: number | null = null) => {
  const experiment = of(plain);
  return estimateLab(experiment, dataDimensions(experiment.data), speed);
};

test('the classic settings are counted: 2 x 64 + 64 + 64 x 2 + 2 weights, a step an epoch', () => {
  const { sentence, refusal, advice } = estimate({});
  expect(sentence).toContain('50 networks of 322 weights, 100 steps on all 384 points each');
  expect(sentence).toContain('assumed, until a run here has been measured');
  expect([refusal, advice]).toEqual([null, null]);
  expect(estimate({ batchSize: 1, snapshots: 2 }).sentence).toContain('steps on 1 point each');
  expect(estimate({}, 1e9).sentence).toContain('as measured on this machine');
});

test('what cannot be held in a page is refused by its largest part, without a time for it', () => {
  const { refusal, sentence, seconds } = estimate({
    initialisations: 1000,
    hiddenSizes: [4096, 4096],
  });
  expect(refusal).toMatch(/^This needs at least .* snapshots .* lower snapshots/);
  expect(sentence).not.toContain('hours');
  expect(seconds).toBeNull();
});

test('a long run says what would make it short', () => {
  const long = estimate({ hiddenSizes: [256, 256], epochs: 2000 });
  expect(long.advice).toMatch(/^Half the epochs, half the networks or half the points take about/);
  const surface = estimate({
    initialisations: 1,
    epochs: 2,
    hiddenSizes: [512, 512],
    grid: { size: 401 },
  });
  expect(surface.advice).toMatch(/surface at the end: 201 grid points a side take a quarter/);
  const steps = estimate({ initialisations: 1, hiddenSizes: [2], batchSize: 1, epochs: 5000 });
  expect(steps.advice).toMatch(/larger batches/);
});

test('a batch larger than what is left to train on is refused in its words', () => {
  const { refusal } = estimate({ batchSize: 500, snapshots: 5 });
  expect(refusal).toMatch(/^batchSize is 500: the training part has 384 samples.*\.$/);
});

test('a test part that leaves nothing to train on is refused', () => {
  const { refusal } = estimate({
    data: { kind: 'two-weights' },
    testFraction: 0.5,
    loss: 'mean-squared-error',
    hiddenSizes: [1],
    activation: 'linear',
    bias: false,
    normalise: false,
  });
  expect(refusal).toMatch(/^testFraction is 0.5: it leaves none of 1 for training/);
});

test('every valid experiment has an estimate or a refusal, and both are sentences', () => {
  fc.assert(
    fc.property(experiments, (experiment) => {
      const said = estimateLab(experiment, dataDimensions(experiment.data), 1e9);
      for (const text of [said.sentence, said.refusal, said.advice])
        if (text) expect(text).toMatch(/^\S.*\.$/s);
      expect(said.sentence !== '' || said.refusal !== null).toBe(true);
      if (said.seconds !== null) expect(said.seconds).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('the speed that a step shows predicts that step', () => {
  const experiment = of({ initialisations: 20, hiddenSizes: [32, 32] });
  const size = sizeOf(experiment, dataDimensions(experiment.data)!);
  const cost = costOf(experiment, size);
  const speed = speedOf(experiment, size, 25);
  const training = { ...cost, recordWork: 0, surfaceWork: 0 };
  expect(secondsOf(training, speed)).toBeCloseTo(0.025 * cost.steps, 9);
});

test('an analysis is counted where that is simple', () => {
  const spec = (plain: object) => analysisSchema.parse(plain);
  const experiment = of({ initialisations: 10 });
  const plane = spec({ kind: 'slices', slices: { a: { directions: 'random', size: 41 } } });
  expect(evaluationsOf(plane, experiment)).toBe(41 ** 2);
  const line = spec({ kind: 'slices', slices: { a: { directions: 'two-solutions', size: 41 } } });
  expect(evaluationsOf(line, experiment)).toBe(41);
  const barriers = spec({ kind: 'barriers', points: 25, networks: 50, alignments: ['none'] });
  expect(evaluationsOf(barriers, experiment)).toBe(45 * 25);
  expect(evaluationsOf(spec({ kind: 'curvature' }), experiment)).toBeNull();
  const dimensions = dataDimensions(experiment.data);
  expect(estimateAnalysis(plane, experiment, dimensions, 1e9)).toBe(
    'The loss is evaluated 1,681 times: about a second (as measured on this machine).',
  );
});

function store(content: string | null = null) {
  const kept = { content };
  return {
    kept,
    getItem: () => kept.content,
    setItem: (_: string, text: string) => void (kept.content = text),
  };
}

const experiment = of({});
const size = sizeOf(experiment, dataDimensions(experiment.data)!);

test('measured speeds are there at the next visit, by provider', () => {
  const place = store();
  const speeds = new MeasuredSpeeds(place);
  expect(speeds.of('auto')).toBeNull();
  speeds.learn('wasm', experiment, size, 20);
  speeds.learn('webgpu', experiment, size, 5);
  const later = new MeasuredSpeeds(place);
  expect(later.of('wasm')).toBe(speedOf(experiment, size, 20));
  expect(later.of('auto')).toBe(speedOf(experiment, size, 5));
});

test('whatever is found in the store, nothing is thrown and nothing implausible believed', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.json(), fc.constant('{"version":0,"speeds":{"wasm":1e9}}')),
      (text) => {
        expect(new MeasuredSpeeds(store(text)).of('auto')).toBeNull();
      },
    ),
  );
  const full = {
    getItem: () => null,
    setItem: () => {
      throw new Error('full');
    },
  };
  const speeds = new MeasuredSpeeds(full);
  speeds.learn('wasm', experiment, size, NaN);
  expect(speeds.of('wasm')).toBeNull();
  speeds.learn('wasm', experiment, size, 20);
  expect(speeds.of('wasm')).toBeGreaterThan(0);
});
