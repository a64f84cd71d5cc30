// The numbers below a figure keep up with its picture for as long as they are open.
import type { AtlasFigure } from '../atlas-figure.ts';
import { stateEvent } from '../figure-events.ts';
import { NumberTable } from './number-table.ts';

/** Ten times a second are enough while something plays. */
const pauseMilliseconds = 100;

/** Writes the numbers of a figure into the open details, now and until they are closed. */
export async function followNumbers(
  details: HTMLDetailsElement,
  body: HTMLElement,
  figure: AtlasFigure,
): Promise<void> {
  await figure.comeAlive();
  const table = new NumberTable(body);
  const refresh = (): void => {
    const { drawn } = figure;
    const numbers = drawn?.figure.table?.(drawn.data, drawn.state);
    if (numbers) table.show(numbers);
  };
  let waiting = 0;
  const refreshSoon = (): void => {
    waiting ||= window.setTimeout(() => ((waiting = 0), refresh()), pauseMilliseconds);
  };
  refresh();
  figure.addEventListener(stateEvent, refreshSoon);
  details.addEventListener(
    'toggle',
    () => {
      clearTimeout(waiting);
      figure.removeEventListener(stateEvent, refreshSoon);
    },
    { once: true },
  );
}
