// Words of the text may drive a picture that is out of sight: the page goes there, and a button leads back to the words.
import { prefersReducedMotion } from './preferences.ts';

/** What a reader looks at of a picture: of one with a panel beside it, the picture alone. */
const lookedAt = (figure: HTMLElement): Element =>
  figure.querySelector('.two-weights-picture') ?? figure;

/** Whether a reader sees the picture, or at least half of what a screen can hold of it; else on which side it is. */
export function whereIs(figure: HTMLElement): 'seen' | 'above' | 'below' {
  const { top, bottom, height } = lookedAt(figure).getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  if (seen >= Math.min(height, innerHeight) / 2) return 'seen';
  return top + bottom < innerHeight ? 'above' : 'below';
}

const scrolling = (): ScrollBehavior => (prefersReducedMotion() ? 'instant' : 'smooth');

export function bringIntoView(figure: HTMLElement): void {
  const picture = lookedAt(figure);
  const isLow = picture.getBoundingClientRect().height < 0.8 * innerHeight;
  picture.scrollIntoView({ block: isLow ? 'center' : 'start', behavior: scrolling() });
}

/** Takes the last offer away. */
let withdraw = (): void => {};

/** Shows the button until it is pressed, or the words are in sight again. @param takesFocus for readers who use keys. */
export function offerWayBack(words: HTMLElement, takesFocus: boolean): void {
  withdraw();
  const { top } = words.getBoundingClientRect();
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'way-to-text';
  button.textContent = 'Back to the text';
  const goBack = (): void => {
    withdraw();
    scrollBy({ top: words.getBoundingClientRect().top - top, behavior: scrolling() });
    words.focus({ preventScroll: true });
  };
  button.addEventListener('click', goBack);
  button.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') goBack();
  });
  let hasLeft = false;
  const sight = new IntersectionObserver(([entry]) => {
    if (entry?.isIntersecting && hasLeft) withdraw();
    hasLeft ||= entry?.isIntersecting === false;
  });
  withdraw = () => {
    sight.disconnect();
    button.remove();
    withdraw = () => {};
  };
  document.body.append(button);
  sight.observe(words);
  if (takesFocus) button.focus({ preventScroll: true });
}
