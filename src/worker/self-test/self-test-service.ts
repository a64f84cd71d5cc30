// The self-test's service: one executor a run, given back at its end.
import type { Executor } from '../../engine/runtime/executor.ts';
import type { DataSources } from '../../learning/prepare-data.ts';
import { untilDeviceLost } from '../device-loss.ts';
import { pageMemory, witness } from '../limits.ts';
import type { DownloadReport, ProviderChoice } from '../provider-choice.ts';
import { selfTestFailure } from './self-test-failure.ts';
import type { SelfTestService } from './self-test-messages.ts';
import { readPublished, type ReadPublished } from './published.ts';
import { runTruths } from './run-truths.ts';

export interface SelfTestHome {
  createExecutor(
    provider: ProviderChoice,
    onDownload: (report: DownloadReport) => void,
  ): Promise<Executor>;
  readonly sources: DataSources;
  readonly read: ReadPublished;
}

/** Milliseconds between two reports of a download. */
const reportEvery = 100;

export const createSelfTestService = (home: SelfTestHome): SelfTestService => ({
  async run(request, listener) {
    const started = performance.now();
    let executor: Executor | null = null;
    try {
      let reported = -Infinity;
      executor = await home.createExecutor(request.provider, (report) => {
        if (performance.now() - reported < reportEvery) return;
        reported = performance.now();
        void listener({ kind: 'download', ...report });
      });
      const { provider, reason, threads } = executor;
      await listener({ kind: 'provider', provider, reason, threads });
      const description = {
        name: request.run,
        experiment: request.experiment,
        initialChecksum: request.initialChecksum,
        witness,
      };
      const tested = runTruths(
        {
          executor,
          sources: home.sources,
          published: () => readPublished(description, home.read),
          memoryBudget: pageMemory.chunk,
        },
        async (result) => listener({ kind: 'result', result }),
      );
      const results = await untilDeviceLost(executor, () => tested);
      return { kind: 'done', results, seconds: (performance.now() - started) / 1000 };
    } catch (error) {
      return { kind: 'failed', sentence: selfTestFailure(error) };
    } finally {
      executor?.dispose();
    }
  },
});
