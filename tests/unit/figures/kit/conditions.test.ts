// Conditions keep colour and dash whatever is shown, and are grouped by the one setting in which they differ from the first.
import { expect, test } from 'vitest';
import { conditionsOf, groupOptions } from '../../../../src/figures/kit/conditions.ts';
import { curvesStudy } from '../descent-study.ts';

const { study } = curvesStudy();

test('groups conditions by the setting in which they differ, each with the first one', () => {
  const keysOf = (group: 'all' | 'optimiser' | 'learningRate' | 'batchSize') =>
    conditionsOf(study, group).map(({ key }) => key);
  expect(keysOf('optimiser')).toEqual(['sgd', 'momentum', 'adam']);
  expect(keysOf('learningRate')).toEqual(['sgd', 'fast']);
  expect(keysOf('batchSize')).toEqual(['sgd', 'full']);
  expect(keysOf('all')).toEqual(['sgd', 'momentum', 'adam', 'fast', 'full']);
});

test('names the first condition by the setting that is compared', () => {
  const shorts = (group: 'optimiser' | 'learningRate' | 'batchSize') =>
    conditionsOf(study, group).map(({ short }) => short);
  expect(shorts('optimiser')).toEqual(['SGD', 'momentum', 'Adam']);
  expect(shorts('learningRate')).toEqual(['step 0.3', 'step 3']);
  expect(shorts('batchSize')).toEqual(['batch 16', 'full batch']);
});

test('gives a condition the same colour and dash in every group, and no two the same', () => {
  const all = conditionsOf(study, 'all');
  const fast = conditionsOf(study, 'learningRate').find(({ key }) => key === 'fast');
  expect(fast?.colour).toBe(all[3]?.colour);
  expect(new Set(all.map(({ colour }) => colour)).size).toBe(5);
  expect(new Set(all.map(({ dash }) => dash)).size).toBe(5);
});

test('offers groups only where there are several', () => {
  expect(groupOptions(study).map(({ value }) => value)).toEqual([
    'optimiser',
    'learningRate',
    'batchSize',
    'all',
  ]);
  const one = { ...study, conditions: study.conditions.slice(0, 3) };
  expect(groupOptions(one)).toEqual([]);
});
