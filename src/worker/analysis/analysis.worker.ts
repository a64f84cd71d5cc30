// The module worker that answers the laboratory's questions about trained networks, while training goes on in another.
import { expose, transfer } from 'comlink';
import { createWebExecutor } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { releaseListener } from '../listener-proxy.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import { siteBase } from '../site-base.ts';
import { transferablesIn } from '../transferables.ts';
import { createAnalysisService } from './analysis-service.ts';
import type { AnalysisService } from './analysis-messages.ts';

const service = createAnalysisService({
  createExecutor: (provider, onDownload) =>
    createWebExecutor({ provider, urls: runtimeUrls, onDownload }),
  sources: (csv) => pageDataSources(siteBase, csv),
});

const remoteService: AnalysisService = {
  ...service,
  async ask(question, provider, listener) {
    try {
      const outcome = await service.ask(question, provider, listener);
      return transfer(outcome, transferablesIn(outcome));
    } finally {
      releaseListener(listener);
    }
  },
};

expose(remoteService);
