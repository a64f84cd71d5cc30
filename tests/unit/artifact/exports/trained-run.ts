// Trains a small run in Node and makes of it what the laboratory would hand to an export.
import type { ExportedRun } from '../../../../src/artifact/exports/exported-run.ts';
import { createNodeExecutor } from '../../../../src/engine/runtime/node.ts';
import { buildLandscape } from '../../../../src/landscape/build-landscape.ts';
import { convergenceStatistics } from '../../../../src/landscape/statistics.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { networkShapeOf } from '../../../../src/learning/network-of.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import type { Samples } from '../../../../src/learning/samples.ts';
import { createTrainer, type Trainer } from '../../../../src/learning/trainer.ts';

export interface RunOptions {
  readonly csv?: string;
  readonly startWeights?: Float32Array;
  readonly hasLandscape?: boolean;
  /** What is done instead of training to the end without a break. */
  readonly lead?: (trainer: Trainer) => Promise<void>;
}

export async function trainedRun(
  settings: Readonly<Record<string, unknown>>,
  { csv, startWeights, hasLandscape = true, lead }: RunOptions = {},
): Promise<ExportedRun> {
  const experiment = parseExperiment(
    { name: 'export', hiddenSizes: [8], epochs: 20, initialisations: 5, ...settings },
    'a test',
  );
  const data = await prepareData(experiment, {
    digits: () => Promise.reject(new Error('no digits here')),
    csv: () => Promise.resolve(csv ?? ''),
  });
  const executor = await createNodeExecutor({ provider: 'cpu', threads: 1 });
  const trainer = await createTrainer({ experiment, data, executor, initialWeights: startWeights });
  try {
    if (lead) await lead(trainer);
    else while (await trainer.advance());
    const history = trainer.history();
    const network = networkShapeOf(experiment, data);
    const evaluating = async (samples: Samples) => {
      const evaluator = await createEvaluator({
        executor,
        network,
        loss: experiment.loss,
        samples,
      });
      return evaluator.evaluate;
    };
    const landscapeInPlane = hasLandscape
      ? await buildLandscape({
          experiment,
          history,
          evaluateTrain: await evaluating(data.train),
          evaluateTest: data.test.count > 0 ? await evaluating(data.test) : null,
        })
      : null;
    return {
      experiment: trainer.experiment,
      csv: csv ?? null,
      startWeights: startWeights ?? null,
      data,
      history,
      statistics: convergenceStatistics(history, experiment, history.divergedAt),
      landscapeInPlane,
      provider: 'cpu',
    };
  } finally {
    trainer.dispose();
    executor.dispose();
  }
}
