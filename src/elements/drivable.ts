// What words of the text and guesses can drive: a figure, or the two-weight landscape.

export interface Drivable extends HTMLElement {
  /** Not there before the element's script has come. */
  overlay?(layer: 'guess' | 'phrase', state: Record<string, unknown>): void;
  /** Keeps what is laid over a picture of steps while the page scrolls to it. */
  hold?(): void;
}

/** The picture within the element of that id, or null. */
export const drivableIn = (id: string | undefined): Drivable | null =>
  document
    .getElementById(id ?? '')
    ?.querySelector<Drivable>(':is(atlas-figure, atlas-two-weights)') ?? null;
