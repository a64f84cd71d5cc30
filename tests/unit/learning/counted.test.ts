// A noun is singular after one alone, and has its own plural where an s does not make it.
import { expect, it } from 'vitest';
import { counted, countedWithCommas, plural } from '../../../src/learning/counted.ts';

it.each([
  [0, '0 networks'],
  [1, '1 network'],
  [2, '2 networks'],
  [12_000, '12000 networks'],
])('%d network', (count, text) => expect(counted(count, 'network')).toBe(text));

it.each([
  [1, '1 analysis'],
  [3, '3 analyses'],
])('%d analysis', (count, text) => expect(counted(count, 'analysis', 'analyses')).toBe(text));

it.each([
  [1, '1 point'],
  [12_000, '12,000 points'],
])('%d point, with commas', (count, text) => expect(countedWithCommas(count, 'point')).toBe(text));

it('the noun alone follows its count', () => {
  expect(plural(1, 'class', 'classes')).toBe('class');
  expect(plural(10, 'class', 'classes')).toBe('classes');
});
