// Truth: one sentence that names the setting, its value, what was expected and the file.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExperimentError, parseExperiment } from '../../../src/learning/parse-experiment.ts';

const parse = (value: unknown) => parseExperiment(value, 'x.json');
const twoWeights = {
  data: { kind: 'two-weights' },
  hiddenSizes: [1],
  activation: 'linear',
  bias: false,
  loss: 'mean-squared-error',
};

/** Four points of each of two classes, and then these. */
const placed = (...more: unknown[]) => ({
  kind: 'points',
  points: [...Array.from({ length: 8 }, (_, i) => [i, -i, i % 2]), ...more],
});
const change = (step: number) => ({ step, learningRate: 0.1 });

describe('parseExperiment', () => {
  it('fills in the classic defaults', () => {
    expect(parse({})).toMatchObject({
      initialisations: 50,
      hiddenSizes: [64],
      learningRate: 0.01,
      epochs: 100,
      optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      data: { kind: 'moons', samples: 512, noise: 0.2 },
      snapshots: 21,
    });
  });

  it('gives back what it gave, unchanged', () => {
    const once = parse({ epochs: 5, data: { kind: 'spirals' }, optimiser: { kind: 'sgd' } });
    expect(parse(once)).toEqual(once);
    expect(parse(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  it('keeps no trace of settings that may be left out and are', () => {
    expect(Object.keys(parse({}))).not.toContain('start');
    expect(JSON.stringify(parse({ schedule: { kind: 'cosine' } }))).not.toMatch(
      /rateChanges|orderSeed|start|overEpochs/,
    );
  });

  it('takes points, a start, another order and other rates as they are', () => {
    const value = {
      data: placed(),
      orderSeed: 7,
      rateChanges: [change(0), change(99)],
      start: { path: 'weights.safetensors', tensor: 'final' },
      schedule: { kind: 'cosine', finalFraction: 0, overEpochs: 200 },
    };
    expect(parse(value)).toMatchObject(value);
    expect(parse({ data: placed([0, 0, 2]), testFraction: 0 }).data).toEqual(placed([0, 0, 2]));
  });

  it('takes fewer snapshots by default where there are fewer steps', () => {
    expect(parse({ epochs: 5 }).snapshots).toBe(6);
    // 384 of 512 points train in 12 batches of 32.
    expect(parse({ epochs: 1, batchSize: 32 }).snapshots).toBe(13);
    expect(parse({ epochs: 5, batchSize: 32 }).snapshots).toBe(21);
  });

  it('takes the two-weight problem as it must be', () => {
    expect(parse({ ...twoWeights, directions: 'weights' }).directions).toBe('weights');
    expect(() => parse({ ...twoWeights, directions: 'pca' })).not.toThrow();
  });

  it('takes the plane of the weights for any network of two', () => {
    const two = { data: { kind: 'blobs', features: 1, classes: 2 }, hiddenSizes: [], bias: false };
    expect(parse({ ...two, directions: 'weights' }).directions).toBe('weights');
  });
});

describe('parseExperiment says', () => {
  const deep = JSON.parse(`${'{"data":'.repeat(5_000)}1${'}'.repeat(5_000)}`) as unknown;
  it.each<[string, unknown, string]>([
    [
      'zero units',
      { hiddenSizes: [64, 0] },
      'hiddenSizes[1] is 0: a layer needs at least one unit',
    ],
    [
      'negative units',
      { hiddenSizes: [-3] },
      'hiddenSizes[0] is -3: a layer needs at least one unit',
    ],
    ['huge layers', { hiddenSizes: [1e9] }, 'hiddenSizes[0] is 1000000000: expected at most 4096'],
    [
      'too many layers',
      { hiddenSizes: new Array(33).fill(1) },
      'hiddenSizes is a list of 33: expected at most 32 entries',
    ],
    ['no list', { hiddenSizes: 64 }, 'hiddenSizes is 64: expected a list'],
    ['half an epoch', { epochs: 2.5 }, 'epochs is 2.5: expected a whole number'],
    ['zero epochs', { epochs: 0 }, 'epochs is 0: expected at least 1'],
    ['a zero learning rate', { learningRate: 0 }, 'learningRate is 0: expected more than 0'],
    ['NaN', { learningRate: NaN }, 'learningRate is NaN: expected a finite number'],
    ['infinity', { weightDecay: Infinity }, 'weightDecay is Infinity: expected a finite number'],
    [
      'a factor of 1',
      { data: { kind: 'circles', factor: 1 } },
      'data.factor is 1: expected less than 1',
    ],
    ['text for a number', { seed: '42' }, 'seed is "42": expected a finite number'],
    [
      'a bad name',
      { name: '../etc' },
      'name is "../etc": expected lower-case letters, digits and hyphens',
    ],
    [
      'a bad batch',
      { batchSize: 'ful' },
      'batchSize is "ful": expected "full" or a whole number from 1 to 50000',
    ],
    [
      'a key in other letters',
      { learningrate: 1 },
      'learningrate is not a setting: did you mean "learningRate"?',
    ],
    [
      'a misspelt key before what it left out',
      { data: { kind: 'csv', pth: 'x.csv' } },
      'data.pth is not a setting: did you mean "path"?',
    ],
    [
      'a misspelt key inside',
      { data: { kind: 'moons', nois: 1 } },
      'data.nois is not a setting: did you mean "noise"?',
    ],
    [
      'a key of another kind',
      { optimiser: { kind: 'sgd', momentum: 0.9 } },
      'optimiser.momentum is not a setting: expected "kind"',
    ],
    [
      'an unknown key',
      { grid: { width: 3 } },
      'grid.width is not a setting: expected one of "size", "margin"',
    ],
    [
      'a misspelt activation',
      { activation: 'rellu' },
      'activation is "rellu": did you mean "relu"?',
    ],
    [
      'an unknown loss',
      { loss: 'hinge' },
      'loss is "hinge": expected one of "cross-entropy", "mean-squared-error"',
    ],
    [
      'an unknown optimiser',
      { optimiser: { kind: 'lion' } },
      'optimiser.kind is "lion": expected one of "sgd", "momentum", "nesterov", "rmsprop", "adam", "adamw"',
    ],
    [
      'no kind',
      { data: {} },
      'data.kind is missing: expected one of "moons", "circles", "spirals", "xor", "blobs", "two-weights", "digits", "csv", "points"',
    ],
    [
      'a kind without its object',
      { data: 'moons' },
      'data is "moons": expected an object that names its kind, such as { "kind": "moons" }',
    ],
    ['no path', { data: { kind: 'csv' } }, 'data.path is missing: expected text'],
    ['null', null, 'the experiment is null: expected an object, { ... }'],
    ['a list', [1, 2], 'the experiment is [1, 2]: expected an object, { ... }'],
    ['nothing', undefined, 'the experiment is missing: expected an object, { ... }'],
    [
      'a prototype',
      JSON.parse('{"__proto__":{"epochs":3}}'),
      '__proto__ is not a setting: leave it out',
    ],
    [
      'a prototype inside',
      JSON.parse('{"data":{"kind":"moons","__proto__":1}}'),
      'data.__proto__ is not a setting: leave it out',
    ],
    [
      'an object that passes itself off as a list',
      JSON.parse('{"hiddenSizes":{"length":{"valueOf":1,"toString":1}}}'),
      'hiddenSizes.length is not a setting: leave it out',
    ],
    [
      'an endless list',
      { hiddenSizes: new Array(1e6).fill(1) },
      'hiddenSizes is a list of 1000000: expected at most 32 entries',
    ],
    [
      'deep nesting',
      deep,
      `${'data.'.repeat(7)}data is nested 8 levels deep: expected no more than 3`,
    ],
    [
      'too many keys',
      Object.fromEntries(Array.from({ length: 101 }, (_, i) => [`k${i}`, i])),
      'the experiment has 101 keys: expected at most 100',
    ],
    [
      'a large batch',
      { batchSize: 600 },
      'batchSize is 600: there are 512 points to train on, so expected at most 512, or "full"',
    ],
    [
      'too many snapshots',
      { epochs: 4, snapshots: 21 },
      'snapshots is 21: training takes 4 steps, so expected at most 5, one before each step and one at the end',
    ],
    [
      'an endless list of points',
      { data: { kind: 'points', points: new Array(4_001).fill([0, 0, 0]) } },
      'data.points is a list of 4001: expected at most 4000 entries',
    ],
    [
      'a point without a class',
      { data: placed([0, 1]) },
      'data.points[8] is [0, 1]: expected at least 3 entries',
    ],
    ['a point that is none', { data: placed('here') }, 'data.points[8] is "here": expected a list'],
    [
      'a point far away',
      { data: placed([2e6, 0, 0]) },
      'data.points[8][0] is 2000000: expected at most 1000000',
    ],
    [
      'a class too many',
      { data: placed([0, 0, 20]) },
      'data.points[8][2] is 20: expected at most 19',
    ],
    [
      'points of one class',
      { data: { kind: 'points', points: new Array(8).fill([0, 0, 3]) } },
      'data.points is a list of 8: all of them are of class 3, so expected at least two classes',
    ],
    [
      'classes with a gap',
      { data: placed([0, 0, 3], [1, 1, 3]) },
      'data.points is a list of 10: none of them is of class 2, so expected classes numbered from 0 to 2',
    ],
    [
      'a class of one point',
      { data: placed([0, 0, 2]) },
      'data.points is a list of 9: class 2 has one point, so expected another, to train on one and test on the other, or a testFraction of 0',
    ],
    [
      'two rates for one step',
      { rateChanges: [change(3), change(7), change(7)] },
      'rateChanges[2].step is 7: the change before it is at step 7, so expected at least 8',
    ],
    [
      'a rate for a step that never comes',
      { epochs: 50, rateChanges: [change(49), change(50)] },
      'rateChanges[1].step is 50: training takes 50 steps, so expected at most 49, the last one',
    ],
    [
      'a rate of nothing',
      { rateChanges: [{ step: 0, learningRate: 0 }] },
      'rateChanges[0].learningRate is 0: expected more than 0',
    ],
    [
      'a fall over no epochs',
      { schedule: { kind: 'cosine', overEpochs: 0 } },
      'schedule.overEpochs is 0: expected at least 1',
    ],
    ['a start without a file', { start: {} }, 'start.path is missing: expected text'],
    ['half a seed of the batches', { orderSeed: 0.5 }, 'orderSeed is 0.5: expected a whole number'],
    [
      'too few points',
      { data: { kind: 'blobs', classes: 20, samples: 8 } },
      'data.samples is 8: 20 classes need at least 20 points',
    ],
    [
      'a plane of many weights',
      { directions: 'weights' },
      'directions is "weights": only a network of two weights is a plane of its own, this one has 322, so expected "pca"',
    ],
    [
      'two weights and a wide layer',
      { ...twoWeights, hiddenSizes: [2] },
      'hiddenSizes is [2]: the two-weight problem is the network a * b * x, so expected [1]',
    ],
    [
      'two weights and tanh',
      { ...twoWeights, activation: 'tanh' },
      'activation is "tanh": the two-weight problem is the network a * b * x, so expected "linear"',
    ],
    [
      'two weights and biases',
      { ...twoWeights, bias: true },
      'bias is true: the two-weight problem is the network a * b * x, so expected false',
    ],
    [
      'two weights and a skip',
      { ...twoWeights, residual: true },
      'residual is true: the two-weight problem is the network a * b * x, so expected false',
    ],
    [
      'two weights and classes',
      { ...twoWeights, loss: 'cross-entropy' },
      'loss is "cross-entropy": the two-weight problem has no classes, so expected "mean-squared-error"',
    ],
  ])('%s', (_, value, message) => {
    expect(() => parse(value)).toThrow(new ExperimentError(`${message} (x.json)`));
  });

  it('an ExperimentError of one short line and nothing else, whatever the value', () => {
    const keys = fc.constantFrom(
      'data',
      'kind',
      'hiddenSizes',
      'grid',
      'optimiser',
      'epochs',
      '__proto__',
      'constructor',
      'toString',
      'length',
    );
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'medium' },
        fc.anything({
          withNullPrototype: true,
          withBigInt: true,
          withDate: true,
          withMap: true,
          withTypedArray: true,
        }),
        fc.constantFrom('moons', 'adam', 'constant', 0, -1, 1e308, NaN, null),
        fc.array(tie('tree'), { maxLength: 4 }),
        fc.dictionary(keys, tie('tree'), { maxKeys: 6 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (value) => {
        try {
          parse(value);
        } catch (error) {
          expect(error).toBeInstanceOf(ExperimentError);
          expect((error as Error).message).toMatch(/^[^\n]{5,500}\(x\.json\)$/);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
