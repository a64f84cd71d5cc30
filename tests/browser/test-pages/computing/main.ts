// What the browser tests call in a page of their own: initial weights, training through the site's own worker, landscapes.
import { parseExperiment } from '../../../../src/learning/parse-experiment.ts';
import type { ProviderChoice } from '../../../../src/worker/messages.ts';
import { createTrainingClient } from '../../../../src/worker/training-client.ts';
import { hashesOfStarts } from '../../hashes-of-starts.ts';
import type { PageTraining } from '../../computing-page.ts';
import { landscapeOn } from './landscape.ts';

async function train(input: unknown, provider: ProviderChoice): Promise<PageTraining> {
  const client = createTrainingClient();
  const trained: PageTraining = { provider: '', reason: '', losses: [], failure: null };
  try {
    const outcome = await client.train(
      {
        experiment: parseExperiment(input, 'the test'),
        provider,
        csv: null,
        selected: null,
        knownPlane: null,
      },
      async (message) => {
        if (message.kind === 'provider') {
          trained.provider = message.provider;
          trained.reason = message.reason;
        }
        if (message.kind === 'frame') trained.losses.push(...message.frame.newRecords.trainLoss);
      },
    );
    if (outcome.kind === 'failed') trained.failure = outcome.failure.sentence;
    if (outcome.kind === 'trained') trained.losses.push(...outcome.run.frame.newRecords.trainLoss);
    return trained;
  } finally {
    client.dispose();
  }
}

Object.assign(globalThis, { computing: { hashesOfStarts, train, landscapeOn } });
