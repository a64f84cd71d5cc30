// Trained networks, kept apart from what is asked of them: two experiments that train alike train once.
import { trainingKey } from '../src/artifact/content-hash.ts';
import { trainingFile, weightsFile } from '../src/artifact/files.ts';
import { decodeHistory, encodeTraining, encodeWeights } from '../src/artifact/full-tensors.ts';
import type { Experiment } from '../src/learning/experiment.ts';
import type { TrainingHistory } from '../src/learning/history.ts';
import { trainingFolder } from './cache-folder.ts';
import { trainingVersion } from './source-hash.ts';
import type { KeptStage } from './stage-runner.ts';
import { withStoreEntry, type StoreUse } from './store-entry.ts';

export interface Training {
  readonly experiment: Experiment;
  readonly dataHash: string;
  readonly startHash: string | undefined;
  readonly provider: string;
}

export interface TrainingRequest extends Training, StoreUse {
  readonly compute: () => Promise<TrainingHistory>;
}

/** By which trained networks are known in this version of what trains them. */
export const trainingKeyOf = async ({
  experiment,
  dataHash,
  startHash,
  provider,
}: Training): Promise<string> =>
  trainingKey(experiment, {
    dataHash,
    startHash,
    provider,
    trainingVersion: await trainingVersion(),
  });

/**
 * Gives `use` the stage that trains `experiment`, or finds that its networks have been trained on this machine this
 * week.
 */
export async function withTrainedStage<Result>(
  request: TrainingRequest,
  use: (stage: KeptStage<TrainingHistory>) => Promise<Result>,
): Promise<Result> {
  const store = trainingFolder(request.cacheRoot);
  return withStoreEntry(store, await trainingKeyOf(request), request, (cache) =>
    use({
      cache,
      found: 'these networks have been trained before, taken from there',
      compute: request.compute,
      encode: (history) =>
        new Map([
          [weightsFile as string, encodeWeights(history)],
          [trainingFile, encodeTraining(history)],
        ]),
      decode: (file) => decodeHistory(file(weightsFile), file(trainingFile)),
    }),
  );
}
