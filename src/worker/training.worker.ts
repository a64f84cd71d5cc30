// The module worker in which the page trains: everything heavy happens here, off the page's own thread.
import { expose, releaseProxy, transfer, type ProxyMarked, type Remote } from 'comlink';
import { createWebExecutor } from '../engine/runtime/web.ts';
import { runtimeUrls } from './runtime-urls.ts';
import { pageDataSources } from './data-sources.ts';
import type { Listener, TrainingService, TrainRequest } from './messages.ts';
import { createTrainingService } from './training-service.ts';
import { transferablesIn } from './transferables.ts';

const base = `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/`;

const service = createTrainingService({
  createExecutor: (provider, onDownload) =>
    createWebExecutor({ provider, urls: runtimeUrls, onDownload }),
  sources: (csv) => pageDataSources(base, csv),
});

const remoteService: TrainingService = {
  ...service,
  async train(request: TrainRequest, remote: Listener) {
    const listener: Listener = (message) =>
      // The page keeps its own copy of the data, which training goes on needing; frames are made for it alone.
      remote(message.kind === 'data' ? message : transfer(message, transferablesIn(message)));
    const outcome = await service.train(request, listener);
    (remote as unknown as Remote<Listener & ProxyMarked>)[releaseProxy]();
    return transfer(outcome, transferablesIn(outcome));
  },
};

expose(remoteService);
