// The training worker's service: one run at a time, on an executor that is kept, falling back where a device is lost.
import type { Executor } from '../engine/runtime/executor.ts';
import type { DataSources } from '../learning/prepare-data.ts';
import { DeviceLostError, failureOf } from './failures.ts';
import { FramePacer } from './frame-pacer.ts';
import type {
  Listener,
  Outcome,
  ProviderChoice,
  TrainingService,
  TrainRequest,
} from './messages.ts';
import { Abandoned, RunControl } from './run-control.ts';
import { trainRun } from './train-run.ts';

export interface DownloadReport {
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}

export interface ServiceHome {
  createExecutor(
    provider: ProviderChoice,
    onDownload: (report: DownloadReport) => void,
  ): Promise<Executor>;
  sources(csv: string | null): DataSources;
}

export function createTrainingService(home: ServiceHome): TrainingService {
  const executors = new Map<ProviderChoice, Executor>();
  let control: RunControl | null = null;

  async function executorFor(choice: ProviderChoice, listener: Listener): Promise<Executor> {
    const known = executors.get(choice);
    if (known) return known;
    await listener({ kind: 'stage', stage: 'runtime' });
    const pacer = new FramePacer(listener);
    const executor = await home.createExecutor(choice, (report) => {
      void pacer.offer(() => ({ kind: 'download', ...report }));
    });
    executors.set(choice, executor);
    return executor;
  }

  /** One attempt on one provider; rejects with DeviceLostError as soon as the device is lost. */
  async function attempt(request: TrainRequest, run: RunControl, listener: Listener) {
    const executor = await executorFor(request.provider, listener);
    run.check();
    const { provider, reason, threads } = executor;
    await listener({ kind: 'provider', provider, reason, threads });
    let over = false;
    const lost = executor.lost.then((message) => {
      executors.delete(request.provider);
      throw new DeviceLostError(message);
    });
    lost.catch(() => {});
    // An attempt that has lost its device may linger; it is not heard any more.
    const heard: Listener = (message) =>
      over ? Promise.reject(new Abandoned('This attempt is over.')) : listener(message);
    const sources = home.sources(request.csv);
    try {
      const training = trainRun(request, { executor, sources, control: run, listener: heard });
      return await Promise.race([training, lost]);
    } catch (error) {
      if (error instanceof Abandoned || error instanceof DeviceLostError) throw error;
      // A computation may fail a moment before the loss of its device is told.
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, 100))]);
      throw error;
    } finally {
      over = true;
    }
  }

  async function train(request: TrainRequest, listener: Listener): Promise<Outcome> {
    control?.set({ abandoned: true });
    const run = new RunControl(request.selected);
    control = run;
    try {
      try {
        return { kind: 'trained', run: await attempt(request, run, listener) };
      } catch (error) {
        if (!(error instanceof DeviceLostError) || request.provider !== 'auto') throw error;
        run.check();
        // Weights and optimiser state were on the lost device; the seed brings back the same run from its start.
        await listener({
          kind: 'fallback',
          sentence:
            'The graphics device was lost, so the same run begins again, from the same first weights, on WebAssembly.',
        });
        const second = { ...request, provider: 'wasm' as const, selected: run.selected };
        return { kind: 'trained', run: await attempt(second, run, listener) };
      }
    } catch (error) {
      if (error instanceof Abandoned || run.abandoned) return { kind: 'abandoned' };
      return { kind: 'failed', failure: failureOf(error) };
    } finally {
      if (control === run) control = null;
    }
  }

  return {
    train,
    pause: () => control?.set({ paused: true }),
    resume: () => control?.set({ paused: false }),
    stop() {
      if (control?.isDrawing) control.landscape.abort();
      else control?.set({ stopped: true, paused: false });
    },
    abandon() {
      control?.landscape.abort();
      control?.set({ abandoned: true, paused: false });
    },
    select: (network) => control?.set({ selected: network }),
  };
}
