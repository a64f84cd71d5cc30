// Truth: probabilities and shares counted by hand.
import { expect, test } from 'vitest';
import {
  disagreement,
  normalisedDisagreement,
} from '../../../../src/landscape/function-space/disagreement.ts';
import { accuracies, predictionsOf } from '../../../../src/landscape/function-space/predictions.ts';
import { randomStream } from '../../../../src/learning/random.ts';

/** Predictions of networks that choose these classes, one string of digits for each. */
function choosing(classes: number, ...choices: string[]) {
  const count = choices[0]!.length;
  const logits = choices.flatMap((own) =>
    [...own].flatMap((digit) => Array.from({ length: classes }, (_, c) => (c === +digit ? 2 : 0))),
  );
  return predictionsOf(Float32Array.from(logits), choices.length, count, classes);
}

test('softmax of logarithms is the numbers themselves, however large a constant is added', () => {
  const shares = [0.5, 0.25, 0.25, 0.125, 0.125, 0.75];
  const { probabilities, chosen } = predictionsOf(
    Float32Array.from(shares, (p, i) => Math.log(p) + (i < 3 ? 0 : 1024)),
    1,
    2,
    3,
  );
  // Logits near 1,024 are stored to 6e-5.
  for (const [i, share] of shares.entries())
    expect(probabilities[i]).toBeCloseTo(share, i < 3 ? 7 : 4);
  expect([...chosen]).toEqual([0, 2]);
});

test('the first of equal outputs is chosen, and one far below keeps its logarithm', () => {
  const { chosen, probabilities } = predictionsOf(Float32Array.of(0, 0, 3, -500, 3, 3), 1, 2, 3);
  expect([...chosen]).toEqual([2, 1]);
  // -500 below the largest two: exp(-503) / 2.
  expect(Math.log(probabilities[3]!)).toBeCloseTo(-503 - Math.log(2), 9);
});

const three = choosing(3, '0120', '0110', '2120');
const labels = Int32Array.of(0, 1, 1, 0);

test('disagreement by hand', () => {
  expect([...disagreement(three)]).toEqual([0, 1 / 4, 1 / 4, 1 / 4, 0, 1 / 2, 1 / 4, 1 / 2, 0]);
});

test('normalised by the error of the other network; a network without errors has no such number', () => {
  expect([...accuracies(three, labels)]).toEqual([3 / 4, 1, 1 / 2]);
  expect([...normalisedDisagreement(three, labels)]).toEqual([
    ...[0, Infinity, 1 / 2],
    ...[1, 0, 1],
    ...[1, Infinity, 0],
  ]);
});

test('networks that err independently disagree as often as the formula says', () => {
  const [classes, count, accuracy] = [4, 20_000, [0.9, 0.6]];
  const random = randomStream(1, 'independent errors');
  const choices = accuracy.map((a) =>
    Array.from({ length: count }, () =>
      random.uniform() < a ? 0 : 1 + random.integer(classes - 1),
    ).join(''),
  );
  const measured = disagreement(choosing(classes, ...choices))[1]!;
  // Both right, or both wrong in the same one of C - 1 ways: 1 - ab - (1 - a)(1 - b) / (C - 1).
  const expected = 1 - 0.54 - (0.1 * 0.4) / 3;
  // Four standard deviations of a share of 20,000.
  expect(Math.abs(measured - expected)).toBeLessThan(4 * Math.sqrt(0.25 / count));
});

test('bad input is told in a sentence', () => {
  expect(() => predictionsOf(new Float32Array(7), 2, 2, 2)).toThrow(
    '7 outputs are not those of 2 networks on 2 samples with 2 classes',
  );
  for (const bad of [NaN, Infinity])
    expect(() => predictionsOf(Float32Array.of(0, 1, 0, 1, 0, 1, 0, bad), 2, 2, 2)).toThrow(
      'network 1 has outputs that are not finite on sample 1',
    );
  expect(() => accuracies(three, Int32Array.of(0))).toThrow(
    '1 labels for predictions on 4 samples',
  );
  expect(() => accuracies(three, Int32Array.of(0, 3, 0, 0))).toThrow('label 1 is 3');
});
