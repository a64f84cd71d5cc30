// Truth: ensembles of copies, of all members and of two by hand; Jensen's inequality.
import { expect, test } from 'vitest';
import { ensembleCurve } from '../../../../src/landscape/function-space/ensemble.ts';
import { predictionsOf } from '../../../../src/landscape/function-space/predictions.ts';
import { cloud } from '../projections/blobs.ts';

const ln = (...shares: number[]) => Float32Array.from(shares, Math.log);

test('an ensemble of copies is the single network', () => {
  const one = cloud(6, 3);
  const copies = predictionsOf(Float32Array.of(...one, ...one, ...one, ...one), 4, 6, 3);
  const curve = ensembleCurve(copies, Int32Array.of(0, 1, 2, 0, 1, 2), { seed: 1, orders: 3 });
  for (let k = 0; k < 4; k++) {
    expect(curve.loss[k]).toBeCloseTo(curve.single.loss, 12);
    expect(curve.accuracy[k]).toBeCloseTo(curve.single.accuracy, 12);
  }
});

test('two networks that err on different samples, by hand', () => {
  // On label 0 twice: (0.9, 0.1), (0.4, 0.6) and (0.4, 0.6), (0.8, 0.2). Means of class 0: 0.65 and 0.6.
  const two = predictionsOf(ln(0.9, 0.1, 0.4, 0.6, 0.4, 0.6, 0.8, 0.2), 2, 2, 2);
  const curve = ensembleCurve(two, Int32Array.of(0, 0), { seed: 1 });
  expect(curve.orders).toBe(20);
  expect(curve.accuracy[0]).toBeCloseTo(1 / 2, 12);
  expect(curve.accuracy[1]).toBeCloseTo(1, 12);
  expect(curve.loss[1]).toBeCloseTo(-(Math.log(0.65) + Math.log(0.6)) / 2, 7);
  const mean = -(Math.log(0.9) + Math.log(0.4) + Math.log(0.4) + Math.log(0.8)) / 4;
  expect(curve.single.loss).toBeCloseTo(mean, 7);
  expect(curve.single.accuracy).toBe(1 / 2);
  expect(curve.loss[1]).toBeLessThan(curve.single.loss);
});

test('over many orders an ensemble of one is the mean network, and losses fall with every member', () => {
  const [M, count] = [8, 40];
  const curve = ensembleCurve(
    predictionsOf(cloud(M, count * 3), M, count, 3),
    Int32Array.from({ length: count }, (_, i) => i % 3),
    { seed: 1, orders: 400 },
  );
  expect(Math.abs(curve.loss[0]! / curve.single.loss - 1)).toBeLessThan(0.02);
  // The mean loss over all ensembles of k is no greater than over those of k - 1, by Jensen's inequality.
  for (let k = 1; k < M; k++) expect(curve.loss[k]).toBeLessThan(curve.loss[k - 1]!);
});

test('the seed decides the orders, and the whole ensemble does not depend on them', () => {
  const predictions = predictionsOf(cloud(5, 30), 5, 10, 3);
  const labels = Int32Array.from({ length: 10 }, (_, i) => i % 3);
  const of = (seed: number) => ensembleCurve(predictions, labels, { seed, orders: 2 });
  expect(of(1)).toEqual(of(1));
  expect(of(1).loss[1]).not.toBe(of(2).loss[1]);
  expect(of(1).loss[4]).toBeCloseTo(of(2).loss[4]!, 12);
});

test('a class held for impossible costs 744, not infinity', () => {
  const sure = predictionsOf(Float32Array.of(0, 2000), 1, 1, 2);
  expect(ensembleCurve(sure, Int32Array.of(0), { seed: 1 }).loss[0]).toBeCloseTo(744.44, 2);
});

test('bad input is told in a sentence', () => {
  const sure = predictionsOf(Float32Array.of(0, 1), 1, 1, 2);
  expect(() => ensembleCurve(sure, Int32Array.of(0, 1), { seed: 1 })).toThrow('2 labels');
  expect(() => ensembleCurve(sure, Int32Array.of(0), { seed: 1, orders: 0 })).toThrow(
    'an ensemble curve over 0 orders',
  );
});
