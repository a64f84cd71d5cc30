// The module worker that answers the laboratory's questions about trained networks, while training goes on in another.
import { expose, releaseProxy, transfer, type ProxyMarked, type Remote } from 'comlink';
import { createWebExecutor } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import { transferablesIn } from '../transferables.ts';
import { createAnalysisService } from './analysis-service.ts';
import type { AnalysisService, QuestionProgress } from './analysis-messages.ts';

type Listener = (progress: QuestionProgress) => Promise<void>;

const base = `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/`;

const service = createAnalysisService({
  createExecutor: (provider, onDownload) =>
    createWebExecutor({ provider, urls: runtimeUrls, onDownload }),
  sources: (csv) => pageDataSources(base, csv),
});

const remoteService: AnalysisService = {
  ...service,
  async ask(question, provider, remote) {
    try {
      const outcome = await service.ask(question, provider, remote);
      return transfer(outcome, transferablesIn(outcome));
    } finally {
      (remote as unknown as Remote<Listener & ProxyMarked>)[releaseProxy]();
    }
  },
};

expose(remoteService);
