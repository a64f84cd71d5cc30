import { expect, test } from 'vitest';
import { experimentSchema } from '../../../../src/learning/experiment.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { describeSchema } from '../../../../src/laboratory/form/describe-schema.ts';
import { leavesOf } from '../../../../src/laboratory/form/leaves.ts';
import { differencesIn } from '../../../../src/laboratory/form/difference-marks.ts';
import { undoKey } from '../../../../src/laboratory/form/undo-keys.ts';

const field = describeSchema(experimentSchema);
const leaves = (plain: unknown) => leavesOf(field, parseExperiment(plain, 'a test'));

test('each setting that differs says what the others have', () => {
  const marks = differencesIn(leaves({ learningRate: 0.1, bias: false }), [
    { name: 'B', leaves: leaves({ learningRate: 0.1, hiddenSizes: [16, 16] }) },
    { name: 'preset', leaves: leaves({}) },
  ]);
  expect(Object.fromEntries(marks)).toEqual({
    learningRate: 'preset: 0.01',
    bias: 'B: Yes · preset: Yes',
    hiddenSizes: 'B: 16, 16',
  });
});

test('settings that only one kind of thing has are no differences of their own', () => {
  const marks = differencesIn(leaves({}), [
    { name: 'B', leaves: leaves({ optimiser: { kind: 'sgd' }, data: { kind: 'digits' } }) },
  ]);
  expect(Object.fromEntries(marks)).toEqual({
    'data.kind': 'B: Handwritten digits (UCI)',
    'optimiser.kind': 'B: Gradient descent (SGD)',
  });
});

test('undo and redo have the keys that they have elsewhere', () => {
  const key = (key: string, held: object = {}) =>
    undoKey({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...held });
  expect(key('z')).toBeNull();
  expect(key('z', { ctrlKey: true })).toBe('undo');
  expect(key('Z', { metaKey: true, shiftKey: true })).toBe('redo');
  expect(key('y', { ctrlKey: true })).toBe('redo');
  expect(key('z', { ctrlKey: true, altKey: true })).toBeNull();
});
