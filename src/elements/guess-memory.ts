// Guesses are remembered while the tab is open; storage may be forbidden, and may hold what no longer fits.

export type Guess = number | string | null;

const keyOf = (id: string): string => `atlas-guess ${location.pathname}#${id}`;

/** Undefined where nothing is remembered, or nothing that could have been guessed here. */
export function rememberedGuess(
  id: string,
  isPossible: (guess: unknown) => boolean,
): Guess | undefined {
  try {
    const text = sessionStorage.getItem(keyOf(id));
    if (text === null) return undefined;
    const guess: unknown = JSON.parse(text);
    return guess === null || isPossible(guess) ? (guess as Guess) : undefined;
  } catch {
    return undefined;
  }
}

export function rememberGuess(id: string, guess: Guess): void {
  try {
    sessionStorage.setItem(keyOf(id), JSON.stringify(guess));
  } catch {
    // The guess then holds until the page is left.
  }
}
