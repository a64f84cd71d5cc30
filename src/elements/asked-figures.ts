// A figure that a guess is about keeps its finding until the guess is made or left out; a reader who reads on has left it out.
import { stepEvent } from './figure-events.ts';
import { showAnswerOf } from './show-answer.ts';

for (const asked of document.querySelectorAll<HTMLElement>('[data-asked]')) {
  const guess = asked.dataset['asked'] ?? '';
  const picture = asked.querySelector('.scrolly-picture');
  const words = picture
    ? 'Guess first: the finding comes after.'
    : 'This picture holds the answer. Guess first, and your guess is drawn into it.';
  (picture ?? asked).append(veilOf(asked, guess, words));
  markSteps(asked, guess);
}

/** What stands over the figure meanwhile. */
function veilOf(asked: HTMLElement, guess: string, sentence: string): HTMLElement {
  const veil = document.createElement('div');
  veil.className = 'veil';
  veil.dataset['pagefindIgnore'] = '';
  const words = document.createElement('p');
  words.textContent = sentence;
  const toGuess = buttonOf('Make a guess', 'button', () => goToGuess(guess));
  const skip = buttonOf('Just show me', 'button-quiet', async () => {
    const { AtlasGuess } = await import('./atlas-guess.ts');
    const asking = document.getElementById(guess);
    if (asking instanceof AtlasGuess) asking.skip();
    // The button is gone; the reader goes on at the picture.
    asked.tabIndex = -1;
    asked.focus({ preventScroll: true });
  });
  veil.append(words, toGuess, skip);
  return veil;
}

function buttonOf(name: string, look: string, act: () => void): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = look;
  button.textContent = name;
  button.addEventListener('click', act);
  return button;
}

function goToGuess(id: string): void {
  const guess = document.getElementById(id);
  guess?.scrollIntoView({ block: 'center' });
  guess?.querySelector<HTMLElement>('input')?.focus({ preventScroll: true });
}

/** Of a scrolly the steps before the answer are read meanwhile: the first, or all up to the one that asks. */
function markSteps(asked: HTMLElement, guess: string): void {
  const steps = [...asked.querySelectorAll('.step')];
  const asks = steps.findIndex((step) => step.querySelector(`#${CSS.escape(guess)}`));
  const last = Math.max(0, asks);
  for (const step of steps.slice(last + 1)) step.setAttribute('data-ahead', '');
  asked.addEventListener(stepEvent, (event) => {
    if ((event as CustomEvent<number>).detail > last) showAnswerOf(guess);
  });
}
