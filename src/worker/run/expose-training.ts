// Puts a training service at the page's disposal, from within a worker.
import { expose, transfer } from 'comlink';
import { releaseListener } from '../listener-proxy.ts';
import { transferablesIn } from '../transferables.ts';
import type { RunMessage, TrainingService } from './run-messages.ts';

/** What is made for the page alone changes hands; data and savings are needed here too, so the page gets copies. */
const isForPageAlone = ({ kind }: RunMessage): boolean =>
  kind === 'frame' || kind === 'surface' || kind === 'finished';

export function exposeTraining(service: TrainingService): void {
  let release: () => void = () => {};
  expose({
    ...service,
    open(request, listener) {
      // The run before has been told all it will hear: opening the next closes it.
      release();
      release = () => releaseListener(listener);
      return service.open(request, (message) =>
        listener(isForPageAlone(message) ? transfer(message, transferablesIn(message)) : message),
      );
    },
  } satisfies TrainingService);
}
