// What stands in the foot of a figure about its picture follows what a reader chooses: its fidelity, and the picture in words.
import { AtlasFigure } from './atlas-figure.ts';
import { stateEvent } from './figure-events.ts';

const pauseMilliseconds = 200;

/** Steps of a story leave these words alone: they are about its whole, and text that is not looked at should not move. */
function follow(figure: AtlasFigure): void {
  const frame = figure.closest('figure');
  const fidelity = frame?.querySelector('[data-fidelity]');
  const description = frame?.querySelector('[data-description]');
  let waiting = 0;
  let wasChanged = false;
  figure.addEventListener(stateEvent, () => {
    const isChanged = Object.keys(figure.chosen).length > 0;
    if (!isChanged && !wasChanged) return;
    wasChanged = isChanged;
    clearTimeout(waiting);
    waiting = window.setTimeout(() => {
      const { drawn, state } = figure;
      if (!drawn) return;
      const sentences = drawn.figure.fidelity?.(drawn.data, state) ?? [];
      write(fidelity, sentences.join(' '));
      write(description, drawn.figure.describe(drawn.data, state));
    }, pauseMilliseconds);
  });
}

function write(element: Element | null | undefined, text: string): void {
  if (element && text !== '' && element.textContent !== text) element.textContent = text;
}

for (const figure of document.querySelectorAll<AtlasFigure>('atlas-figure')) follow(figure);
