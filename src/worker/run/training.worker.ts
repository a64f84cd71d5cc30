// The module worker in which a page trains: everything heavy happens here, off the page's own thread.
import { startWebProvider, whyNotWebGpu } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import { siteBase } from '../site-base.ts';
import { exposeTraining } from './expose-training.ts';
import { createTrainingService } from './training-service.ts';

exposeTraining(
  createTrainingService({
    whyNotWebGpu,
    start: (provider, onDownload) => startWebProvider(provider, { urls: runtimeUrls, onDownload }),
    sources: (csv) => pageDataSources(siteBase, csv),
  }),
);
