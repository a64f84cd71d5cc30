// Any valid states of the laboratory, for property tests.
import fc from 'fast-check';
import { activations, initialisers, type Experiment } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { catalogue } from '../../../../src/laboratory/panels/panel-catalogue.ts';
import type { LabState, PanelState } from '../../../../src/laboratory/lab-state.ts';

/** JSON has no negative zero. */
const number = (min: number, max: number) =>
  fc.double({ min, max, noNaN: true }).map((value) => value + 0);
const integer = (min: number, max: number) => fc.integer({ min, max });

const data = fc.oneof(
  fc.record({ kind: fc.constant('moons'), samples: integer(8, 50_000), noise: number(0, 5) }),
  fc.record({
    kind: fc.constant('spirals'),
    samples: integer(10, 50_000),
    classes: integer(2, 10),
    turns: number(0.25, 5),
  }),
  fc.record({ kind: fc.constant('blobs'), classes: integer(2, 8), features: integer(1, 256) }),
  fc.record({
    kind: fc.constant('csv'),
    path: fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }),
    header: fc.constantFrom('auto', true, false),
  }),
);

const optimiser = fc.oneof(
  fc.constant({ kind: 'sgd' }),
  fc.record({ kind: fc.constantFrom('momentum', 'nesterov'), momentum: number(0, 0.99) }),
  fc.record({ kind: fc.constantFrom('adam', 'adamw'), beta1: number(0, 0.99) }),
);

export const experiments: fc.Arbitrary<Experiment> = fc
  .record(
    {
      name: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,63}$/),
      title: fc.string({ maxLength: 100, unit: 'grapheme' }),
      data,
      testFraction: number(0, 0.9),
      normalise: fc.boolean(),
      hiddenSizes: fc.array(integer(1, 4096), { maxLength: 32 }),
      activation: fc.constantFrom(...activations),
      initialiser: fc.record({ kind: fc.constantFrom(...initialisers), scale: number(0.01, 100) }),
      weightDecay: number(0, 10),
      optimiser,
      learningRate: number(1e-12, 100),
      epochs: integer(1, 100_000),
      initialisations: integer(1, 1000),
      seed: integer(0, 4_294_967_295),
      dataSeed: integer(0, 4_294_967_295),
      startSeed: integer(0, 4_294_967_295),
      grid: fc.record({ size: integer(2, 401), margin: number(0, 10) }),
    },
    { requiredKeys: [] },
  )
  .map((input) => parseExperiment(input, 'the test'));

const name = fc
  .stringMatching(/^[a-z][a-zA-Z0-9-]{0,20}$/)
  .filter((key) => key !== 'constructor' && key !== 'prototype' && key !== 'length');

const analysisValue = fc.oneof(
  number(-1e9, 1e9),
  fc.boolean(),
  fc.string({ maxLength: 30, unit: 'grapheme' }),
  fc.array(number(-1, 1), { maxLength: 8 }),
);

const panel: fc.Arbitrary<PanelState> = fc.record({
  kind: fc.constantFrom(...catalogue.map(({ kind }) => kind)),
  figure: fc.dictionary(
    name,
    fc.oneof(number(-1e12, 1e12), fc.boolean(), fc.string({ maxLength: 200 }), fc.constant(null)),
    { maxKeys: 32, noNullPrototype: true },
  ),
  analysis: fc.option(
    fc.dictionary(
      name,
      fc.oneof(
        analysisValue,
        fc.dictionary(name, analysisValue, { maxKeys: 4, noNullPrototype: true }),
      ),
      { maxKeys: 8, noNullPrototype: true },
    ),
  ),
  wide: fc.boolean(),
});

export const states: fc.Arbitrary<LabState> = fc
  .record({
    experiment: experiments,
    compared: fc.option(experiments),
    panels: fc.array(panel, { maxLength: 24 }),
    share: fc.option(number(0, 0.999)),
    provider: fc.constantFrom('auto' as const, 'webgpu' as const, 'wasm' as const),
  })
  .map(({ share, ...state }) => ({
    ...state,
    selected: share === null ? null : Math.floor(share * state.experiment.initialisations),
  }));
