// The module worker in which the laboratory trains: everything heavy happens here, off the page's own thread.
import { startWebProvider, whyNotWebGpu } from '../../engine/runtime/web.ts';
import { pageDataSources } from '../data-sources.ts';
import { runtimeUrls } from '../runtime-urls.ts';
import { createLabService } from './lab-service.ts';
import { offerLab } from './offer-lab.ts';

const base = `${import.meta.env.BASE_URL.replace(/\/+$/, '')}/`;

offerLab(
  createLabService({
    whyNotWebGpu,
    start: (provider, onDownload) => startWebProvider(provider, { urls: runtimeUrls, onDownload }),
    sources: (csv) => pageDataSources(base, csv),
  }),
);
