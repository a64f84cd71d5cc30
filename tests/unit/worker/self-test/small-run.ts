// A small published run, trained here: what the self-test reads of an artifact, without the artifact's folder.
import { encodeFullLandscape, encodeTraining } from '../../../../src/artifact/full-tensors.ts';
import { encodeSafetensors, stored } from '../../../../src/artifact/safetensors.ts';
import type { Executor } from '../../../../src/engine/runtime/executor.ts';
import { footPoints } from '../../../../src/landscape/plane.ts';
import type { Landscape, Plane } from '../../../../src/landscape/landscape.ts';
import { createEvaluator } from '../../../../src/learning/evaluator.ts';
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import { prepareData, type DataSources } from '../../../../src/learning/prepare-data.ts';
import { randomStream } from '../../../../src/learning/random.ts';
import { createTrainer } from '../../../../src/learning/trainer.ts';
import { weightsChecksum } from '../../../../src/worker/checksum.ts';

export const experiment = parseExperiment(
  {
    name: 'small',
    data: { kind: 'moons', samples: 64, noise: 0.2 },
    hiddenSizes: [8],
    activation: 'tanh',
    optimiser: { kind: 'adam' },
    learningRate: 0.02,
    batchSize: 16,
    epochs: 6,
    initialisations: 4,
    snapshots: 3,
  },
  'the test',
);

export const witness = 2;

const notAsked = (): Promise<string> => Promise.reject(new Error('the moons are drawn, not read'));
export const sources: DataSources = { digits: notAsked, csv: notAsked };

export interface SmallRun {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly initialChecksum: string | null;
}

/** Trains the run and writes the three files of its artifact. */
export async function trainSmallRun(executor: Executor): Promise<SmallRun> {
  const data = await prepareData(experiment, sources);
  const trainer = await createTrainer({ experiment, data, executor });
  while (await trainer.advance());
  const history = trainer.history();
  const { network } = trainer;
  trainer.dispose();
  const { networks, parameters: P, snapshots } = history;
  const initial = snapshots.slice(0, networks * P);
  const final = snapshots.slice(-networks * P);

  const stream = randomStream(1, 'plane');
  const drawn = Array.from({ length: 2 * P }, () => stream.normal());
  const plane: Plane = { origin: final.slice(0, P), directions: Float32Array.from(drawn) };
  const axis = Float32Array.from({ length: 7 }, (_, i) => (i - 3) / 10);
  const coordinates = Float32Array.from([...axis].flatMap((y) => [...axis].flatMap((x) => [x, y])));
  const evaluator = await createEvaluator({
    executor,
    network,
    loss: experiment.loss,
    samples: data.train,
  });
  const { loss } = await evaluator.evaluate(footPoints(plane, coordinates));
  evaluator.dispose();
  const landscape: Landscape = {
    kind: 'pca',
    method: 'covariance',
    explainedVariance: [0.5, 0.2],
    nullExplainedVariance: [0.3, 0.2],
    snapshotSteps: Int32Array.of(0),
    coordinates: new Float32Array(2),
    offPlane: new Float32Array(1),
    trueLoss: new Float32Array(1),
    planeLoss: new Float32Array(1),
    xs: axis,
    ys: axis,
    loss,
    testLoss: null,
    accuracy: null,
  };
  return {
    files: new Map<string, Uint8Array>([
      [
        'small/ends.safetensors',
        encodeSafetensors({
          initial: stored(initial, [networks, P]),
          final: stored(final, [networks, P]),
        }),
      ],
      ['small/training.safetensors', encodeTraining(history)],
      ['small/landscape.safetensors', encodeFullLandscape(landscape, plane)],
    ]),
    initialChecksum: await weightsChecksum(initial.slice(witness * P, (witness + 1) * P)),
  };
}
