// One heavy piece of work after the other, each when the page is idle, so that no figure's drawing holds up a reader's scrolling.

const patience = 250;

const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) {
      requestIdleCallback(() => resolve(), { timeout: patience });
    } else setTimeout(resolve, 16);
  });

let last = Promise.resolve();

/** Resolves in a task of its own, after all that asked before. */
export function whenIdle(): Promise<void> {
  last = last.then(idle);
  return last;
}
