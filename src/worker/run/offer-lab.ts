// Puts a laboratory's service at the page's disposal, from within a worker.
import { expose, releaseProxy, transfer, type ProxyMarked, type Remote } from 'comlink';
import { transferablesIn } from '../transferables.ts';
import type { LabListener, LabMessage, LabTraining } from './run-messages.ts';

/** What is made for the page alone changes hands; data and savings are needed here too, so the page gets copies. */
const isForPageAlone = ({ kind }: LabMessage): boolean => kind === 'frame' || kind === 'surface';

export function offerLab(service: LabTraining): void {
  let release: () => void = () => {};
  expose({
    ...service,
    open(request, remote) {
      // The run before has been told all it will hear: opening the next closes it.
      release();
      release = () => (remote as unknown as Remote<LabListener & ProxyMarked>)[releaseProxy]();
      return service.open(request, (message) =>
        remote(isForPageAlone(message) ? transfer(message, transferablesIn(message)) : message),
      );
    },
  } satisfies LabTraining);
}
