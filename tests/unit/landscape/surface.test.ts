// Truth: each network written out by hand in float64, without graph, compiler or runtime.
import { expect, it } from 'vitest';
import { createNodeExecutor } from '../../../src/engine/runtime/node.ts';
import { buildLandscape } from '../../../src/landscape/build-landscape.ts';
import { createEvaluator } from '../../../src/learning/evaluator.ts';
import { networkShapeOf } from '../../../src/learning/network-of.ts';
import { parseExperiment } from '../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../src/learning/prepare-data.ts';
import type { Samples } from '../../../src/learning/samples.ts';
import { createTrainer } from '../../../src/learning/trainer.ts';

const hidden = 5;

/** Cross-entropy and accuracy of one 2-5-2 tanh network. */
function byHand(w: ArrayLike<number>, { count, inputs, labels }: Samples) {
  const [bias1, weights2, bias2] = [2 * hidden, 3 * hidden, 5 * hidden];
  let [loss, correct] = [0, 0];
  for (let i = 0; i < count; i++) {
    const units = Array.from({ length: hidden }, (_, h) =>
      Math.tanh(inputs[2 * i]! * w[h]! + inputs[2 * i + 1]! * w[hidden + h]! + w[bias1 + h]!),
    );
    const [a, b] = [0, 1].map((c) =>
      units.reduce((sum, unit, h) => sum + unit * w[weights2 + 2 * h + c]!, w[bias2 + c]!),
    ) as [number, number];
    loss += Math.log(Math.exp(a) + Math.exp(b)) - (labels![i] === 0 ? a : b);
    if ((b > a ? 1 : 0) === labels![i]) correct++;
  }
  return { loss: loss / count, accuracy: correct / count };
}

it.each([
  ['one lane', 1],
  ['two lanes', 2],
])('the surface of trained networks is their loss at every grid point, %s', async (_, threads) => {
  const experiment = parseExperiment(
    {
      data: { kind: 'moons', samples: 64 },
      hiddenSizes: [hidden],
      epochs: 10,
      initialisations: 6,
      snapshots: 4,
      grid: { size: 9 },
    },
    'test',
  );
  const none = () => Promise.reject(new Error('not used'));
  const data = await prepareData(experiment, { digits: none, csv: none });
  const executor = await createNodeExecutor({ provider: 'cpu', threads });
  const trainer = await createTrainer({ experiment, data, executor });
  while (await trainer.advance());
  const network = networkShapeOf(experiment, data);
  const evaluatorOf = (samples: Samples) =>
    createEvaluator({ executor, network, loss: experiment.loss, samples });
  const [train, test] = [await evaluatorOf(data.train), await evaluatorOf(data.test)];
  const history = trainer.history();
  const { landscape, plane } = await buildLandscape({
    experiment,
    history,
    evaluateTrain: train.evaluate,
    evaluateTest: test.evaluate,
  });
  const P = history.parameters;
  landscape.ys.forEach((y, row) =>
    landscape.xs.forEach((x, column) => {
      const at = row * landscape.xs.length + column;
      const weights = Array.from(
        { length: P },
        (_, p) => plane.origin[p]! + x * plane.directions[p]! + y * plane.directions[P + p]!,
      );
      const { loss, accuracy } = byHand(weights, data.train);
      expect(landscape.loss[at]! / loss).toBeCloseTo(1, 4);
      expect(landscape.accuracy![at]).toBeCloseTo(accuracy, 6);
      expect(landscape.testLoss![at]! / byHand(weights, data.test).loss).toBeCloseTo(1, 4);
    }),
  );
  landscape.trueLoss.forEach((loss, marker) => {
    const own = history.snapshots.subarray(marker * P, (marker + 1) * P);
    expect(loss / byHand(own, data.train).loss).toBeCloseTo(1, 4);
  });
  executor.dispose();
});
