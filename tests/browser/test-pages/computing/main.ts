// What the browser tests call in a page of their own: initial weights, training through the site's own worker, landscapes.
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import type { ProviderChoice } from '../../../../src/worker/provider-choice.ts';
import type { RunMessage } from '../../../../src/worker/run/run-messages.ts';
import { TrainingClient } from '../../../../src/worker/run/training-client.ts';
import { hashesOfStarts } from '../../hashes-of-starts.ts';
import type { PageTraining } from '../../computing-page.ts';
import { landscapeOn } from './landscape.ts';

/** As the article's widget trains, to the end of its epochs. */
async function train(input: unknown, provider: ProviderChoice): Promise<PageTraining> {
  const client = new TrainingClient();
  const trained: PageTraining = { provider: '', reason: '', losses: [], failure: null };
  const end = Promise.withResolvers<void>();
  const listener = async (message: RunMessage): Promise<void> => {
    if (message.kind === 'provider') {
      trained.provider = message.provider;
      trained.reason = message.reason;
    }
    if (message.kind === 'frame') trained.losses.push(...message.frame.newRecords.trainLoss);
    if (message.kind === 'phase' && message.phase === 'ended') client.send({ kind: 'finish' });
    if (message.kind === 'finished') {
      trained.losses.push(...message.run.frame.newRecords.trainLoss);
      end.resolve();
    }
    if (message.kind === 'failed') {
      trained.failure = message.failure.sentence;
      end.resolve();
    }
  };
  try {
    const outcome = await client.open(
      {
        experiment: parseExperiment(input, 'the test'),
        ...{ provider, automatic: 'webgpu-first', isSaved: false },
        ...{ csv: null, startWeights: null, resume: null, selected: null, knownPlane: null },
      },
      listener,
    );
    if (outcome.kind === 'failed') trained.failure = outcome.failure.sentence;
    if (outcome.kind !== 'opened') return trained;
    client.send({ kind: 'play' });
    await end.promise;
    return trained;
  } finally {
    client.dispose();
  }
}

Object.assign(globalThis, { computing: { hashesOfStarts, train, landscapeOn } });
