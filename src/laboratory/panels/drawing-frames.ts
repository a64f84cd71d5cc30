// When a board draws: frame by frame, and whether a run is going on.
import type { LabRun } from '../lab-run.ts';

/** Whether the same run has gone on from what was shown before. */
export function isGoingOn(before: readonly LabRun[], now: readonly LabRun[]): boolean {
  const stepOf = (run: LabRun | undefined) => run?.display?.curves.steps.at(-1) ?? -1;
  return now.some((run) => {
    const last = before.find(({ key }) => key === run.key);
    const isSame = last?.display && last.display.experiment === run.display?.experiment;
    return isSame && stepOf(run) > stepOf(last);
  });
}

/** A hidden page has no frames: a quarter of a second is as good. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
