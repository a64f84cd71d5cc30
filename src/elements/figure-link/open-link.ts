// Opens the state that an address asks for, and says so; or says what of it this page does not have.
import type { AtlasFigure } from '../atlas-figure.ts';
import { showWhole } from '../show-answer.ts';
import { notice } from '../notice.ts';
import { figureOf, knownStates } from './page-figures.ts';
import { findState, readAddress, stateInWords } from './state-address.ts';

export async function openLink(search: string): Promise<void> {
  const link = readAddress(search);
  if (!link) return;
  const figure = figureOf(link.figure);
  if (!figure) {
    notice.say(`The address asks for a figure “${link.figure}”, which this chapter does not have.`);
    return;
  }
  // Without a place in the address, or one that is gone, the figure is the place.
  const place = location.hash.slice(1);
  if (place === '' || document.getElementById(place) === null) {
    figure.closest('figure')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  }
  showWhole(figure);
  await figure.comeAlive();
  const known = knownStates(figure);
  const { state, problems } = findState(link.asked, known);
  if (Object.keys(state).length > 0) {
    figure.hold();
    figure.choose(state, 'at once');
  }
  const words = stateInWords(state, known);
  const sentences = [
    ...(words ? [`The figure stands as the address says. ${words}.`] : []),
    ...problems.map((problem) => `In the address: ${problem}`),
  ];
  if (sentences.length === 0) return;
  notice.say(sentences.join(' '), words ? { name: 'Undo', act: () => undo(figure) } : undefined);
}

function undo(figure: AtlasFigure): void {
  figure.overlay('reader', {});
  history.replaceState(history.state, '', location.pathname + location.hash);
  notice.say('The figure stands as its author left it.');
}
