// The page's side of the data desk's worker: starts it when first needed, and notices when it dies.
import { releaseProxy, wrap, type Remote } from 'comlink';
import type { TableService, Told } from './table-messages.ts';

export interface TableClient extends TableService {
  /** Ends the worker and gives back its memory; the next question starts another. */
  dispose(): void;
}

interface Crew {
  readonly worker: Worker;
  readonly service: Remote<TableService>;
  /** Resolves if the worker dies. */
  readonly death: Promise<Told<never>>;
}

const startWorker = (): Worker =>
  new Worker(new URL('./table.worker.ts', import.meta.url), { type: 'module' });

/** None of its methods rejects. @param start makes the worker; a test gives another. */
export function createTableClient(start: () => Worker = startWorker): TableClient {
  let crew: Crew | null = null;

  function hire(): Crew {
    const worker = start();
    const death = new Promise<Told<never>>((resolve) => {
      const report = (event: Event) => {
        const { message } = event as Partial<ErrorEvent>;
        if (crew?.worker === worker) dismiss();
        resolve(broken(message ?? ''));
      };
      worker.addEventListener('error', report);
      worker.addEventListener('messageerror', report);
    });
    return { worker, service: wrap<TableService>(worker), death };
  }

  function dismiss(): void {
    crew?.service[releaseProxy]();
    crew?.worker.terminate();
    crew = null;
  }

  async function ask<Result>(
    question: (service: Remote<TableService>) => Promise<Told<Result>>,
  ): Promise<Told<Result>> {
    try {
      crew ??= hire();
      return await Promise.race([question(crew.service), crew.death]);
    } catch (error) {
      dismiss();
      return broken(error instanceof Error ? error.message : String(error));
    }
  }

  return {
    inspect: (...request) => ask((service) => service.inspect(...request)),
    shape: (...request) => ask((service) => service.shape(...request)),
    picture: (...request) => ask((service) => service.picture(...request)),
    plainPoints: (...request) => ask((service) => service.plainPoints(...request)),
    openWeights: (...request) => ask((service) => service.openWeights(...request)),
    dispose: dismiss,
  };
}

const broken = (message: string): Told<never> => ({
  kind: 'refused',
  sentence: `The worker that reads data stopped${message ? ` (${message})` : ''}; choose the data again, and a smaller file if it repeats.`,
});
