// Small networks trained on two moons, for paths between them.
import { createNodeExecutor } from '../../../../src/engine/runtime/node.ts';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import type { LossOptions } from '../../../../src/learning/evaluator.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { prepareData } from '../../../../src/learning/prepare-data.ts';
import { createTrainer } from '../../../../src/learning/trainer.ts';

export interface TrainedMoons {
  readonly executor: Executor;
  readonly options: LossOptions;
  readonly networks: number;
  readonly parameters: number;
  /** `[N, P]`, where training ended. */
  readonly weights: Float32Array;
  row(index: number): Float32Array;
  rows(...indices: number[]): Float32Array;
}

/** 6 networks of 2-12-2 tanh, trained until they tell the moons apart. */
export async function trainedMoons(): Promise<TrainedMoons> {
  const executor = await createNodeExecutor({ provider: 'cpu' });
  const experiment = parseExperiment(
    {
      data: { kind: 'moons', samples: 96, noise: 0.15 },
      hiddenSizes: [12],
      learningRate: 0.05,
      epochs: 120,
      recordEvery: 120,
      initialisations: 6,
      snapshots: 2,
    },
    'a test',
  );
  const none = () => Promise.reject(new Error('not used'));
  const data = await prepareData(experiment, { digits: none, csv: none });
  const trainer = await createTrainer({ experiment, data, executor });
  while (await trainer.advance());
  const { parameters, networks } = trainer.history();
  const weights = await trainer.weights();
  trainer.dispose();
  const row = (index: number) => weights.slice(index * parameters, (index + 1) * parameters);
  return {
    executor,
    options: { executor, network: trainer.network, loss: experiment.loss, samples: data.train },
    networks,
    parameters,
    weights,
    row,
    rows: (...indices) => Float32Array.from(indices.flatMap((index) => [...row(index)])),
  };
}
