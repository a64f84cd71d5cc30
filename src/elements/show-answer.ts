// Shows what waited for a guess: figures marked with the guess's id when the page was built.

/** Shows what the guess of that id had hidden. */
export function showAnswerOf(guess: string): void {
  const id = CSS.escape(guess);
  for (const figure of document.querySelectorAll(`[data-asked="${id}"], [data-tells="${id}"]`)) {
    figure.setAttribute('data-answered', '');
  }
}

/** Shows a figure whole, whatever guess it waits for: somebody sent the reader to it. */
export function showWhole(figure: Element): void {
  const guess = figure.closest<HTMLElement>('[data-asked]')?.dataset['asked'];
  if (guess !== undefined) showAnswerOf(guess);
}
