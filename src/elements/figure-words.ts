// What stands in the foot of a figure about its picture follows what a reader chooses: its fidelity, and the picture in words.
import type { AtlasFigure } from './atlas-figure.ts';
import { stateEvent } from './figure-events.ts';
import { writeText } from './write-text.ts';

const pauseMilliseconds = 200;

/** Steps of the text leave these words alone: they are about the whole, and text that is not looked at should not move. */
export function followInWords(figure: AtlasFigure): void {
  const frame = figure.closest('figure');
  const fidelity = frame?.querySelector('[data-fidelity]');
  const description = frame?.querySelector('[data-description]');
  let waiting = 0;
  let wasChanged = false;
  const follow = (): void => {
    const isChanged = Object.keys(figure.chosen).length > 0;
    if (!isChanged && !wasChanged) return;
    wasChanged = isChanged;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      if (!figure.drawn) return;
      const { figure: drawn, data, state } = figure.drawn;
      const trust = drawn.fidelity?.(data, state) ?? [];
      if (trust.length > 0) writeText(fidelity, trust.join(' '));
      writeText(description, drawn.describe(data, state));
    }, pauseMilliseconds);
  };
  figure.addEventListener(stateEvent, follow);
  follow();
}
