// Trained networks, kept apart from what is asked of them: two experiments that train alike train once.
import { join } from 'node:path';
import { trainingKey } from '../src/artifact/content-hash.ts';
import { fullFiles } from '../src/artifact/files.ts';
import { decodeHistory, encodeTraining, encodeWeights } from '../src/artifact/full-tensors.ts';
import type { Experiment } from '../src/learning/experiment.ts';
import type { TrainingHistory } from '../src/learning/history.ts';
import { trainingVersion } from './source-hash.ts';
import { openStageCache } from './stage-cache.ts';
import type { KeptStage } from './stage-runner.ts';

/** The stage that trains `experiment`, or finds that its networks have been trained on this machine this week. */
export async function trainedStage(options: {
  readonly experiment: Experiment;
  readonly dataHash: string;
  readonly startHash: string | undefined;
  readonly provider: string;
  readonly cacheRoot: string;
  readonly force: boolean;
  readonly onDamage: (sentence: string) => void;
  readonly compute: () => Promise<TrainingHistory>;
}): Promise<KeptStage<TrainingHistory>> {
  const { experiment, dataHash, startHash, provider, cacheRoot, force, onDamage, compute } =
    options;
  const key = await trainingKey(experiment, {
    dataHash,
    startHash,
    provider,
    trainingVersion: await trainingVersion(),
  });
  const cache = await openStageCache(join(cacheRoot, 'training'), key.slice(0, 32), onDamage);
  if (force) await cache.clear();
  return {
    cache,
    found: 'these networks have been trained before, taken from there',
    compute,
    encode: (history) =>
      new Map([
        [fullFiles.weights as string, encodeWeights(history)],
        [fullFiles.training, encodeTraining(history)],
      ]),
    decode: (file) => decodeHistory(file(fullFiles.weights), file(fullFiles.training)),
  };
}
