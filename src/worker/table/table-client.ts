// The page's side of the worker that reads data: tables, weights, and what is drawn of a data set.
import type { Remote } from 'comlink';
import { aside, WorkerHandle } from '../worker-handle.ts';
import type { TableService, Told } from './table-messages.ts';

export interface TableClient extends TableService {
  /** Ends the worker and gives back its memory; the next question starts another. */
  dispose(): void;
}

const startWorker = (): Worker =>
  new Worker(new URL('./table.worker.ts', import.meta.url), { type: 'module' });

const stopped = (message: string): string =>
  `The worker that reads data stopped${aside(message)}; choose the data again, and a smaller file if it repeats.`;

/** None of its methods rejects. @param start makes the worker; a test gives another. */
export function createTableClient(start: () => Worker = startWorker): TableClient {
  const worker = new WorkerHandle<TableService>({ start, stopped, unreachable: stopped });

  async function ask<Result>(
    question: (service: Remote<TableService>) => Promise<Told<Result>>,
  ): Promise<Told<Result>> {
    const call = await worker.call(question);
    if (call.kind === 'done') return call.result;
    return { kind: 'refused', sentence: call.kind === 'failed' ? call.sentence : stopped('') };
  }

  return {
    inspect: (...request) => ask((service) => service.inspect(...request)),
    shape: (...request) => ask((service) => service.shape(...request)),
    picture: (...request) => ask((service) => service.picture(...request)),
    plainPoints: (...request) => ask((service) => service.plainPoints(...request)),
    openWeights: (...request) => ask((service) => service.openWeights(...request)),
    dispose: () => worker.dismiss(),
  };
}
