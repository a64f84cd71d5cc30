// Trained networks, kept apart from what is asked of them: two experiments that train alike train once.
import { join } from 'node:path';
import { trainingKey } from '../src/artifact/content-hash.ts';
import { trainingFile, weightsFile } from '../src/artifact/files.ts';
import { decodeHistory, encodeTraining, encodeWeights } from '../src/artifact/full-tensors.ts';
import type { Experiment } from '../src/learning/experiment.ts';
import type { TrainingHistory } from '../src/learning/history.ts';
import { trainingFolder } from './cache-folder.ts';
import { makeFolder } from './make-folder.ts';
import { trainingVersion } from './source-hash.ts';
import { withStageCache, type CacheUse } from './stage-cache.ts';
import type { KeptStage } from './stage-runner.ts';

export interface Training {
  readonly experiment: Experiment;
  readonly dataHash: string;
  readonly startHash: string | undefined;
  readonly provider: string;
}

export interface TrainingRequest extends Training, CacheUse {
  readonly cacheRoot: string;
  /** Train anew, whatever is kept. */
  readonly force: boolean;
  readonly compute: () => Promise<TrainingHistory>;
}

/** By which trained networks are known in this version of what trains them. */
export const trainingKeyOf = async ({ experiment, ...from }: Training): Promise<string> => {
  const { dataHash, startHash, provider } = from;
  const trained = await trainingVersion();
  return trainingKey(experiment, { dataHash, startHash, provider, trainingVersion: trained });
};

/**
 * Gives `use` the stage that trains `experiment`, or finds that its networks have been trained on this machine this
 * week. Another process that trains the same waits meanwhile, and finds them.
 */
export async function withTrainedStage<Result>(
  request: TrainingRequest,
  use: (stage: KeptStage<TrainingHistory>) => Promise<Result>,
): Promise<Result> {
  const { cacheRoot, force, compute } = request;
  const key = await trainingKeyOf(request);
  await makeFolder(trainingFolder(cacheRoot));
  const folder = join(trainingFolder(cacheRoot), key.slice(0, 32));
  return withStageCache(folder, request, async (cache) => {
    if (force) await cache.clear();
    return use({
      cache,
      found: 'these networks have been trained before, taken from there',
      compute,
      encode: (history) =>
        new Map([
          [weightsFile as string, encodeWeights(history)],
          [trainingFile, encodeTraining(history)],
        ]),
      decode: (file) => decodeHistory(file(weightsFile), file(trainingFile)),
    });
  });
}
