// Ctrl-C, or a terminal that closes: the first asks the work to stop at the next good place, the second stops at once.
import { InterruptedError } from './command-error.ts';
import { onParentGone } from './end-with-parent.js';

const interruptedStatus = 130;

/** A signal that aborts with an InterruptedError; created once a process. */
export function interruption(): AbortSignal {
  if (shared) return shared.signal;
  const controller = new AbortController();
  shared = controller;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(interruptedStatus);
      controller.abort(new InterruptedError());
    });
  }
  // The terminal may have interrupted this process as well.
  onParentGone(() => {
    if (!controller.signal.aborted) controller.abort(new InterruptedError());
  });
  return controller.signal;
}

let shared: AbortController | null = null;
