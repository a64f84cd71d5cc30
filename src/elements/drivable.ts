// What words of the text and guesses can drive: a figure, or the two-weight landscape.

export interface Drivable extends HTMLElement {
  /** Not there before the element's script has come. */
  overlay?(layer: 'guess' | 'phrase', state: Record<string, unknown>): void;
}

/** The picture within the element of that id, or null. */
export const drivableIn = (id: string | undefined): Drivable | null =>
  document
    .getElementById(id ?? '')
    ?.querySelector<Drivable>(':is(atlas-figure, atlas-two-weights)') ?? null;
