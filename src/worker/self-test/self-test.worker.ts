// The module worker in which the page tests itself: engine, networks and artifacts, off the page's own thread.
import { expose, releaseProxy, type ProxyMarked, type Remote } from 'comlink';
import { createWebExecutor } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import type { SelfTestListener, SelfTestService } from './self-test-messages.ts';
import { createSelfTestService } from './self-test-service.ts';

const base = `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/`;

const service = createSelfTestService({
  createExecutor: (provider, onDownload) =>
    createWebExecutor({ provider, urls: runtimeUrls, onDownload }),
  sources: pageDataSources(base, null),
  async read(path) {
    const address = `${base}data/${path}`;
    const response = await fetch(address);
    if (!response.ok)
      throw new Error(
        `The file ${address} could not be loaded (status ${response.status}); reload the page, and run the tests again`,
      );
    return new Uint8Array(await response.arrayBuffer());
  },
});

const remoteService: SelfTestService = {
  async run(request, remote) {
    try {
      return await service.run(request, remote);
    } finally {
      (remote as unknown as Remote<SelfTestListener & ProxyMarked>)[releaseProxy]();
    }
  },
};

expose(remoteService);
