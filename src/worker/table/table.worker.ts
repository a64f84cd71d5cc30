// The module worker of the data section: tables of fifty thousand rows are read off the page's own thread.
import { expose, transfer } from 'comlink';
import { pageDataSources } from '../data-sources.ts';
import { siteBase } from '../site-base.ts';
import { transferablesIn } from '../transferables.ts';
import type { TableService } from './table-messages.ts';
import { createTableService } from './table-service.ts';

const service = createTableService((csv) => pageDataSources(siteBase, csv));

const remoteService: TableService = {
  ...service,
  async picture(experiment, csv) {
    const told = await service.picture(experiment, csv);
    return transfer(told, transferablesIn(told));
  },
  async openWeights(...request) {
    const told = await service.openWeights(...request);
    return transfer(told, transferablesIn(told));
  },
};

expose(remoteService);
