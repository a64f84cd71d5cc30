// What the foot of a figure says of its picture follows what a reader chooses: its honesty, its fidelity, and the picture in words.
import { stateEvent } from './figure-events.ts';
import type { DrawnFigure } from './figure-host.ts';
import type { State } from './layered-state.ts';
import type { FigureData } from './load-figure.ts';
import { sentenceInSight } from './landscape-fidelity.ts';
import { writeText } from './write-text.ts';

const pauseMilliseconds = 200;

/** A figure of the text, which tells of every state by `stateEvent`. */
export interface FollowedFigure extends HTMLElement {
  /** What the reader chose, of all that is shown. */
  readonly chosen: State;
  readonly drawn: DrawnFigure<FigureData, State> | null;
}

/** Steps of the text leave these words alone: they are about the whole, and text that is not looked at should not move. */
export function followInWords(figure: FollowedFigure): void {
  const frame = figure.closest('figure');
  const fidelity = frame?.querySelector('[data-fidelity]');
  const honesty = frame?.querySelector('[data-honesty]');
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
      if (trust.length > 0) {
        writeText(honesty, sentenceInSight(trust) ?? '');
        writeText(fidelity, trust.join(' '));
      }
      writeText(description, drawn.describe(data, state));
    }, pauseMilliseconds);
  };
  figure.addEventListener(stateEvent, follow);
  follow();
}
