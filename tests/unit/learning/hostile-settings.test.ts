// Truth: whatever stands in place of single settings, a sentence or an experiment comes back, and an experiment stays one.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dataSchema } from '../../../src/learning/experiment.ts';
import { ExperimentError, parseExperiment } from '../../../src/learning/parse-experiment.ts';

const hostile = fc.oneof(
  fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withTypedArray: true,
  }),
  fc.constantFrom(
    null,
    undefined,
    NaN,
    -0,
    1e308,
    2 ** 53,
    '',
    'moons',
    'full',
    '__proto__',
    [],
    {},
    [[]],
    [null],
  ),
);
const number = fc.oneof(fc.nat(20), fc.integer(), fc.double(), hostile);
const mostly = <T>(good: fc.Arbitrary<T>) =>
  fc.oneof(
    { weight: 30, arbitrary: good as fc.Arbitrary<unknown> },
    { weight: 1, arbitrary: hostile },
  );

/** Mostly three numbers, of few classes, so that some lists pass the schema and meet the rules. */
const point = fc.oneof(
  {
    weight: 400,
    arbitrary: fc.tuple(
      fc.integer({ min: -3, max: 3 }),
      fc.integer({ min: -3, max: 3 }),
      fc.nat(2),
    ),
  },
  { weight: 1, arbitrary: fc.array(number, { maxLength: 5 }) },
);
const change = fc.record({
  step: mostly(fc.nat(30)),
  learningRate: mostly(fc.double({ min: 0.001, max: 1, noNaN: true })),
});
const kinds = dataSchema.options.map(({ shape }) => shape.kind.value);
const settings = fc.record(
  {
    data: mostly(
      fc.record(
        {
          kind: fc.oneof(
            { weight: 4, arbitrary: fc.constant('points') },
            fc.constantFrom(...kinds),
          ),
          points: mostly(fc.array(point, { minLength: 7, maxLength: 20 })),
        },
        { requiredKeys: ['kind'] },
      ),
    ),
    testFraction: mostly(fc.constantFrom(0, 0.25, 0.9)),
    epochs: mostly(fc.integer({ min: 1, max: 30 })),
    batchSize: mostly(fc.constantFrom('full', 1, 4)),
    snapshots: mostly(fc.integer({ min: 2, max: 5 })),
    schedule: mostly(
      fc.record(
        { kind: fc.constantFrom('constant', 'cosine', 'step'), overEpochs: mostly(fc.nat(30)) },
        { requiredKeys: ['kind'] },
      ),
    ),
    orderSeed: mostly(fc.nat(9)),
    rateChanges: mostly(fc.array(change, { maxLength: 2 })),
    start: mostly(
      fc.record({ path: mostly(fc.string()), tensor: mostly(fc.string()) }, { requiredKeys: [] }),
    ),
  },
  { requiredKeys: [] },
);

it('parses to an experiment that parses to itself, or throws an ExperimentError of one line', () => {
  let accepted = 0;
  fc.assert(
    fc.property(settings, (value) => {
      let experiment;
      try {
        experiment = parseExperiment(value, 'x.json');
      } catch (error) {
        expect(error).toBeInstanceOf(ExperimentError);
        expect((error as Error).message).toMatch(/^[^\n]{5,500}\(x\.json\)$/);
        return;
      }
      accepted++;
      expect(parseExperiment(experiment, 'x.json')).toEqual(experiment);
    }),
    { numRuns: 3_000 },
  );
  // Both ends are met.
  expect(accepted).toBeGreaterThan(100);
  expect(accepted).toBeLessThan(2_900);
});
