// The module worker in which the page tests itself: engine, networks and artifacts, off the page's own thread.
import { expose } from 'comlink';
import { createWebExecutor } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { releaseListener } from '../listener-proxy.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import { siteBase } from '../site-base.ts';
import type { SelfTestService } from './self-test-messages.ts';
import { createSelfTestService } from './self-test-service.ts';

const service = createSelfTestService({
  createExecutor: (provider, onDownload) =>
    createWebExecutor({ provider, urls: runtimeUrls, onDownload }),
  sources: pageDataSources(siteBase, null),
  async read(path) {
    const address = `${siteBase}data/${path}`;
    const response = await fetch(address);
    if (!response.ok)
      throw new Error(
        `The file ${address} could not be loaded (status ${response.status}); reload the page, and run the tests again`,
      );
    return new Uint8Array(await response.arrayBuffer());
  },
});

const remoteService: SelfTestService = {
  async run(request, listener) {
    try {
      return await service.run(request, listener);
    } finally {
      releaseListener(listener);
    }
  },
};

expose(remoteService);
