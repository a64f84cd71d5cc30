// What a reader guessed in words, over a picture that is no SVG drawing.

export interface GuessCaption {
  /** Writes the words, or takes them away. */
  set(guess: string | null): void;
}

/** A place for the picture, and the words of a guess in its upper right corner. */
export function withGuessCaption(container: HTMLElement): {
  readonly picture: HTMLElement;
  readonly caption: GuessCaption;
} {
  const { ownerDocument } = container;
  const frame = ownerDocument.createElement('div');
  frame.className = 'with-guess';
  const picture = ownerDocument.createElement('div');
  frame.append(picture);
  container.append(frame);
  let words: HTMLElement | null = null;
  return {
    picture,
    caption: {
      set(guess) {
        words?.remove();
        words = null;
        if (guess === null) return;
        words = ownerDocument.createElement('p');
        words.className = 'guess-caption';
        words.textContent = `your guess: ${guess}`;
        frame.append(words);
      },
    },
  };
}
