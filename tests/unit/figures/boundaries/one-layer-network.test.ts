// The page's own arithmetic for small networks, held against the engine that trained them.
import { describe, expect, it } from 'vitest';
import { boundaryPath, sheetIn } from '../../../../src/figures/boundaries/answer-sheet.ts';
import {
  answerAt,
  answersOn,
  differenceOf,
  mixOf,
  renumbered,
  scoreOf,
  unpackOneLayer,
} from '../../../../src/figures/boundaries/one-layer-network.ts';
import { createEvaluator, createPredictor } from '../../../../src/learning/evaluator.ts';
import { applySymmetry } from '../../../../src/landscape/symmetry/apply-symmetry.ts';
import { cpuExecutor } from '../../../fixtures/cpu-executor.ts';
import { trainedMoons } from '../trained-study.ts';

const executor = await cpuExecutor();

describe.each(['tanh', 'relu'] as const)('a %s network', async (activation) => {
  const condition = await trainedMoons(executor, activation);
  const { network, data, final } = condition;
  const P = final.length / 4;
  const weights = final.slice(0, P);
  const own = unpackOneLayer(weights, activation);
  const points = { inputs: data.train.inputs, labels: data.train.labels! };

  it('answers as the engine does', async () => {
    const { inputs, count } = data.train;
    const predictor = await createPredictor({ executor, network, inputs, count });
    const outputs = await predictor.predict(weights);
    predictor.dispose();
    for (let i = 0; i < count; i++)
      expect(answerAt(own, inputs[2 * i]!, inputs[2 * i + 1]!)).toBeCloseTo(
        outputs[2 * i + 1]! - outputs[2 * i]!,
        4,
      );
  });

  it('has the loss and the accuracy that the engine measures', async () => {
    const evaluator = await createEvaluator({
      executor,
      network,
      loss: 'cross-entropy',
      samples: data.train,
    });
    const { loss, accuracy } = await evaluator.evaluate(weights);
    evaluator.dispose();
    const score = scoreOf(own, points);
    expect(score.loss).toBeCloseTo(loss[0]!, 5);
    expect(score.accuracy).toBeCloseTo(accuracy![0]!, 5);
  });

  it('answers on a grid as point by point', () => {
    const sheet = sheetIn({ left: 0, right: 90, top: 0, bottom: 90 }, [-3, 3, -3, 3], 9);
    const grid = answersOn(own, sheet.xs, sheet.ys);
    for (const [j, y] of sheet.ys.entries())
      for (const [i, x] of sheet.xs.entries())
        expect(grid[j * 9 + i]).toBeCloseTo(answerAt(own, x, y), 10);
  });

  it('is mixed weight by weight', () => {
    const other = final.slice(P, 2 * P);
    const share = 0.3;
    const mixed = weights.map((weight, p) => (1 - share) * weight + share * other[p]!);
    const mixture = mixOf(own, unpackOneLayer(other, activation), share);
    expect(answerAt(mixture, 0.4, -0.7)).toBeCloseTo(
      answerAt(unpackOneLayer(mixed, activation), 0.4, -0.7),
      5,
    );
  });
});

describe('renumbering', async () => {
  const { network, data, final } = await trainedMoons(executor, 'tanh');
  const weights = final.slice(0, final.length / 4);
  const points = { inputs: data.train.inputs, labels: data.train.labels! };
  const order = [3, 1, 0, 7, 6, 2, 5, 4];
  const turned = [1, 0, 0, 1, 0, 1, 0, 0];
  const own = unpackOneLayer(weights, 'tanh');

  it('moves weights as a symmetry of the network does', () => {
    const symmetry = {
      permutations: [Int32Array.from(order)],
      signs: [Int8Array.from(turned, (sign) => (sign === 1 ? -1 : 1))],
    };
    expect(renumbered(own, order, turned)).toEqual(
      unpackOneLayer(applySymmetry(network, weights, symmetry), 'tanh'),
    );
  });

  it('changes no answer, as moving a single weight would', () => {
    const { answers, largest } = differenceOf(own, renumbered(own, order, turned), points);
    expect(answers).toBe(0);
    expect(largest).toBeLessThan(1e-12);
    const other = { ...own, outBias: own.outBias + 0.01 };
    expect(differenceOf(own, other, points).largest).toBeCloseTo(0.01, 10);
  });
});

it('draws a straight boundary where one straight edge decides', () => {
  const edge = unpackOneLayer([1, 0, 0, 0, 1, 0, 0], 'tanh');
  const sheet = sheetIn({ left: 0, right: 100, top: 0, bottom: 100 }, [-1, 1, -1, 1], 11);
  const path = boundaryPath(sheet, answersOn(edge, sheet.xs, sheet.ys));
  // From edge to edge at x = 0, the middle of the sheet.
  expect(path).toMatch(/^M50,(0|100)l(0,-?\d+ ?)+$/);
});
